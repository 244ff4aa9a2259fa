#!/usr/bin/env bash
# ./run.sh [ARGS...]: sets up what is missing, builds into build/, then runs `planscribe run ARGS`.
# Without ARGS it reads the sample plans.
source "$(dirname "${BASH_SOURCE[0]}")/.ci/setup"

install_packages "${build_packages[@]}"
build "$root/build" -DCMAKE_BUILD_TYPE=Release -DPLANSCRIBE_TESTS=OFF

if [ $# -gt 0 ]; then
  exec "$root/build/planscribe" run "$@"
fi

"$root/build/planscribe" run "$root/corpus/samples/plans" -o "$root/planscribe-out"
cat >&2 <<END

What came out, in $root/planscribe-out:
  text/          the corrected text of every plan
  records.jsonl  one record a plan: body, number, dates, rounds, targets, each with its evidence
  corpus.db      all of it in SQLite, with a full-text index

Try next:
  build/planscribe search "ke hoach thi dua" --corpus planscribe-out/corpus.db
  build/planscribe targets --unit % --corpus planscribe-out/corpus.db
  ./run.sh FOLDER-OF-YOUR-SCANS -o OUTPUT-FOLDER
END
