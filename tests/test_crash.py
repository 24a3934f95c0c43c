"""A rule that crashes is reported, and the others go on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mtrepair import api
from mtrepair.core import Finding
from mtrepair.readers import read
from mtrepair.rules import Context, Passage, all_rules

TEXT = "Le plan de relance de relance est prêt .\n\nUn autre alinéa."


def _broken(passage: Passage, context: Context) -> Iterator[Finding]:
    del context
    if "relance" in passage.text:
        raise RuntimeError("no such thing")
    yield from ()


def test_the_others_go_on() -> None:
    session = api.Session(api.Options())
    victim = replace(all_rules()["doubled-word"], detect=_broken)
    session.rules = [victim if r.name == victim.name else r for r in session.rules]
    result = session.fix(read(TEXT, format="text", name="x"))
    assert result.text.startswith("Le plan de relance est prêt.")
    (crash,) = result.before.crashes
    assert (crash.rule, crash.segment) == ("doubled-word", 0)
    assert "RuntimeError: no such thing" in crash.error
