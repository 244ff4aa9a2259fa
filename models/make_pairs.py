#!/usr/bin/python3
"""Print training text as scanned pages, read it with tesseract, write truth/reading line pairs.

usage: make_pairs.py SCANSIM TEXT.txt OUTDIR [--documents N] [--seed N]
writes OUTDIR/pairs.eng.tsv and OUTDIR/pairs.vie.tsv: truth TAB reading, one line of a page each.

TEXT is running text, one paragraph a line. Only for preparing the input of planscribe-learn-confusions; the
program itself never needs Python. One core, about ten seconds a page.
"""
import argparse, os, random, re, subprocess, unicodedata

PROFILES = ["copy", "office", "low", "old", "copy", "low", "office", "copy"]
PLACES = ["Phường Tân Lập", "Xã Đông Hải", "Huyện Thanh Hà", "Thành phố Lạng Sơn", "Quận Ba Đình", "Tỉnh Quảng Ngãi"]


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        prev, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            prev, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, prev + (x != y))
    return row[-1]


def bare(s):
    s = unicodedata.normalize("NFD", s.replace("đ", "d").replace("Đ", "D"))
    return re.sub(r"\s+", " ", "".join(c for c in s if unicodedata.category(c) != "Mn").lower()).strip()


def pair_lines(truth, reading):
    """Each reading line with the nearest truth line that follows the one before; poor matches are dropped."""
    pairs, at = [], 0
    for line in reading:
        if len(line.strip()) < 3:
            continue
        best = None
        for k in range(at, min(at + 6, len(truth))):
            a, b = bare(truth[k]), bare(line)
            if not a or abs(len(a) - len(b)) > 0.35 * max(len(a), len(b)):
                continue
            d = distance(a, b) / max(len(a), len(b))
            if best is None or d < best[0]:
                best = (d, k)
        if best and best[0] < 0.45:
            pairs.append((re.sub(r"\s+", " ", truth[best[1]]).strip(), re.sub(r"\s+", " ", line).strip()))
            at = best[1] + 1
    return pairs


def plan_text(lines, rng):
    place = rng.choice(PLACES)
    out = [f"@issuer ỦY BAN NHÂN DÂN {place.upper()}", f"@number {rng.randint(10, 300)}/KH-UBND",
           f"@placedate {place}, ngày {rng.randint(1, 28):02d} tháng {rng.randint(1, 12):02d} năm {rng.randint(2009, 2024)}",
           "@type KẾ HOẠCH", "@title " + lines[0][:120]]
    for line in lines[1:]:
        if len(line) < 90 and rng.random() < 0.25:
            out.append("@h1 " + line.upper())
        elif len(line) < 90 and rng.random() < 0.4:
            out.append(("@h2 " if rng.random() < 0.6 else "@h3 ") + line)
        else:
            out.append(line.lstrip("@"))
    out += ["@recipients Như trên;|Lưu: VT.", "@sign TM. ỦY BAN NHÂN DÂN|KT. CHỦ TỊCH|PHÓ CHỦ TỊCH|Nguyễn Văn Bình"]
    return "\n".join(out) + "\n"


def pick_lines(paragraphs, rng):
    at, out, size = rng.randrange(len(paragraphs) - 400), [], 0
    while size < 7000:
        line = paragraphs[at]
        at += 1
        if len(line) > 8 and ".........." not in line:
            out.append(line[:900])
            size += len(out[-1])
    return out


def read_page(image, language):
    env = dict(os.environ, OMP_THREAD_LIMIT="1")
    run = subprocess.run(["tesseract", image, "-", "-l", language, "--psm", "6"], capture_output=True, text=True, env=env)
    return unicodedata.normalize("NFC", run.stdout).split("\n")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("scansim"); ap.add_argument("text"); ap.add_argument("out")
    ap.add_argument("--documents", type=int, default=32); ap.add_argument("--seed", type=int, default=7)
    ap.add_argument("--fonts", default="Tinos,Tinos,Liberation Serif", help="families to choose from, with commas between")
    a = ap.parse_args()
    rng = random.Random(a.seed)
    os.makedirs(a.out, exist_ok=True)
    paragraphs = [unicodedata.normalize("NFC", x.strip()) for x in open(a.text, encoding="utf-8") if x.strip()]
    sinks = {g: open(f"{a.out}/pairs.{g}.tsv", "a", encoding="utf-8") for g in ("eng", "vie")}
    for n in range(a.documents):
        profile = PROFILES[n % len(PROFILES)]
        plan = f"{a.out}/d{a.seed}_{n:03d}.txt"
        open(plan, "w", encoding="utf-8").write(plan_text(pick_lines(paragraphs, rng), rng))
        font = rng.choice(a.fonts.split(","))
        subprocess.run(["/usr/bin/python3", a.scansim, plan, a.out, "--profile", profile, "--seed", str(a.seed), "--font", font], check=True)
        stem = f"{plan[:-4]}.{profile}"
        subprocess.run(["pdftoppm", "-gray", "-r", "200" if profile != "low" else "150", "-png", stem + ".pdf", stem], check=True)
        for image in sorted(x for x in os.listdir(a.out) if x.startswith(os.path.basename(stem)) and x.endswith(".png")):
            page = int(re.search(r"-(\d+)\.png$", image).group(1))
            truth = [x for x in open(f"{stem}.p{page:02d}.txt", encoding="utf-8").read().split("\n") if x.strip()]
            for language, sink in sinks.items():
                for t, r in pair_lines(truth, read_page(f"{a.out}/{image}", language)):
                    sink.write(f"{t}\t{r}\n")
                sink.flush()
            os.remove(f"{a.out}/{image}")
        os.remove(stem + ".pdf")


if __name__ == "__main__":
    main()
