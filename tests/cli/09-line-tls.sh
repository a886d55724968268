#!/usr/bin/env bash
# 09-line-tls.sh - TLS between a PC and its hub: whom it trusts, and what it says of a certificate that does not hold; a proxy.
. "$(dirname "$0")/lib.sh"
. "$OLDPWD/tests/cli/hub.sh"
proxy_py=$OLDPWD/tests/net/proxy.py
unset http_proxy https_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY all_proxy no_proxy NO_PROXY SSL_CERT_FILE

# certificate NAME SUBJECT-ALT-NAME DAYS
certificate()
{
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=hub -addext "subjectAltName=$2" \
		-days "$3" -keyout "$1.key" -out "$1.pem" 2>>openssl.log
}
# serve_as NAME: a hub with that certificate.
serve_as() { serve --tls-cert "$1.pem" --tls-key "$1.key"; }
# proxy: an HTTP proxy that logs what it was asked.
proxy()
{
	: >proxy.txt
	python3 "$proxy_py" --log proxy.log >proxy.txt &
	proxying=$!
	soon [ -s proxy.txt ]
	proxied=http://127.0.0.1:$(cat proxy.txt)
}
pin() { m setting set hub_certificate "$(sed '/^-/d' "$1" | tr -d '\n')" >/dev/null; }
receive() { dossier 'Nguyễn Văn An' | m receive >/dev/null 2>&1; }

make_ward
h init >/dev/null
m device show --output D.json
h enrol D.json --unit H11.25 --slot 1 --role counter --output E.mce >/dev/null
m device enrol E.mce >/dev/null 2>&1
certificate good IP:127.0.0.1 30
certificate other IP:127.0.0.1 30
certificate elsewhere DNS:hub.example 30
openssl req -new -key good.key -subj /CN=hub -addext subjectAltName=IP:127.0.0.1 -out old.csr 2>>openssl.log
openssl x509 -req -in old.csr -signkey good.key -days -1 -copy_extensions copy -out old.pem 2>>openssl.log
cp good.key old.key

expect 1 'a hub does not begin with a certificate that is none' h serve --listen 127.0.0.1:0 --tls-cert pass --tls-key good.key
serve_as good
expect 3 'a certificate nobody vouches for' m sync --hub "https://127.0.0.1:$port"
says 'not the pinned one, or nobody trusted'
says 'the data waits'
expect 3 'said in Vietnamese too' m --lang vi sync --hub "https://127.0.0.1:$port"
says 'không ai đáng tin bảo lãnh'
m batch list --format json >out.txt; hasnt '"state":"acknowledged"'
SSL_CERT_FILE="$work/good.pem" expect 0 'a file of authorities of the system' m sync --hub "https://127.0.0.1:$port"
has '"batches_sent":1'
receive
pin other.pem
expect 3 'another one is pinned' m sync --hub "https://127.0.0.1:$port"
says 'not the pinned one'
SSL_CERT_FILE="$work/good.pem" expect 3 'what is pinned stands alone, whatever the system trusts' m sync --hub "https://127.0.0.1:$port"
m setting set hub_certificate 'no certificate' >/dev/null
expect 3 'what is pinned is no certificate' m sync --hub "https://127.0.0.1:$port"
says 'cannot be read'
pin good.pem
expect 0 'the pinned one' m sync --hub "https://127.0.0.1:$port"
hasnt '"batches_sent":0'
proxy
receive
https_proxy="$proxied" expect 0 'TLS through a proxy' m sync --hub "https://127.0.0.1:$port"
has '"batches_sent":1'
grep -q "^CONNECT 127.0.0.1:$port" proxy.log; check $? 'the proxy was asked for a tunnel'
grep -q Bearer proxy.log; [ $? = 1 ]; check $? 'and saw no token'
stop

serve_as elsewhere
pin elsewhere.pem
expect 3 'a certificate of another host' m sync --hub "https://127.0.0.1:$port"
says 'of another host'
stop
serve_as old
pin old.pem
expect 3 'one that has expired' m sync --hub "https://127.0.0.1:$port"
says 'has expired'
stop

serve
receive
http_proxy="$proxied" expect 0 'plain HTTP through a proxy' m sync --hub "http://127.0.0.1:$port"
has '"acknowledged_to"'
grep -q "^POST http://127.0.0.1:$port/batches" proxy.log; check $? 'the proxy carried the batch'
kill "$proxying"; wait "$proxying" 2>/dev/null
stop
finish
