"""Sentences with one slip are reported, the right ones beside them are not."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mtrepair import api

SLIPS = Path(__file__).resolve().parent.parent / "corpora" / "slips"
LEAST = {"agreement": 100, "engine": 324, "news": 44, "other": 111, "unseen": 116}
"""Reported when last measured (docs/measured/slips.txt), but for one or a few."""


@pytest.mark.parametrize("name", sorted(LEAST))
def test_slips_are_reported_and_nothing_else(name: str) -> None:
    with (SLIPS / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = [api.check(row["wrong"], proposals="none") for row in rows]
    assert not [crash for result in wrong for crash in result.crashes]
    found = [bool(result.findings) for result in wrong]
    assert sum(found) >= LEAST[name]
    alarms = [row["right"] for row in rows if api.check(row["right"], proposals="none").findings]
    assert alarms == []
