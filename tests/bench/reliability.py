#!/usr/bin/python3
"""Are confidences probabilities? Reliability table of records against gold.

usage: reliability.py [--fit] GOLD.json RECORD.json [GOLD.json RECORD.json ...]
GOLD holds bare values (corpus/samples/gold, tests/rules/plans); RECORD one record of the program, or the line of a
records.jsonl. Prints for each kind of value and each band of confidence: how many values, their mean confidence, and
the share that is right; last the expected calibration error (the mean distance between the two, weighted by count).
--fit prints the points of rules/calibration.toml instead: bands pooled until they rise (isotonic regression), each drawn
to its own confidence by a few values. The records must then come from a program without calibration: put an empty one
into a folder (points = [[0.0, 0.0], [1.0, 1.0]]) and give it with --rules.
"""
import json
import sys
import unicodedata
from collections import Counter, defaultdict

DRAWN = 5  # a band counts as many values more that were right as often as their confidence says
BANDS = [0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01]


def words(text):
    text = unicodedata.normalize("NFD", str(text).lower().replace("đ", "d"))
    text = "".join(c for c in text if unicodedata.category(c) != "Mn")
    return Counter("".join(c if c.isalnum() else " " for c in text).split())


def overlap(a, b):
    a, b = words(a), words(b)
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))


def number(x):
    return None if x is None else float(x)


def judge_targets(gold, record):
    left = list(gold.get("targets") or [])
    for target in record["targets"]:
        same = [g for g in left if number(g["value"]) == number(target["value"]) and g["unit"].lower() == target["unit"].lower()
                and number(g.get("value_max")) == number(target["value_max"])
                and overlap(g["indicator"], target["indicator"]) >= 0.5]
        if same:
            left.remove(same[0])
            if not same[0].get("core", True):
                continue
        yield "target", target["evidence"]["confidence"], bool(same)


def judge_references(gold, record):
    numbers = {"".join(g["number"].split()).lower() for g in gold.get("references") or []}
    for reference in record["references"]:
        yield "reference", reference["evidence"]["confidence"], reference["number"].lower() in numbers


def judge_document(gold, record):
    document = dict(gold["document"])
    for part, value in (document.pop("signer", None) or {}).items():
        document["signer." + part] = value
    recipients = document.pop("recipients", None)
    for field, value in document.items():
        got = record["document"]
        for part in field.split("."):
            got = got[part] if got else None
        if got and field != "period":
            right = value if isinstance(value, list) else [value]
            yield "document", got["evidence"]["confidence"], any(words(v or "") == words(got["value"]) for v in right)
    if recipients is not None:
        for item in record["document"]["recipients"]:
            yield "recipient", item["evidence"]["confidence"], any(words(r) == words(item["value"]) for r in recipients)


def fit(values):
    """Points (mean confidence, share right), rising in both."""
    pools = []  # [sum of confidences, sum of right ones, count]
    for low, high in zip(BANDS, BANDS[1:]):
        band = [(c, r) for c, r in values if low <= c < high]
        if not band:
            continue
        pools.append([sum(c for c, _ in band), sum(r for _, r in band), len(band)])
        while len(pools) > 1 and share(pools[-2]) >= share(pools[-1]):
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last)]
    return [[round(p[0] / p[2], 3), round(share(p), 3)] for p in pools]


def share(pool):
    confidence, right, count = pool
    return (right + DRAWN * confidence / count) / (count + DRAWN)


def among_least_certain(values):
    """Share of the wrong values among the least certain fifth. Of values of one confidence that part which belongs to it."""
    places = max(1, len(values) // 5)
    last = sorted(c for c, _ in values)[places - 1]
    below = [r for c, r in values if c < last]
    equal = [r for c, r in values if c == last]
    wrong = below.count(False) + equal.count(False) * (places - len(below)) / len(equal)
    return wrong / max(1, sum(not r for _, r in values))


def main():
    rows = defaultdict(list)
    paths = [path for path in sys.argv[1:] if path != "--fit"]
    for i in range(0, len(paths) - 1, 2):
        gold, record = (json.load(open(path, encoding="utf-8")) for path in paths[i:i + 2])
        for judge in (judge_targets, judge_references, judge_document):
            for kind, confidence, right in judge(gold, record):
                rows[kind].append((confidence, right))
                rows["all"].append((confidence, right))
    if "--fit" in sys.argv:
        for kind in sorted(set(rows) - {"all"}):
            print(f"[calibration.{kind}]\npoints = {fit(rows[kind])}\n")
        return
    for kind, values in rows.items():
        print(f"{kind}: {len(values)} values")
        error = 0
        for low, high in zip(BANDS, BANDS[1:]):
            band = [(c, r) for c, r in values if low <= c < high]
            if not band:
                continue
            mean, share = sum(c for c, _ in band) / len(band), sum(r for _, r in band) / len(band)
            error += abs(mean - share) * len(band) / len(values)
            print(f"  {low:.2f}-{min(high, 1):.2f}  {len(band):5d}  confidence {mean:.2f}  right {share:.2f}")
        print(f"  calibration error {error:.3f}; of the wrong values {among_least_certain(values):.0%} are in the least certain fifth")


main()
