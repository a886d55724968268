# 69-cursor.t - the terminal's own cursor stands where one works, on every screen: a screen reader or magnifier follows it.
# 1B0C is Esc, and ^L so that it need not wait for a digit.
langs vi en
term xterm-256color 80x24
now  2026-11-24 08:02
ward demo
run  motcua
cursor-on "Người dùng:" | "User:"
type "admin\tmot-cua-demo"
cursor-on "Mật khẩu:" | "Passphrase:"
key  ENTER
cursor-on "> Tiếp nhận hôm nay" | "> Received today"
key  DOWN
cursor-on "> Nộp trực tuyến" | "> Filed online"
key  F10
cursor-on "Lọc:" | "Find:"
bytes 1B0C
key  1
cursor-on "Thủ tục:" | "Procedure:"
type "khai sinh"
cursor-on "Thủ tục:" | "Procedure:"
key  ENTER
cursor-on "Họ và tên:" | "Full name:"
key  TAB TAB
cursor-on "Số điện thoại:" | "Phone:"
key  F2
cursor-on "Họ và tên:" | "Full name:"
bytes 1B0C
key  F3
cursor-on "Tìm:" | "Find:"
bytes 1B0C
key  2
cursor-on "> H10.16-260930-0005"
key  DOWN
cursor-on "> H10.16-261001-0002"
key  ENTER
cursor-on ">1 Chuyển bước" | ">1 Forward"
key  DOWN
cursor-on ">2 Kết thúc xử lý" | ">2 Finish"
key  ENTER
cursor-on "Số kết quả:" | "Result number:"
key  TAB
cursor-on "Kết quả điện tử:" | "Electronic result:"
bytes 1B0C
bytes 1B0C
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  3
key  LEFT
cursor-on "> H10.16-261026-0001"
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  4
key  2
cursor-on "H-0001"
key  F6
cursor-on "Khu phố:" | "Neighbourhood:"
bytes 1B0C
bytes 1B0C
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  5
cursor-on "> Tình hình" | "> Handling of"
key  DOWN
cursor-on "> Hồ sơ trễ hạn theo cấp" | "> Late dossiers by level"
key  F4
cursor-on "2 Quý" | "2 Quarter"
bytes 1B0C
bytes 1B0C
see  "1 Tiếp nhận" | "1 Receive"
key  8
cursor-on "> 1 "
key  2
cursor-on "> Hồ sơ gia hạn" | "> An extended dossier"
key  ENTER
cursor-on "1 hẹn đầu" | "1 first promise"
