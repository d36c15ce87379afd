"""Measures htmldate on the pages that `examples/pages.rs dates DIR --three` reads: pages a second, and days that are right.

Use: python htmldate.py DIR, where DIR has gold.jsonl and html/FILE, in an environment with `pip install htmldate`.
"""

import json
import sys
import time
from pathlib import Path

from htmldate import find_date

folder = Path(sys.argv[1])
lines = (folder / "gold.jsonl").read_text().splitlines()
gold = sorted((json.loads(line) for line in lines), key=lambda page: page["file"])
pages = [(folder / "html" / page["file"]).read_bytes() for page in gold]
for _ in range(3):
    started = time.perf_counter()
    found = [find_date(page, original_date=True) for page in pages]
    seconds = time.perf_counter() - started
    right = sum(day == page["date"] for day, page in zip(found, gold, strict=True))
    print(f"{len(pages)} pages in {seconds:.4f} s: {len(pages) / seconds:.0f} a second, {right} days right")
