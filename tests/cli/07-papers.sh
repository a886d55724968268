#!/usr/bin/env bash
# Papers, the printer, scans, tables as XLSX and PDF, what is held on a person, the bundle for support.
. "$(dirname "$0")/lib.sh"
make_ward
add_user lan clerk
add_user minh team_member
now="$day 08:05"
as_lan() { echo "$1" | m --user lan "${@:2}"; }
got() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" out.txt | head -n 1; }
cat_pdf() { pdftotext -layout "$1" - 2>/dev/null; }

# A printer that takes everything, one that does not, and none.
mkdir bin
printf '#!/bin/sh\nprintf "%%s " "$@" >%s/asked; cat >%s/sheet\n' "$work" "$work" >bin/lp
chmod +x bin/lp
with_printer() { PATH="$work/bin:$PATH" "$@"; }

person='"applicant_name":"Nguyễn Thị Bình","applicant_id_no":"060190012345"'
expect 0 'a dossier' as_lan "{\"procedure_code\":\"2.000635\",$person,\"due_at\":\"${day}T17:00:00+07:00\"}" receive
one=$(got code)
expect 0 'another' as_lan "{\"procedure_code\":\"2.000635\",$person,\"due_at\":\"${day}T17:00:00+07:00\"}" receive
two=$(got code)

expect 2 'which form?' m --user lan slip "$one"
expect 2 'no such form' m --user lan slip "$one" --form card
expect 2 'whose receipt?' m --user lan slip --form receipt
expect 5 'of no dossier' m --user lan slip H11.25-241025-0999 --form receipt
expect 3 'not for a team member' m --user minh slip "$one" --form receipt
expect 4 'nothing to refuse' m --user lan slip "$one" --form refusal
expect 4 'nothing to stop' m --user lan slip "$one" --form stop

expect 1 'no printer: it says so' env PATH=/nowhere "$motcua" --store w.motcua --passphrase-file pass --user lan --lang en \
	--now "$now" slip "$one" --form receipt --print
says 'Nothing is lost'
expect 0 'a printer takes it' with_printer m --user lan slip "$one" --form receipt --print=May1
quiet
grep -q 'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ' sheet && grep -q 'Nguyễn Thị Bình' sheet
check $? 'the sheet is not the receipt'
grep -q -- '-d May1' asked && ! grep -q 'Bình' asked
check $? 'the printer was not asked as it should be'
expect 4 'what was printed is not undone' m --user lan act "$one" undo
says 'printed'

expect 0 'as text' m --user lan slip "$two" --form control
has 'PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ'
expect 0 'the control slip binds nothing; the receipt does' m --user lan slip "$two" --form receipt --copies 2
has 'Liên: lưu tại nơi tiếp nhận'
expect 0 'without marks' m --user lan slip "$two" --form receipt --as plain
has 'Nguyen Thi Binh'
expect 0 'as PDF' m --user lan slip "$two" --form receipt --format pdf --output r.pdf
cat_pdf r.pdf >out.txt
has 'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ'
has 'Nguyễn Thị Bình'
expect 2 'the book of when?' m --user lan slip --form register
expect 0 'the book' m --user lan slip --form register --from $day --to $day
has "$one"
has "$two"
expect 0 'the book on sheets' m --user lan slip --form register --from $day --to $day --format pdf --output b.pdf
cat_pdf b.pdf >out.txt
has 'SỔ THEO DÕI HỒ SƠ'

mkdir papers
printf '@center *PHIẾU CỦA PHƯỜNG\n{code} {applicant_name}\n' >papers/control.txt
expect 0 'a template of the ward' m --user lan slip "$one" --form control
has 'PHIẾU CỦA PHƯỜNG'
printf '{nobody}\n' >papers/control.txt
expect 0 'one that cannot be used' m --user lan slip "$one" --form control
has 'PHIẾU KIỂM SOÁT'
says 'line 1'

rm -r papers
expect 0 'what a template may ask for' m --user lan slip --names --format csv
has 'applicant_name,,'
expect 0 'the template in use' m --user lan slip --form control --template --output control.txt
mkdir papers && sed 's/PHIẾU KIỂM SOÁT/PHIẾU RIÊNG/' control.txt >papers/control.txt
expect 0 'edited' m --user lan slip "$one" --form control
has 'PHIẾU RIÊNG'

expect 0 'a test page' m --user lan print test --output t.txt
expect 0 'in dots' m --user lan print test --bitmap --output t.bin
head -c 6 t.bin | od -An -tx1 | grep -q '1b 40 1d 76 30 00'
check $? 'the dots are not ESC/POS'
expect 0 'on a printer' with_printer m --user lan print test --plain
! LC_ALL=C grep -q '[^ -~]' sheet
check $? 'the plain sheet has letters that are not ASCII'

# Scans: the receipt as a PDF, a dot as a PNG of 150 dots an inch.
echo iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACXBIWXMAABcSAAAXEgFnn9JSAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg== |
	base64 -d >dot.jpg
head -c 2000 r.pdf >cut.pdf
echo 'no scan' >no.pdf
expect 0 'a scan' m --user lan scan "$one" r.pdf --component to-khai
has '"seq":1,"component":"to-khai","pages":1'
has '"format":"pdf"'
has "\"scanned_by\":\"lan\",\"reused\":false"
expect 0 'the same again' m --user lan scan "$one" r.pdf
says 'has it already'
expect 0 'of the same person elsewhere' m --user lan scan "$two" r.pdf dot.jpg
has '"reused":true'
has '"dpi":150,"format":"png"'
says 'asks for 200'
expect 4 'what cannot be read' m --user lan scan "$one" dot.jpg cut.pdf no.pdf
says 'cut.pdf'
says 'no.pdf'
quiet
expect 5 'no such file' m --user lan scan "$one" missing.pdf
expect 5 'no such dossier' m --user lan scan H11.25-241025-0999 r.pdf
expect 4 'no such component' m --user lan scan "$one" dot.jpg --component 'Tờ khai'
expect 3 'not by a team member' m --user minh scan "$one" dot.jpg
expect 0 'nothing of the refused came in' m --user lan export --kind scan
[ "$(wc -l <out.txt)" = 3 ]
check $? 'not three scans'

expect 0 'a report as XLSX' m --user admin report register --from $day --to $day --format xlsx --output r.xlsx
head -c 2 r.xlsx | grep -q PK
check $? 'not a workbook'
expect 0 'a report as PDF' m --user admin report 06a --from $day --to $day --format pdf --output r6.pdf
cat_pdf r6.pdf >out.txt
has 'Hộ tịch'
expect 0 'the audit as XLSX' m --user admin audit --format xlsx --output a.xlsx

expect 0 'all on one person' as_lan 060190012345 person report -
[ "$(grep -c '"kind":"dossier"' out.txt)" = 2 ] && [ "$(grep -c '"kind":"scan"' out.txt)" = 3 ]
check $? 'not two dossiers and three scans'
expect 0 'nobody' as_lan 060190099999 person report -
quiet
expect 4 'no number' as_lan 12 person report -
expect 3 'not for a team member' m --user minh person report 060190012345

expect 0 'a bundle for support' m --user lan support s.json
cat s.json >out.txt
has '"verified":true'
has '"dossier":2'
hasnt 'Bình'
hasnt '060190012345'
hasnt 'lan"'
expect 0 'all agrees' m --user admin verify
finish
