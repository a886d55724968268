# hub.sh - what the scripts about a hub share, after lib.sh: h COMMAND, serve and stop, a bad line and unline, stores.
net=$OLDPWD/tests/net/badline.py
hub=$(dirname "$motcua")/motcua-hub
h() { local c=$1; shift; "$hub" "$c" --data "$work/hub" --key-file "$work/hub.key" --lang en "$@"; }

# soon COMMAND...: until it succeeds, twenty seconds at most.
soon() { for _ in $(seq 400); do "$@" && break; sleep 0.05; done; }
# serve [OPTION...]: $serving is the process, $port where it listens.
serve()
{
	: >serve.txt
	"$hub" serve --data "$work/hub" --key-file "$work/hub.key" --lang en --listen 127.0.0.1:0 "$@" >serve.txt 2>>serve.log &
	serving=$!
	soon grep -q listening serve.txt
	port=$(sed 's/.*://' serve.txt)
}
url() { echo "http://127.0.0.1:$port"; }
stop() { kill -TERM "$serving"; wait "$serving"; served=$?; }
line()
{
	: >line.txt
	python3 "$net" "$port" --report line.json "$@" >line.txt &
	lining=$!
	soon [ -s line.txt ]
	lined=$(cat line.txt)
}
unline() { kill "$lining"; wait "$lining" 2>/dev/null; }
# store NAME ARGS...: the program on a store of that name.
store() { local s=$1; shift; "$motcua" --store "$work/$s.motcua" --passphrase-file "$work/pass" --lang en --now "$now" "$@"; }
# make_store NAME UNIT UNIT-NAME SLOT: a demo store, not enrolled.
make_store()
{
	"$motcua" init --store "$work/$1.motcua" --passphrase-file "$work/pass" --unit "$2" --unit-name "$3" --slot "$4" \
		--admin admin --demo --now "$now" >/dev/null 2>&1
}
# enrol NAME UNIT SLOT ROLE
enrol()
{
	store "$1" device show --output "$1.json" && h enrol "$1.json" --unit "$2" --slot "$3" --role "$4" --output "$1.mce" &&
		store "$1" device enrol "$1.mce"
}
dossier() { printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"%s"}' "$1"; }
code_of() { sed 's/.*"code":"\([^"]*\)".*/\1/'; }
device_of() { sed 's/.*"device":"\([0-9a-f]*\)".*/\1/' "$1.json"; }
