"""The generated pages are as the code says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_page_of_rules_is_not_stale() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts" / "build-docs", "--check"], check=False)
    assert done.returncode == 0, "run scripts/build-docs"


def test_the_tables_of_alarms_are_not_stale() -> None:
    script = ROOT / "scripts" / "measure-alarms"
    done = subprocess.run([sys.executable, script, "--check"], check=False)
    again = "run scripts/measure-alarms --keep-peer"
    assert done.returncode == 0, again
    counts = json.loads((ROOT / "docs" / "measured" / "alarms.json").read_text("utf-8"))["clean"]
    frozen = json.loads((ROOT / "tests" / "frozen.json").read_text("utf-8"))
    assert {name: row["rules"] for name, row in counts.items()} == frozen, again


def test_links_and_files_that_pages_name_are_there() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    for page in pages:
        text = page.read_text("utf-8")
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
        for script in re.findall(r"`(scripts/[\w-]+)", text):
            assert (ROOT / script).is_file(), f"{page.name}: {script}"
