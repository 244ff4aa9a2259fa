#!/usr/bin/python3
"""accuracy.py PROGRAM SCANS TRUTH SCORER [--out DIR]: text accuracy of planscribe on a folder of scans with truth.

SCANS holds NAME.PROFILE.pdf, TRUTH holds NAME.PROFILE.pNN.txt, SCORER is score_text.py. Reads the scans once, writes the
text with and without restoration, and prints one table (per cent; wer_blocks = word errors without reading order).
"""
import argparse
import glob
import json
import os
import subprocess
import sys
import tempfile
import time


def scores(scorer, truth_pages, text):
    """The scorer's figures for all pages of one document together."""
    with tempfile.TemporaryDirectory() as folder:
        pairs = []
        pages = text.split("\f")
        for number, truth in enumerate(truth_pages):
            page = os.path.join(folder, f"{number}.txt")
            open(page, "w", encoding="utf-8").write(pages[number] if number < len(pages) else "")
            pairs += [truth, page]
        out = subprocess.run(["/usr/bin/python3", scorer, *pairs], capture_output=True, text=True, check=True).stdout
    return json.loads(out.strip().splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("program", "scans", "truth", "scorer"):
        parser.add_argument(name)
    parser.add_argument("--out", default=None)
    args = parser.parse_args()
    out = args.out or tempfile.mkdtemp(prefix="planscribe-accuracy-")
    started = time.time()
    texts = {}
    for label, flags in (("read", ["--no-restore"]), ("restored", [])):
        code = subprocess.run([args.program, "run", args.scans, "-o", out, "-q", *flags]).returncode
        if code not in (0, 11):
            sys.exit(code)
        for path in glob.glob(f"{out}/text/*.txt"):
            texts[label, os.path.basename(path)[:-4]] = open(path, encoding="utf-8").read()
    names = sorted({name for _, name in texts})
    print(f"{'scan':<22}{'cer':>7}{'wer':>7}{'blocks':>8}   {'restored: cer':>13}{'wer':>7}{'blocks':>8}")
    for name in names:
        truth = sorted(glob.glob(f"{args.truth}/{name}.p[0-9][0-9].txt"))
        if not truth:
            continue
        read, restored = (scores(args.scorer, truth, texts[label, name]) for label in ("read", "restored"))
        print(f"{name:<22}{read['cer']*100:7.2f}{read['wer']*100:7.2f}{read['wer_blocks']*100:8.2f}   "
              f"{restored['cer']*100:13.2f}{restored['wer']*100:7.2f}{restored['wer_blocks']*100:8.2f}", flush=True)
    print(f"results in {out}, {time.time() - started:.0f} s", file=sys.stderr)


main()
