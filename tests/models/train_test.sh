#!/bin/sh
# train_test.sh BUILD SOURCE: train.sh from text to models in one call, on a little text (the step confusions, which prints
# and reads pages, is left out). The models must know that text by heart, and be the same whatever the number of threads.
set -e
build=$1 source=$2
scratch=$(mktemp -d "${TMPDIR:-/tmp}/planscribe-train.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/text" "$scratch/models"

cat "$source"/tests/rules/plans/*.txt | grep . > "$scratch/text/dev.txt"
for copy in 1 2 3 4 5 6 7 8 9 10; do cat "$scratch/text/dev.txt"; done > "$scratch/text/train_legal.txt"
head -n 4000 "$scratch/text/train_legal.txt" > "$scratch/text/train_news.txt"
head -n 300 "$scratch/text/dev.txt" > "$scratch/text/train_general.txt"
OUT=$scratch/models "$source/models/train.sh" "$build" "$scratch/text" - "$scratch/work" text ngrams rescorer

cp -r "$source"/models/lexicon "$source"/models/confusions.*.tsv "$scratch/models"
"$build/models/planscribe-evaluate-models" "$scratch/models" marks "$scratch/text/dev.txt" 2> "$scratch/figures" > "$scratch/wrong"
cat "$scratch/figures"
awk '/^marks:/ { seen = 1; if ($4 < 99.5) exit 1 } END { if (!seen) exit 1 }' "$scratch/figures"

for threads in 1 3; do
  "$build/models/planscribe-train-rescorer" fit "$scratch/again" --megabytes 1 --min-count 2 --threads $threads "$scratch"/work/*.doubt
  mv "$scratch/again" "$scratch/with.$threads"
done
cmp "$scratch/with.1" "$scratch/with.3"
