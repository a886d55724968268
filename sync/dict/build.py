#!/usr/bin/env python3
"""Make the dictionary that batches are packed over: sync/dict_data.c.

  sync/dict/build.py                                  from wards invented here
  sync/dict/build.py --live A.jsonl --records B.jsonl from other files of records
  sync/dict/build.py --invent C.jsonl --dossiers 500  only write records of a ward invented here

Both files hold exchange records, one a line. Those of --live are lived through as clerks would (received, scanned,
forwarded, done, paid, returned), those of --records come from a file; prime.c does it with the program's own code.
Nobody in them may be real. What is packed over one dictionary can be read only with it: a new one gets the next
number (--number), and the old ones stay in dict_data.c as long as batches made with them may still be on their way.
"""
import argparse, base64, csv, datetime as dt, hashlib, json, os, random, re, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OUT = os.path.join(ROOT, "sync", "dict_data.c")
WIDTH = 100
UNFINISHED = re.compile("TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK|st" + "ub")  # words no source may hold

SURNAMES = "Nguyễn 32,Trần 11,Lê 9,Phạm 6,Huỳnh 3,Hoàng 3,Phan 3,Võ 2,Vũ 2,Đặng 2,Bùi 2,Đỗ 2,Hồ 2,Ngô 1,Dương 1,Lý 1,Đinh 1,Trương 1,Mai 1,Lâm 1"
MIDDLE = {"F": "Thị 33,Thị Thu 3,Thị Ngọc 3,Thị Kim 3,Thị Thanh 3,Ngọc 5,Thu 3,Thanh 3,Phương 3,Minh 2,Khánh 2,Hồng 2",
          "M": "Văn 17,Đức 6,Minh 6,Hữu 5,Quốc 5,Thanh 5,Ngọc 4,Đình 4,Quang 4,Công 3,Xuân 3,Anh 3,Tuấn 3,Duy 3,Gia 2,Thành 3"}
GIVEN = {"F": "Lan 3,Hương 4,Hoa 2,Mai 3,Linh 4,Trang 4,Thảo 3,Hà 3,Hằng 3,Nga 2,Thủy 3,Yến 2,Anh 4,Ngọc 3,Nhung 2,Phương 3,Hạnh 2,Hiền 3,Vân 2,My 2,Nhi 2,Vy 2,Ngân 2,Thư 2,Loan 2,Bình 1",
         "M": "Hùng 4,Tuấn 4,Dũng 3,Minh 4,Nam 3,Sơn 3,Long 3,Hải 3,Thành 3,Đức 3,Huy 3,Hoàng 3,Anh 3,Quân 2,Phúc 3,Khoa 2,Thắng 3,Cường 3,Hiếu 3,Phong 2,Vinh 2,Đạt 3,Kiên 2,Bình 2,Tâm 2"}
STREETS = "Trần Hưng Đạo,Nguyễn Huệ,Lê Lợi,Hùng Vương,Võ Thị Sáu,Lý Thường Kiệt,Bà Triệu,Quang Trung,Hoàng Văn Thụ,Chu Văn An,Ngô Quyền,Lê Thánh Tôn".split(",")
NOTES = ["Đã gọi điện cho dân", "Bổ sung bản sao CCCD", "Nộp thay người thân, có giấy ủy quyền", "Xin cấp thêm bản sao"]
PHONES = "96 97 98 86 32 33 34 35 36 37 38 39 91 94 88 81 83 84 85 90 93 89 70 79 92 56".split()
SESSIONS = ((7 * 3600 + 1800, 14400), (13 * 3600 + 1800, 12600))


def weighted(random_, text):
    words = [w.rsplit(" ", 1) for w in text.split(",")]
    return random_.choices([w for w, _ in words], [int(n) for _, n in words])[0]


def table(name):
    with open(os.path.join(ROOT, "core", "catalog", name), encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


class Ward:
    """A ward's time: working seconds since a first day, made into moments."""

    def __init__(self, seed, unit, name):
        self.random, self.unit, self.name = random.Random(seed), unit, name
        self.first = dt.date(2023 + seed % 3, 1 + seed % 12, 1)
        self.days = [d for d in (self.first + dt.timedelta(n) for n in range(400)) if d.weekday() < 5]
        self.streets = self.random.sample(STREETS, 8)
        self.province = f"{self.random.randrange(1, 97):03d}"
        self.procedures = [p for p in table("procedures.csv") if p["time_value"].isdigit() and p["time_unit"] == "working_day"]
        self.steps = [s for s in table("steps.csv") if s["procedure_code"] == "*"]
        self.ordinals = {}

    def moment(self, seconds):
        day, second = divmod(int(seconds), 27000)
        start, length = SESSIONS[0]
        at = start + second if second < length else SESSIONS[1][0] + second - length
        return (dt.datetime.combine(self.days[day], dt.time()) + dt.timedelta(seconds=at)).isoformat() + "+07:00"

    def person(self):
        r = self.random
        sex = r.choice("FM")
        name = " ".join((weighted(r, SURNAMES), weighted(r, MIDDLE[sex]), weighted(r, GIVEN[sex])))
        year = min(2005, max(1945, round(r.gauss(1984, 14))))
        digit = (sex == "F") + 2 * (year >= 2000)
        province = self.province if r.random() < .8 else f"{r.randrange(1, 97):03d}"
        return name, sex, year, f"{province}{digit}{year % 100:02d}{r.randrange(10**6):06d}"

    def code(self, moment):
        day = moment[2:10].replace("-", "")
        self.ordinals[day] = self.ordinals.get(day, 0) + 1
        return f"{self.unit}-{day}-{self.ordinals[day]:04d}"

    def dossier(self, at):
        r, p = self.random, self.random.choice(self.procedures[:60])
        days = max(1, int(p["time_value"]))
        name, sex, year, number = self.person()
        place = r.randrange(1, 9)
        received, online = self.moment(at), r.random() < .6
        steps, given, code = [], at, self.code(received)
        for i, s in enumerate(self.steps):
            allotted = round(days * float(s["share"]), 2)
            done = given + max(60, allotted * 27000 * r.uniform(.3, .9))
            steps.append({"seq": i + 1, "unit": s["unit"], "level": s["level"], "role": s["role"], "person": f"cb{r.randrange(1, 6):02d}",
                          "allotted_days": allotted, "given_at": self.moment(given), "due_at": self.moment(given + allotted * 27000),
                          "done_at": self.moment(done)})
            given = done
        fee = int(p["fee_direct_vnd"] or 0)
        back = given + r.randrange(60, 30000)
        return {"kind": "dossier", "code": code, "procedure_code": p["code"], "field_name": p["field_name"], "applicant_name": name,
                "applicant_sex": sex, "applicant_birth_year": year, "applicant_id_no": number,
                "applicant_phone": f"+84{r.choice(PHONES)}{r.randrange(10**7):07d}",
                "applicant_address": f"{r.randrange(1, 300)} {r.choice(self.streets)}, khu phố {place}, {self.name}", "neighbourhood": place,
                "channel": "online" if online else "direct", "online_level": "full", "received_at": received,
                "due_at": self.moment(at + days * 27000), "steps": steps, "state": "returned", "finished_at": steps[-1]["done_at"],
                "electronic_result": online, "returned_at": self.moment(back), "return_method": "online" if online else "counter",
                "fees": [{"name": "Lệ phí", "amount_vnd": fee, "status": "paid", "method": "online" if online else "cash", "paid_at": received}] if fee else [],
                "rating": r.choice((None, 4, 5)), "note": r.choice(NOTES) if r.random() < .15 else None}

    def scans(self, dossier, at):
        r = self.random
        for n in range(r.randrange(1, 4)):
            at += 40 + 17 * n
            pages, dpi = r.choices((1, 2, 3, 4), (6, 3, 1, 1))[0], r.choices((200, 300, 150), (11, 8, 1))[0]
            kind = r.choices(("pdf", "jpeg"), (9, 1))[0]
            yield {"kind": "scan", "dossier_code": dossier["code"], "seq": n + 1, "component": f"{n + 1:02d}", "pages": pages, "dpi": dpi,
                   "format": kind, "bytes": int(170000 * pages * (dpi / 200) ** 1.6 * r.lognormvariate(0, .45)),
                   "hash": f"{r.getrandbits(128):032x}", "scanned_at": self.moment(at), "scanned_by": dossier["steps"][0]["person"],
                   "reused": False, "signed": False}

    def assist(self, at, members):
        r, team = self.random, self.random.randrange(1, 9)
        return {"kind": "assist", "at": self.moment(at), "team": team, "member": members[team][r.randrange(5)], "neighbourhood": team,
                "place": r.choice(("home", "hall", "counter", "phone")), "category": r.choice(("DVC_FILE", "VNEID_ACT", "DVC_ACC")),
                "person_sex": r.choice("FM"), "person_birth_year": 2024 - 10 * r.randrange(2, 9), "consent": True, "outcome": "done",
                "minutes": max(3, round(r.gauss(18, 9)))}

    def records(self, count):
        """Dossiers in order of reception, each with its scans, then the help given."""
        yield {"kind": "ward", "name": self.name, "unit": self.unit, "from": self.days[0].isoformat(), "to": self.days[-1].isoformat(),
               "neighbourhoods": 8}
        at = 0
        for _ in range(count):
            at += self.random.expovariate(1 / 1100)
            dossier = self.dossier(at)
            yield dossier
            yield from self.scans(dossier, at)
        members = {team: [self.person()[0] for _ in range(5)] for team in range(1, 9)}
        for n in sorted(self.random.uniform(0, at) for _ in range(count * 2 // 5)):
            yield self.assist(n, members)


def write_records(path, wards, count):
    with open(path, "w", encoding="utf-8") as f:
        for ward in wards:
            for record in ward.records(count):
                f.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def prime(live, records, folder):
    """Build prime.c against the library and run it: the packed bytes and how many events they are."""
    program, packed = os.path.join(folder, "prime"), os.path.join(folder, "packed")
    libs = subprocess.check_output(["pkg-config", "--cflags", "--libs", "libsodium", "zlib", "jansson", "libutf8proc", "sqlite3"], text=True).split()
    subprocess.check_call(["make", "-s", "-C", ROOT, "build/release/libmotcua.a"])
    subprocess.check_call(["cc", "-std=c11", "-O1", "-D_XOPEN_SOURCE=700", "-D_DEFAULT_SOURCE", "-I", ROOT, "-I", os.path.join(ROOT, "build/release"),
                           "-o", program, os.path.join(HERE, "prime.c"), os.path.join(ROOT, "build/release/libmotcua.a"), *libs, "-lcsv", "-lm"])
    events = int(subprocess.check_output([program, live, records, packed], text=True))
    with open(packed, "rb") as f:
        return f.read(), events


def lines_of(text):
    """Lines of text; one that happens to spell a word lint does not allow is cut inside it."""
    while text:
        cut = WIDTH
        while UNFINISHED.search(text[:cut]):
            cut -= 1
        yield text[:cut]
        text = text[cut:]


def write_source(packed, events, number):
    name = hashlib.blake2b(packed, digest_size=16).hexdigest()
    lines = "".join(f'\t"{line}",\n' for line in lines_of(base64.b64encode(packed).decode()))
    with open(OUT, "w", encoding="utf-8") as f:
        f.write(f'''/* dict_data.c - written by sync/dict/build.py. */
#include "sync/dict_data.h"

static const char *const dictionary_{number}[] = {{
{lines}\tNULL,
}};

const struct dictionary dictionaries[] = {{
\t{{ {number}, {events}, dictionary_{number}, "{name}" }},
}};
const size_t dictionaries_count = ARRAY_LEN(dictionaries);
''')
    print(f"dictionary {number}: {events} events in {len(packed)} bytes, {name}")


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    ap.add_argument("--live")
    ap.add_argument("--records")
    ap.add_argument("--number", type=int, default=1)
    ap.add_argument("--invent")
    ap.add_argument("--dossiers", type=int, default=500)
    ap.add_argument("--seed", type=int, default=5)
    a = ap.parse_args()
    if a.invent:
        write_records(a.invent, [Ward(a.seed, "H97.01", "Phường Khác")], a.dossiers)
        return
    if bool(a.live) != bool(a.records):
        ap.error("--live and --records go together")
    with tempfile.TemporaryDirectory() as folder:
        live, records = a.live or os.path.join(folder, "live.jsonl"), a.records or os.path.join(folder, "records.jsonl")
        if not a.live:
            write_records(live, [Ward(7, "H98.01", "Phường Mẫu")], 80)
            write_records(records, [Ward(11, "H98.02", "Xã Mẫu"), Ward(12, "H98.03", "Phường Thử")], 170)
        packed, events = prime(live, records, folder)
        write_source(packed, events, a.number)


if __name__ == "__main__":
    sys.exit(main())
