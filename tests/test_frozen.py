"""What fires on the frozen right French of corpora/clean, rule by rule.

The counts are kept in ``frozen.json``; a change is looked at in review.
``MTREPAIR_UPDATE=1 pytest tests/test_frozen.py`` rewrites them; read the findings first
(``mtrepair check corpora/clean``).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

from mtrepair import api
from mtrepair.core import Severity
from mtrepair.readers import read

HERE = Path(__file__).parent
FROZEN = HERE / "frozen.json"
CLEAN = sorted((HERE.parent / "corpora" / "clean").glob("*.txt"))


def test_counts_are_those_of_the_last_review() -> None:
    session = api.Session(api.Options(proposals="none"))
    counts: dict[str, dict[str, int]] = {}
    words = major = total = 0
    for path in CLEAN:
        text = path.read_text("utf-8")
        result = session.check(read(text, format="text", name=path.name))
        assert not result.crashes
        words += len(text.split())
        total += len(result.findings)
        major += len(result.at_least(Severity.MAJOR))
        counts[path.stem] = dict(sorted(Counter(f.rule for f in result.findings).items()))
    if os.environ.get("MTREPAIR_UPDATE"):
        FROZEN.write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n", "utf-8")
    assert words > 20_000
    assert major <= 8 * words / 10_000  # issue 10's bar for right French
    style = sum(
        count.get("missing-nbsp", 0) for count in counts.values()
    )  # a matter of house style
    assert total - style <= 15 * words / 10_000
    assert counts == json.loads(FROZEN.read_text("utf-8"))
