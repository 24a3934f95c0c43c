"""Trials of the gate: no rule fails on one; where spacing alone changes, fewer are asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtrepair import api
from mtrepair.verify import gate

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
TEXT = """Le rapport , publié lundi , cite 3 villes .Il a paru ( en ligne ) hier : 12 % des
gens ,surtout à l' est, le liront . Les grandes ville dorment, et le le prix monte de 3,5millions.
"Qui vivra verra ", dit-il ; l' homme et les femme partent ."""


def verdicts() -> list[tuple[str, int, list[tuple[bool, tuple[str, ...]]]]]:
    judged = api.fix(TEXT, apply="suggested").before.judged
    return [
        (j.finding.rule, j.finding.span.start, [(v.accepted, v.reasons) for v in j.verdicts])
        for j in judged
    ]


def test_no_rule_fails_on_a_trial() -> None:
    """Several proposals are tried on one sentence; a rule that fails there would refuse all."""
    article = (CORPORA / "seed" / "article.txt").read_text("utf-8")
    for text in (TEXT, article):
        for judged in api.fix(text, apply="suggested").before.judged:
            for verdict in judged.verdicts:
                assert "rule-crashed" not in verdict.reasons, judged.finding


def test_verdicts_are_those_of_all_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = verdicts()
    asked = [rule for rule, *_ in fast if rule in ("space-before-period", "wrong-space")]
    assert len(asked) > 6
    monkeypatch.setattr(gate, "_respaced", lambda _: False)
    assert verdicts() == fast


def test_no_repair_changes_the_scale_of_a_number() -> None:
    text = "Ses dettes atteignent 5,8 milliard de dollars. Les 3,2 million de clients partent."
    fixed = api.fix(text, apply="suggested", proposals="model").text
    assert "5,8 milliards de dollars" in fixed
    assert "3,2 millions de clients" in fixed
