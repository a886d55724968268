#!/usr/bin/env bash
# Filters, help, and what must happen when the outside fails.
. "$(dirname "$0")/lib.sh"

expect 0 'Telex' sh -c "echo 'Nguyeenx Thij Binhf' | $motcua compose --method telex"
has 'Nguyễn Thị Bình'
expect 0 'VNI, new style' sh -c "echo 'hoa2' | $motcua compose --method vni --style new"
has 'hoà'
expect 2 'a method is needed' sh -c "echo x | $motcua compose"
expect 0 'folded' sh -c "echo 'Đặng Thị Huệ' | $motcua fold"
has 'dang thi hue'
expect 0 'sorted' sh -c "printf 'Lê An\nLe An\n' | $motcua sortkey"
expect 4 'no UTF-8' sh -c "printf '\377\n' | $motcua fold"
expect 0 'the version' "$motcua" --version
has 'motcua '
expect 0 'help in Vietnamese' "$motcua" --help
has 'Tùy chọn chung'
expect 0 'help on one command, in English' "$motcua" --lang en act --help
has '--field name=value'
expect 2 'a command there is not' "$motcua" dance
expect 2 'an option there is not' "$motcua" verify --fast

make_ward
expect 1 'a full disk behind stdout is told' sh -c "$motcua --store w.motcua --passphrase-file pass --lang en setting get >/dev/full"
says 'could not all be written'
expect 1 'an output that cannot be made' m setting get --output /nowhere/at/all
expect 1 'a folder is no file' m import .
says 'is a folder'
printf '{"kind":"indicator","name":"a","period":"2024","value":1,"x_long":"%70000s"}\n' '' >long.jsonl
expect 4 'more of another system than fits' m import long.jsonl
says 'line 1: x_: '
expect 2 'a format it does not have' m setting get --format yaml --output x.pdf
[ ! -e x.pdf ] && [ -z "$(ls | grep '\.tmp$')" ]
check $? 'a failed command left a file'
expect 0 'a reader that leaves early' sh -c "$motcua --store w.motcua --passphrase-file pass setting get | head -1"
chmod 400 pass
(exec 9<>w.motcua; true)
expect 0 'TZ changes nothing' env TZ=America/New_York "$motcua" --store w.motcua --passphrase-file pass verify
mkfifo pipe
"$motcua" --store w.motcua --passphrase-file pass --now "$now" receive <pipe >/dev/null 2>&1 &
exec 8>pipe
sleep 1
expect 3 'one process at a time' m verify
cp w.motcua copy.motcua
expect 3 'a store in use is not moved aside' m restore copy.motcua --force
says 'in use'
exec 8>&-
wait
expect 0 'then the next' m verify
"$motcua" init --store real.motcua --passphrase-file pass --unit H11.25 --unit-name X --slot 1 --admin admin >/dev/null 2>&1
expect 3 '--now is refused outside demo stores' "$motcua" --store real.motcua --passphrase-file pass --lang en --now "$now" verify
says 'demo'
dd if=/dev/zero of=real.motcua bs=1 seek=70000 count=64 conv=notrunc 2>/dev/null
"$motcua" --store real.motcua --passphrase-file pass verify >/dev/null 2>&1
code=$?
[ $code = 1 ] || [ $code = 3 ]
check $? "a damaged page gave exit $code"
finish
