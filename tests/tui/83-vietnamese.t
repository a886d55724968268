# 83-vietnamese.t - which fields compose, how a word gets its keys back, hòa or hoà, VNI at the counter, the state always shown.
sizes 80x24 132x43
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
see  "[VN Telex]"
key  1
see  "Thủ tục:"
type "dangw ky thuowngf trus"
see  "đăng ký thường trú"
key  ENTER
see  "[VN Telex]"
# A name composes. A word that is no syllable goes back to its keys, a doubled key takes the mark off, ^Z too.
type "Hoaf Nguyeenx "
see  "Hòa Nguyễn"
key  ^U
type "windows "
see  "windows"
key  ^U
type "tesst bajnj ddd aaa"
see  "test banj dd aa"
key  ^U
type "tieengs"
see  "tiếng"
key  ^Z
see  "tieengs"
key  ^U
# Other peoples' names pass the spelling check.
type "Y Moan EEban H'Hen Nieex"
see  "Y Moan Êban H'Hen Niễ"
key  ^U
type "DDawks LAWKS Krong Buks\n"
see  "Đắk LẮK Krong Búk"
# Numbers, dates, mail and codes never do.
type "06019001234s\n09ddd\naass\n"
see  "06019001234s"
see  "09ddd"
see  "aass"
key  DOWN
type "xax Tarn\n"
see  "xã Tản"
key  DOWN DOWN
type "tt"
see  "trực tuyến"
key  ENTER
see  "Email:"
type "ddoanf@aa.vn\n"
see  "ddoanf@aa.vn"
screen 83-fields
# VNI, then no composing at all; the state stands on every screen.
key  ^\
see  "[VN VNI]"
type "Nguye64n Thi5 Hoa2\n"
see  "Nguyễn Thị Hòa"
key  UP
key  ^U
key  ^\
see  "[EN]"
type "Nguyeenx 64\n"
see  "Nguyeenx 64"
key  F10
see  "[EN]"
key  ESC
key  ^\
see  "[VN Telex]"
screen 83-typing
term-signal
# The other style of tones, and no spelling check, are settings.
exec motcua --user admin --passphrase-file pass setting set tone_style new
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
key  F3
type "hoaf khoer thuyr quys"
see  "hoà khoẻ thuỷ quý"
screen 83-new-style
