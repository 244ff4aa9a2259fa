#!/usr/bin/python3
"""recognition.py PROGRAM SCANS TRUTH SCORER [--pattern P]: accuracy, speed and memory beside plain tesseract.

SCANS holds NAME.pdf, TRUTH holds NAME.pNN.txt, SCORER is score_text.py. For each scan: planscribe run without and with
restoration (two workers), and tesseract -l vie on the same page images (xargs -P2, OMP_THREAD_LIMIT=1), in one go.
Prints per cent: CER, WER, WER with blocks reordered; pages a second; CPU seconds a page; peak memory of a process in MB.
The last lines sum up speed over all scans: on a busy machine compare CPU seconds, not the clock.
"""
import argparse
import glob
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

PLAIN = 'export OMP_THREAD_LIMIT=1; ls "$1"/*.* | xargs -P2 -I@ sh -c \'tesseract "$1" "$2/$(basename "${1%.*}")" -l vie 2>/dev/null\' _ @ "$2"'


def timed(command):
    """Seconds by the clock and of CPU, and peak kilobytes of any process of a command."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    with tempfile.NamedTemporaryFile("r") as note:
        code = subprocess.run(["/usr/bin/time", "-f", "%M", "-o", note.name, *command]).returncode
        peak = int(note.read().split()[-1])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if code not in (0, 11):
        sys.exit(code)
    return time.time() - started, cpu, peak


def score(scorer, truth, pages):
    """The scorer's figures for all pages together; a missing page is empty."""
    pairs = []
    for path in truth:
        page = os.path.join(pages, os.path.basename(path))
        open(page, "a", encoding="utf-8").close()
        pairs += [path, page]
    out = subprocess.run(["/usr/bin/python3", scorer, *pairs], capture_output=True, text=True, check=True).stdout
    return json.loads(out.strip().splitlines()[-1])


def read_by_planscribe(args, pdf, name, folder, pages, flags):
    """Runs the program on one scan and writes each page's text to the folder pages."""
    figures = timed([args.program, "run", pdf, "-o", folder, "-q", "-j", "2", *flags])
    with open(f"{folder}/text/{name}.txt", encoding="utf-8") as file:
        for number, text in enumerate(file.read().split("\f"), 1):
            with open(f"{pages}/{name}.p{number:02d}.txt", "w", encoding="utf-8") as page:
                page.write(text)
    return figures


def read_by_tesseract(pdf, name, folder, pages):
    subprocess.run(["pdfimages", "-all", "-p", pdf, f"{folder}/i"], check=True)
    for image in glob.glob(f"{folder}/i-*"):
        os.rename(image, f"{folder}/{name}.p{os.path.basename(image).split('-')[1][-2:]}{os.path.splitext(image)[1]}")
    return timed(["sh", "-c", PLAIN, "_", folder, pages])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("program", "scans", "truth", "scorer"):
        parser.add_argument(name)
    parser.add_argument("--pattern", default="*", help="of the names of scans, e.g. '*.office'")
    args = parser.parse_args()
    print(f"{'scan':<28}{'reader':<11}{'cer':>7}{'wer':>7}{'blocks':>8}{'pages/s':>9}{'cpu s':>7}{'MB':>5}")
    totals = {}
    for pdf in sorted(glob.glob(f"{args.scans}/{args.pattern}.pdf")):
        name = os.path.basename(pdf)[:-4]
        truth = sorted(glob.glob(f"{args.truth}/{name}.p[0-9][0-9].txt"))
        for reader, flags in (("read", ["--no-restore"]), ("restored", []), ("tesseract", None)):
            with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as pages:
                if flags is None:
                    figures = read_by_tesseract(pdf, name, folder, pages)
                else:
                    figures = read_by_planscribe(args, pdf, name, folder, pages, flags)
                r = score(args.scorer, truth, pages) if truth else {"cer": 0, "wer": 0, "wer_blocks": 0}
            count = max(1, len(truth))
            total = totals.setdefault(reader, [0, 0.0, 0.0])
            totals[reader] = [total[0] + count, total[1] + figures[0], total[2] + figures[1]]
            print(f"{name:<28}{reader:<11}{100*r['cer']:7.2f}{100*r['wer']:7.2f}{100*r['wer_blocks']:8.2f}"
                  f"{count/figures[0]:9.2f}{figures[1]/count:7.2f}{figures[2]//1024:5d}", flush=True)
    for reader, (count, clock, cpu) in totals.items():
        print(f"{'all':<28}{reader:<11}{'':22}{count/clock:9.2f}{cpu/count:7.2f}")


main()
