"""Says which of the statements in a log read a table of SQLite from end to end: growth_plans.py DATABASE LOG."""

import json
import re
import sys

try:
    # Python's own SQLite may be too old to know the index of words: `pip install pysqlite3-binary`, PYTHON=that one.
    import pysqlite3 as sqlite3
except ImportError:
    import sqlite3

database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
statements = set()
for line in open(sys.argv[2], encoding="utf-8"):
    try:
        fields = json.loads(line)["fields"]
    except (ValueError, KeyError):
        continue
    statement = (fields.get("db.statement") or "").strip() or fields.get("summary", "")
    if re.match(r"(select|with|insert|update|delete)\b", statement, re.I):
        statements.add(statement)
found = {}
for statement in sorted(statements):
    numbered = set(re.findall(r"\$(\d+)", statement))
    values = {number: None for number in numbered} if numbered else [None] * statement.count("?")
    try:
        plan = database.execute(f"explain query plan {statement}", values).fetchall()
    except sqlite3.Error as error:
        print(f"not explained ({error}): {' '.join(statement.split())[:100]}")
        continue
    for *_, step in plan:
        # A scan of an index that is searched for the first part of its key is a search; this is what is not.
        scan = re.match(r"SCAN (?!given|json_each|CONSTANT)(\S+)(.*)", step)
        if scan and "VIRTUAL TABLE" not in step:
            found.setdefault(step, []).append(" ".join(statement.split())[:160])
print(f"{len(statements)} statements")
for step, of in found.items():
    print(f"{step}: {len(of)}, such as {of[0]}")
