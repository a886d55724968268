# 74-quarantine.t - a hub that refuses a batch: what, when and why stands on the screen; nothing is lost, no error.
term xterm-256color 80x24
term linux 132x43
now  2026-11-25 08:30
ward demo
exec motcua-hub --data hub --key-file hub.key init
exec motcua init --store two.motcua --passphrase-file pass --unit H10.16 --unit-name 'Phường Mẫu' --slot 1 --admin binh --demo
exec motcua --store two.motcua --passphrase-file pass device show --output D.json
exec motcua-hub --data hub --key-file hub.key enrol D.json --unit H10.16 --slot 1 --role counter --output E.mce
exec motcua --store two.motcua --passphrase-file pass device enrol E.mce
exec printf 'import http.server as h\nclass R(h.BaseHTTPRequestHandler):\n  protocol_version="HTTP/1.1"\n  def answer(s):\n    s.rfile.read(int(s.headers.get("Content-Length") or 0)); b=b"" if s.command=="GET" else b"phuong da nhap vao H10.17"; s.send_response(204 if s.command=="GET" else 403); s.send_header("Content-Length",str(len(b))); s.end_headers(); s.wfile.write(b)\n  do_POST=do_PATCH=do_HEAD=do_GET=answer\n  def log_message(s,*a): pass\nw=h.ThreadingHTTPServer(("127.0.0.1",0),R)\nprint(w.server_port,flush=True)\nw.serve_forever()\n' >hub.py
background python3 hub.py >port.txt
until grep -q . port.txt
exec motcua --store two.motcua --passphrase-file pass setting set hub_url http://127.0.0.1:$(cat port.txt)
run  motcua --store two.motcua --passphrase-file pass
see  "6 Đồng bộ"
key  6
see  "1 Qua mạng"
key  7
see  "Không có gì bị từ chối hay phải chờ."
key  ESC 1
see  "BỊ TỪ CHỐI"
see  "1 mục, bấm 7 để xem lý do"
see  "phuong da nhap"
key  7
see  "1. Trung tâm từ chối gói: số 1-"
see  "Lý do: phuong da nhap vao H10.17"
screen 74-quarantine
key  ESC ENTER
see  "Tình trạng: BỊ TỪ CHỐI"
key  ESC ESC
see  "LỖI: bấm 6."
