# 86-values.t - F4 in fields of free text: units and people of a hand-over, papers, reasons, neighbourhoods; other text still stands.
sizes 80x24 132x43
now  2026-11-24 08:02
ward demo
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Lê Thị Hồng","applicant_id_no":"060190012345"}' >r.json
exec motcua --user lan --passphrase-file pass receive <r.json
exec printf '{"kind":"dossier","procedure_code":"1.001193","applicant_name":"Đỗ Văn Nam","applicant_id_no":"060085012345"}' >s.json
exec motcua --user lan --passphrase-file pass receive <s.json
exec printf '{"fields":{"reason":"Không thuộc thẩm quyền của phường","reason_code":"KTQ"}}' >no.json
exec motcua --user son --passphrase-file pass act H10.16-261124-0102 refuse - <no.json
exec printf '{"kind":"dossier","procedure_code":"1.012753","applicant_name":"Phạm Thị Mai","applicant_id_no":"060190054321"}' >t.json
exec motcua --user lan --passphrase-file pass receive <t.json
exec printf '{"kind":"dossier","procedure_code":"1.004222","applicant_name":"Vũ Văn Bách","applicant_id_no":"060088054321"}' >u.json
exec motcua --user lan --passphrase-file pass receive <u.json
run  motcua --user admin --passphrase-file pass
see  "1 Tiếp nhận"
key  F3
type "hong le"
see  "Lê Thị Hồng"
key  ENTER
see  "1 Chuyển bước"
# The template's units first; letters narrow the list, without accents.
key  1
see  "F4: chọn"
key  F4
see  "> Bộ phận Một cửa"
screen 86-units
type "dat dai"
see  "> Chi nhánh Văn phòng đăng ký đất đai  cấp tỉnh"
see-not "Chuyên môn"
key  ENTER
see-not "> Chi nhánh"
see  "đăng ký đất đai   cấp tỉnh"
# Who signs comes first, as that is the next step.
key  DOWN F4
see  "> son  lãnh đạo"
key  DOWN
screen 86-people
key  ENTER
see-not "> tam"
see  "tam                   công chức chuyên môn"
# What nobody offers stands as it was typed.
key  UP ^U F4
see  "> son"
type "cô Hoa"
see-not "> son"
key  F2
see  "Đang xử lý"
see  "Chi nhánh Văn phòng đăng ký đất đai"
see  "cô Hoa"
# Why it is refused: a code this ward has used.
key  7
see  "Gõ lại:"
type "ddoongf ys\n"
see  "Mã lý do:"
key  DOWN F4
see  "> KTQ  Không thuộc thẩm quyền của phường"
screen 86-codes
key  ESC ESC
see-not "Mã lý do:"
# Papers: what was said stays, one more goes behind it.
key  3
see  "Giấy tờ cần bổ sung:"
type "Bản sao hộ khẩu; uyr quyeefn"
key  F4
see  "> Văn bản ủy quyền"
key  ENTER
see  "Bản sao hộ khẩu; Văn bản ủy quyền"
key  F4
see  "> Văn bản ủy quyền"
key  UP
screen 86-papers
key  ESC
key  F2
see  "Chờ bổ sung"
key  ESC ESC
see  "1 Tiếp nhận"
# Many at once: the units of their procedures first.
key  2
see  "Hồ sơ"
key  F4
type "cho chuyen"
key  ENTER
see  "< Chờ chuyển xử lý >"
key  SPACE SPACE
see  "đánh dấu 2"
type ";1"
see  "Đơn vị nhận:"
key  F4
see  "> Bộ phận Một cửa"
key  DOWN
screen 86-many
key  ESC ESC ESC
see  "1 Tiếp nhận"
# Where a citizen lives: the ward's neighbourhoods, or another number.
key  1
see  "Thủ tục:"
type "khai sinh\nddox thij mai\n060190077777\n\n\n\n\n"
see  "số; F4: chọn"
key  F4
see  "> 1"
type "7"
see  "> 7"
screen 86-places
key  ENTER
see-not "> 7"
key  UP ^U F4
type "31"
see-not "> 1"
key  ENTER
see  " 31"
term-signal
# A known unit is where it is known to be.
exec motcua --user lan --passphrase-file pass show H10.16-261124-0101
out  "\"unit\":\"Chi nhánh Văn phòng đăng ký đất đai\",\"level\":\"province\""
out  "\"person\":\"cô Hoa\""
