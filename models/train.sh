#!/bin/sh
# Trains everything in this folder anew: train.sh BUILD TEXT SCANSIM WORK
#   BUILD    build directory with planscribe-train and planscribe-learn-confusions
#   TEXT     folder with train_legal.txt.xz, train_general.txt.xz, train_news.txt.xz (one paragraph a line)
#   SCANSIM  scansim.py
#   WORK     scratch folder, about 1 GB
# One core: half an hour for the pages, under a minute for the language model (2.5 GB of memory).
set -e
build=$1 text=$2 scansim=$3 work=$4
here=$(dirname "$0")
mkdir -p "$work"
xz -dc "$text/train_legal.txt.xz" > "$work/legal.txt"
xz -dc "$text/train_general.txt.xz" > "$work/general.txt"
xz -dc "$text/train_news.txt.xz" > "$work/news.txt"
"$build/models/planscribe-train" "$here/vi.lm" --megabytes 22 --min-word 20 \
  --weight 3 "$work/legal.txt" --weight 1 "$work/general.txt" "$work/news.txt"
/usr/bin/python3 "$here/make_pairs.py" "$scansim" "$work/legal.txt" "$work/pairs" --documents 40 --seed 7
/usr/bin/python3 "$here/make_pairs.py" "$scansim" "$work/legal.txt" "$work/pairs" --documents 24 --seed 31 \
  --fonts "FreeSerif,DejaVu Serif,Arimo,FreeSerif,Tinos"
"$build/models/planscribe-learn-confusions" "$here/confusions.foreign.tsv" "$work/pairs/pairs.eng.tsv"
"$build/models/planscribe-learn-confusions" "$here/confusions.vietnamese.tsv" "$work/pairs/pairs.vie.tsv"
