# 12-discard.t - the next person comes before the first is done: a new form beside the draft; a draft discarded on purpose.
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  1
type "khai sinh\nNguyeenx Thij A"
see  "Nguyễn Thị A"
key  ESC
see  "Còn 1 bản nháp"
key  F6
see  "Thủ tục:"
see-not "Nguyễn Thị A"
type "ket hon\nTraanf Vawn B"
see  "Trần Văn B"
key  ESC
see  "Còn 2 bản nháp"
key  DEL
see  "Bỏ bản nháp"
key  ESC
see  "Còn 2 bản nháp"
key  DEL
see  "Bỏ hẳn"
key  2
see  "Còn 1 bản nháp"
see  "Nguyễn Thị A"
see-not "Trần Văn B"
