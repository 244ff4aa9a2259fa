#!/bin/sh
# Trains everything in this folder anew: train.sh BUILD TEXT SCANSIM WORK [STEP...]
#   BUILD    build directory with the planscribe-train programs
#   TEXT     folder with train_legal.txt, train_general.txt, train_news.txt, dev.txt (one paragraph a line), or the same as .xz
#   SCANSIM  scansim.py; only for the step confusions
#   WORK     scratch folder, about 5 GB
#   STEP     text, ngrams, rescorer, confusions; all of them when none is named. Results go to OUT (environment;
#            this folder when it is not set). DOCUMENTS (40) and MORE_DOCUMENTS (24): how many are printed and read for the confusions.
# On one free core: a minute for the language model (2.5 GB of memory), half an hour for the rescorer (8 GB),
# half an hour for the pages. vi.lm and vi.rescore come out the same, byte for byte, each time.
set -e
build=$1 text=$2 scansim=$3 work=$4
shift 4
[ $# -gt 0 ] || set -- text ngrams rescorer confusions
here=$(cd "$(dirname "$0")" && pwd)
out=${OUT:-$here}
mkdir -p "$work" "$out"

# Blocks of 400 lines go to four folds by turns: each fold is decoded by a model of the others, which has not seen it.
text_step() {
  for name in train_legal train_general train_news dev; do
    if [ -f "$text/$name.txt" ]; then cat "$text/$name.txt"; else xz -dc "$text/$name.txt.xz"; fi > "$work/$name.txt"
  done
  for part in legal general news; do
    rm -f "$work/$part".?.txt
    awk -v stem="$work/$part" '{ print > (stem "." int((NR - 1) / 400) % 4 ".txt") }' "$work/train_$part.txt"
  done
}

ngrams_step() {
  "$build/models/planscribe-train" "$out/vi.lm" --megabytes 20 --min-word 20 \
    --weight 3 "$work/train_legal.txt" --weight 1 "$work/train_general.txt" "$work/train_news.txt"
}

# The parts of three of the folds that go into a model.
others() {
  for fold in 0 1 2 3; do [ $fold = "$2" ] || [ ! -f "$work/$1.$fold.txt" ] || echo "$work/$1.$fold.txt"; done
}

rescorer_step() {
  rm -f "$work"/*.doubt
  for fold in 0 1 2 3; do
    "$build/models/planscribe-train" "$work/$fold.lm" --megabytes 20 --min-word 16 \
      --weight 3 $(others legal $fold) --weight 1 $(others general $fold) $(others news $fold)
    for part in legal general news; do
      [ ! -f "$work/$part.$fold.txt" ] ||
        "$build/models/planscribe-train-rescorer" collect "$work/$part.$fold.doubt" "$here" "$work/$fold.lm" "$work/$part.$fold.txt"
    done
  done
  "$build/models/planscribe-train-rescorer" collect "$work/dev" "$here" "$out/vi.lm" "$work/dev.txt"
  "$build/models/planscribe-train-rescorer" fit "$out/vi.rescore" --dev "$work/dev" --megabytes 9.7 --min-count 3 \
    --cost-scale 0.8 --threads 2 "$work"/*.doubt
}

confusions_step() {
  /usr/bin/python3 "$here/make_pairs.py" "$scansim" "$work/train_legal.txt" "$work/pairs" --documents "${DOCUMENTS:-40}" --seed 7
  /usr/bin/python3 "$here/make_pairs.py" "$scansim" "$work/train_legal.txt" "$work/pairs" --documents "${MORE_DOCUMENTS:-24}" --seed 31 \
    --fonts "FreeSerif,DejaVu Serif,Arimo,FreeSerif,Tinos"
  "$build/models/planscribe-learn-confusions" "$out/confusions.foreign.tsv" "$work/pairs/pairs.eng.tsv"
  "$build/models/planscribe-learn-confusions" "$out/confusions.vietnamese.tsv" "$work/pairs/pairs.vie.tsv"
}

for step in "$@"; do "${step}_step"; done
