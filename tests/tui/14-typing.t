# 14-typing.t - Telex, VNI and raw; input methods outside; pastes; Backspace; the raw keys given back.
now  2026-11-24 08:02
ward demo
run  motcua --user lan --passphrase-file pass
see  "1 Tiếp nhận"
see  "[VN Telex]"
key  F3
see  "Tìm:"
type "tieengs Vieetj"
see  "tiếng Việt"
key  ^U
key  ^\
see  "[VN VNI]"
type "tie61ng Vie65t"
see  "tiếng Việt"
key  ^U
key  ^\
see  "[EN]"
type "tieengs"
see  "tieengs"
key  ^U
key  ^\
see  "[VN Telex]"
# UniKey over SSH: Backspace and letters in one read, Backspace as 0x08 and as 0x7f.
bytes 4e677579656e08656e7f7fe1bb856e
see  "Nguyễn"
key  ^U
# The same name with its marks apart (NFD).
bytes 4e67757965cc82cc836e
see  "Nguyễn"
key  ^U
paste "tieengs a\nb"
see  "tieengs a b"
key  ^U
type "tieengs"
see  "tiếng"
key  BACKSPACE BACKSPACE
see  "tiế"
type "ng"
key  ^Z
see  "tie"
key  ESC
see  "1 Tiếp nhận"
# Esc then a digit is an F-key.
bytes 1b33
see  "Tìm:"
