#!/bin/sh
# Trains everything in this folder anew: train.sh BUILD TEXT SCANSIM WORK [STEP...]
#   BUILD    build directory with the planscribe-train programs
#   TEXT     folder with train_legal.txt.xz, train_general.txt.xz, train_news.txt.xz, dev.txt.xz (one paragraph a line)
#   SCANSIM  scansim.py
#   WORK     scratch folder, about 4 GB
#   STEP     text, ngrams, rescorer, confusions; all of them when none is named. Results go to OUT (environment;
#            this folder when it is not set). DOCUMENTS (40) and MORE_DOCUMENTS (24): how many are printed and read for the confusions.
# On one free core: a minute for the language model (2.5 GB of memory), a quarter of an hour for the rescorer (4 GB),
# half an hour for the pages.
set -e
build=$1 text=$2 scansim=$3 work=$4
shift 4
[ $# -gt 0 ] || set -- text ngrams rescorer confusions
here=$(cd "$(dirname "$0")" && pwd)
out=${OUT:-$here}
mkdir -p "$work"

# Blocks of 400 lines go to either half by turns: each half is decoded by a model of the other one, which has not seen it.
text_step() {
  for part in legal general news; do
    xz -dc "$text/train_$part.txt.xz" > "$work/$part.txt"
    awk -v a="$work/$part.a.txt" -v b="$work/$part.b.txt" '{ print > (int((NR - 1) / 400) % 2 ? b : a) }' "$work/$part.txt"
  done
  xz -dc "$text/dev.txt.xz" > "$work/dev.txt"
}

ngrams_step() {
  "$build/models/planscribe-train" "$out/vi.lm" --megabytes 20 --min-word 20 \
    --weight 3 "$work/legal.txt" --weight 1 "$work/general.txt" "$work/news.txt"
}

rescorer_step() {
  for half in a b; do
    "$build/models/planscribe-train" "$work/$half.lm" --megabytes 20 --min-word 12 \
      --weight 3 "$work/legal.$half.txt" --weight 1 "$work/general.$half.txt" "$work/news.$half.txt"
  done
  for half in a b; do
    model=$work/$([ $half = a ] && echo b || echo a).lm
    quarter=$(($(wc -l < "$work/news.$half.txt") / 1600 * 400))
    head -n "$quarter" "$work/news.$half.txt" |
      "$build/models/planscribe-train-rescorer" collect "$work/$half.1.doubt" "$here" "$model" -
    { tail -n +$((3 * quarter + 1)) "$work/news.$half.txt"
      head -n $(($(wc -l < "$work/legal.$half.txt") / 4)) "$work/legal.$half.txt"; } |
      "$build/models/planscribe-train-rescorer" collect-quick "$work/$half.2.doubt" "$here" "$model" -
  done
  "$build/models/planscribe-train-rescorer" collect "$work/dev.doubt" "$here" "$out/vi.lm" "$work/dev.txt"
  "$build/models/planscribe-train-rescorer" fit "$out/vi.rescore" --dev "$work/dev.doubt" --megabytes 9 --epochs 1 \
    --rate 0.1 --min-count 4 --cost-scale 1.25 --threads 3 "$work/a.1.doubt" "$work/b.1.doubt" "$work/a.2.doubt" "$work/b.2.doubt"
}

confusions_step() {
  /usr/bin/python3 "$here/make_pairs.py" "$scansim" "$work/legal.txt" "$work/pairs" --documents "${DOCUMENTS:-40}" --seed 7
  /usr/bin/python3 "$here/make_pairs.py" "$scansim" "$work/legal.txt" "$work/pairs" --documents "${MORE_DOCUMENTS:-24}" --seed 31 \
    --fonts "FreeSerif,DejaVu Serif,Arimo,FreeSerif,Tinos"
  "$build/models/planscribe-learn-confusions" "$out/confusions.foreign.tsv" "$work/pairs/pairs.eng.tsv"
  "$build/models/planscribe-learn-confusions" "$out/confusions.vietnamese.tsv" "$work/pairs/pairs.vie.tsv"
}

for step in "$@"; do "${step}_step"; done
