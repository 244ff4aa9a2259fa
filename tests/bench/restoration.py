#!/usr/bin/python3
"""restoration.py BUILD SHARED [--scans OUT]: the table of how well restoration works, from the project's data folder.

BUILD is a build directory, SHARED the data folder (lm/, seeds/, gold/, eval/, scans/, truth/). Prints restored marks, harm to
clean text, old text layers, speed and memory. With --scans it also runs the scans with and without restoration (pages read
once are kept in OUT) and compares every page: word errors without reading order, before and after. Needs xz and
python3-levenshtein; run with /usr/bin/python3.
"""
import argparse
import glob
import json
import os
import resource
import subprocess
import sys
import tempfile


class Bench:
    def __init__(self, build, shared, folder):
        self.build, self.shared, self.folder = build, shared, folder
        self.models = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "models")
        self.scorer = f"{shared}/eval/score_text.py"

    def evaluate(self, what, path):
        """The figures line of planscribe-evaluate-models, and what it printed."""
        run = subprocess.run([f"{self.build}/models/planscribe-evaluate-models", self.models, what, path], capture_output=True,
                             text=True, check=True)
        return run.stderr.strip().splitlines(), run.stdout

    def unpacked(self, name):
        path = f"{self.folder}/{name}.txt"
        with open(path, "wb") as out:
            subprocess.run(["xz", "-dc", f"{self.shared}/lm/{name}.txt.xz"], stdout=out, check=True)
        return path

    def scores(self, pairs):
        out = subprocess.run(["/usr/bin/python3", self.scorer, *pairs], capture_output=True, text=True, check=True).stdout
        return [json.loads(line) for line in out.splitlines()]

    def texts(self):
        for register in ("news", "legal", "plan"):
            path = self.unpacked(f"holdout_{register}")
            for what in ("marks", "clean"):
                print(f"{register}: {self.evaluate(what, path)[0][-1]}", flush=True)

    def seeds(self):
        for truth in sorted(glob.glob(f"{self.shared}/gold/*.restored.txt")):
            name = os.path.basename(truth)[: -len(".restored.txt")]
            seed, out = f"{self.shared}/seeds/{name}.txt", f"{self.folder}/{name}.txt"
            figures, text = self.evaluate("restore", seed)
            open(out, "w", encoding="utf-8").write(text)
            before, after = (self.scores([truth, path])[0]["wer"] * 100 for path in (seed, out))
            print(f"layer {name[:3]}: word errors {before:.2f} % -> {after:.2f} %; {figures[0]}", flush=True)
        for clean in sorted(set(glob.glob(f"{self.shared}/seeds/001*.txt"))):
            print(f"clean seed: {self.evaluate('clean', clean)[0][-1]}")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"most memory of any run, the texts themselves included: {peak:.0f} MB")

    def scans(self, out):
        texts = {}
        for label, flags in (("read", ["--no-restore"]), ("restored", [])):
            code = subprocess.run([f"{self.build}/planscribe", "run", f"{self.shared}/scans", "-o", out, "-q", *flags]).returncode
            if code not in (0, 11):
                sys.exit(code)
            for path in glob.glob(f"{out}/text/*.txt"):
                texts[label, os.path.basename(path)[:-4]] = open(path, encoding="utf-8").read().split("\f")
        worse = 0
        for name in sorted({name for _, name in texts}):
            truths = sorted(glob.glob(f"{self.shared}/truth/{name}.p[0-9][0-9].txt"))
            if truths:
                worse += self.compare(name, truths, texts["read", name], texts["restored", name])
        print(f"pages with more errors than before: {worse}")

    def compare(self, name, truths, read, restored):
        """One line for the document; names the pages that became worse."""
        figures = []
        for label, pages in (("read", read), ("restored", restored)):
            pairs = []
            for number, truth in enumerate(truths):
                page = f"{self.folder}/{label}.{number}.txt"
                open(page, "w", encoding="utf-8").write(pages[number] if number < len(pages) else "")
                pairs += [truth, page]
            figures.append(self.scores(pairs))
        errors = [[round(row["wer_blocks"] * row["words"]) for row in rows[: len(truths)]] for rows in figures]
        worse = [i + 1 for i, (a, b) in enumerate(zip(*errors)) if b > a]
        total = [rows[-1]["wer_blocks"] * 100 for rows in figures]
        note = "".join(f"  page {i}: {errors[0][i - 1]} -> {errors[1][i - 1]}" for i in worse)
        print(f"{name:<16}{total[0]:7.2f} % -> {total[1]:5.2f} %{note}", flush=True)
        return len(worse)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("build")
    parser.add_argument("shared")
    parser.add_argument("--scans", metavar="OUT", default=None)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="planscribe-restoration-") as folder:
        bench = Bench(args.build, args.shared, folder)
        bench.texts()
        bench.seeds()
        if args.scans:
            bench.scans(args.scans)


main()
