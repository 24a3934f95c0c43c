"""Metrics are sacrebleu's, and the comparison says what happened."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mtrepair.core import InputError
from mtrepair.score import compare

REFERENCE = [
    "Le chat dort sur le canapé rouge.",
    "Il a plu toute la nuit.",
    "Nous partirons demain matin.",
    "La réunion commence à neuf heures.",
]
BEFORE = [
    "Le chat dort sur sur le canapé rouge .",
    "Il a plu toute toute la nuit .",
    "Nous partirons demain matin.",
    "La réunion commence à neuf heures .",
]


def test_the_figures_are_those_of_the_sacrebleu_command(tmp_path: Path) -> None:
    ref, hyp = tmp_path / "ref", tmp_path / "hyp"
    ref.write_text("\n".join(REFERENCE) + "\n", "utf-8")
    hyp.write_text("\n".join(BEFORE) + "\n", "utf-8")
    command = [sys.executable, "-m", "sacrebleu", str(ref), "-i", str(hyp), "-b", "-w", "4"]
    run = subprocess.run(
        [*command, "-m", "bleu", "chrf", "ter", "--chrf-word-order", "2"],
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = json.loads(run.stdout)
    assert [round(s.score, 4) for s in compare(BEFORE, REFERENCE).after] == theirs


def test_a_repair_is_a_gain_in_all_metrics() -> None:
    scores = compare(REFERENCE, REFERENCE, BEFORE, samples=100)
    assert [c.after.score for c in scores.comparisons] == pytest.approx([100, 100, 0])
    assert all(c.gain > 0 for c in scores.comparisons)
    assert (scores.nearer, scores.same, scores.farther) == (
        2,
        2,
        0,
    )  # chrF looks past a space before a mark
    assert all(c.p is not None and 0 < c.p <= 1 for c in scores.comparisons)
    worse = compare(BEFORE, REFERENCE, REFERENCE, samples=100)
    assert all(c.gain < 0 for c in worse.comparisons)


def test_no_change_is_no_gain() -> None:
    scores = compare(BEFORE, REFERENCE, BEFORE, samples=100)
    assert {(c.gain, c.p) for c in scores.comparisons} == {(0.0, 1.0)}


def test_one_segment_has_no_p_value() -> None:
    scores = compare(REFERENCE[:1], REFERENCE[:1], BEFORE[:1])
    assert {c.p for c in scores.comparisons} == {None}


def test_numbers_of_segments_must_fit() -> None:
    with pytest.raises(InputError, match="4 segments and the reference 3"):
        compare(BEFORE, REFERENCE[:3])
    with pytest.raises(InputError, match="no text"):
        compare([], [])


def test_signatures_name_the_version() -> None:
    assert all("version:" in score.signature for score in compare(BEFORE, REFERENCE).after)
