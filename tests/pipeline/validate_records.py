#!/usr/bin/env python3
"""validate_records.py SCHEMA RECORDS.jsonl: every line against the JSON Schema; prints what is wrong, exits 1."""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1], encoding="utf-8"))
validator = jsonschema.Draft7Validator(schema)
lines = [line for line in open(sys.argv[2], encoding="utf-8") if line.strip()]
errors = [(n, e) for n, line in enumerate(lines, 1) for e in validator.iter_errors(json.loads(line))]
for n, error in errors:
    print(f"{sys.argv[2]}:{n}: {'/'.join(map(str, error.path))}: {error.message}")
sys.exit(1 if errors or not lines else 0)
