"""The generated pages are as the code says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_page_of_rules_is_not_stale() -> None:
    done = subprocess.run([sys.executable, ROOT / "scripts" / "build-docs", "--check"], check=False)
    assert done.returncode == 0, "run scripts/build-docs"


def test_links_and_files_that_pages_name_are_there() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    for page in pages:
        text = page.read_text("utf-8")
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
        for script in re.findall(r"`(scripts/[\w-]+)", text):
            assert (ROOT / script).is_file(), f"{page.name}: {script}"
