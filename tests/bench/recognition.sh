#!/bin/bash
# recognition.sh: scores planscribe-recognise beside plain tesseract on a folder of scans with truth.
#
# usage: recognition.sh RECOGNISE SCANS TRUTH SCORE [PATTERN]
#   RECOGNISE  the program planscribe-recognise        SCANS  folder of NAME.pdf
#   TRUTH      folder of NAME.pNN.txt                  SCORE  score_text.py
#   PATTERN    of names, e.g. 's00*.office'; default all
# Prints one line a file: CER, WER, WER with blocks reordered, pages a second of one process, peak memory in MB; first
# of planscribe, then of tesseract -l vie with OMP_THREAD_LIMIT=1. Needs pdfimages, tesseract, /usr/bin/python3.
set -euo pipefail
[ $# -ge 4 ] || { sed -n '2,9s/^# //p' "$0"; exit 1; }
recognise=$1 scans=$2 truth=$3 score=$4 pattern=${5:-*}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# line WHO NAME SECONDS MEMORY_KB: the scores of the texts in $work/text
line() {
  local pairs=() pages=0 text
  for text in "$work/text/$2".p*.txt; do
    [ -f "$truth/$(basename "$text")" ] || continue
    pairs+=("$truth/$(basename "$text")" "$text")
    pages=$((pages + 1))
  done
  /usr/bin/python3 "$score" "${pairs[@]}" | tail -1 | /usr/bin/python3 -c '
import json, sys
r = json.load(sys.stdin); who, name, pages, seconds, kb = sys.argv[1:]
print(f"{name:16} {who:10} {100*r["cer"]:7.2f} {100*r["wer"]:7.2f} {100*r["wer_blocks"]:10.2f} "
      f"{int(pages)/max(float(seconds),.01):8.2f} {int(kb)//1024:6d}")' "$1" "$2" "$pages" "$3" "$4"
}

printf '%-16s %-10s %7s %7s %10s %8s %6s\n' scan reader 'CER %' 'WER %' 'blocks %' pages/s MB
for pdf in "$scans"/$pattern.pdf; do
  name=$(basename "$pdf" .pdf)
  [ -f "$truth/$name.p01.txt" ] && pdfimages -list "$pdf" | grep -q image || continue
  rm -rf "$work/page" "$work/text"; mkdir -p "$work/page" "$work/text"
  pdfimages -png -p "$pdf" "$work/page/i"
  for image in "$work/page"/i-*.png; do
    number=${image##*/i-}; mv "$image" "$work/page/$name.p${number:1:2}.png"
  done
  /usr/bin/time -f '%e %M' -o "$work/time" "$recognise" --out "$work/text" "$work/page"/*.png
  read -r seconds memory < "$work/time"
  line planscribe "$name" "$seconds" "$memory"
  rm -f "$work/text"/*
  export OMP_THREAD_LIMIT=1
  /usr/bin/time -f '%e %M' -o "$work/time" bash -c 'for i in "$1"/*.png; do
    tesseract "$i" "$2/$(basename "$i" .png)" -l vie 2>/dev/null; done' _ "$work/page" "$work/text"
  read -r seconds memory < "$work/time"
  line tesseract "$name" "$seconds" "$memory"
done
