"""The measure itself: a rewriter that knows the answers gets all, one that copies only KEEP."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from mtrepair.core import Span
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rewriters.base import Candidate, Query
from mtrepair.train.corrupt import KINDS, Damage, Resources, Sentence
from mtrepair.train.evaluate import KindScore, measure, table

TEXTS = (
    "Les enfants du village ont ramassé des châtaignes dans la grande forêt voisine.",
    "La directrice a présenté son nouveau projet aux parents des élèves.",
    "Nous avons besoin de vos documents avant la fin du mois prochain.",
)


class _Teller:
    """Answers from a table, or copies the span; prefers its answer when it scores."""

    name = "teller"

    def __init__(self, answers: Mapping[tuple[str, Span], str]) -> None:
        self._answers = answers

    def _answer(self, query: Query) -> str:
        return self._answers.get((query.text, query.span), query.span.of(query.text))

    def generate(self, queries: Sequence[Query], *, best: int = 1) -> list[list[Candidate]]:
        return [[Candidate(self._answer(q), -1.0, 2)][:best] for q in queries]

    def score(
        self, queries: Sequence[Query], texts: Sequence[Sequence[str]], *, hidden: bool = True
    ) -> list[list[Candidate]]:
        del hidden
        return [
            [Candidate(t, 0.0 if t == self._answer(q) else -5.0, 2) for t in some]
            for q, some in zip(queries, texts, strict=True)
        ]


def _cases(kind: str) -> list[tuple[Damage, str | None]]:
    resources = Resources(Lexicon.load())
    made = [
        KINDS[kind][0](Sentence(text, random.Random(seed), resources))
        for text in TEXTS
        for seed in range(10)
    ]
    return [(damage, None) for damage in made if damage is not None]


def test_knowing_all_answers_is_a_full_score() -> None:
    cases = _cases("agreement")
    score = measure(
        _Teller({(damage.text, damage.span): damage.answer for damage, _ in cases}), cases
    )
    assert (score.exact, score.any, score.ranked, score.ranked_mean) == (1, 1, 1, 1)
    assert (score.sure, score.sure_wrong) == (1, 0)
    assert score.count == len(cases)
    assert score.chrf == pytest.approx(100)


def test_copying_repairs_nothing_and_keeps_everything() -> None:
    damaged = measure(_Teller({}), _cases("agreement"))
    assert (damaged.exact, damaged.any, damaged.ranked) == (0, 0, 0)
    kept = measure(_Teller({}), _cases("keep"))
    assert kept.exact == 1
    assert (kept.sure, kept.sure_wrong) == (0, 0)
    assert kept.ranked is None


def test_the_table_has_a_row_for_each_kind() -> None:
    score = KindScore(
        count=3, exact=1 / 3, first=0.25, any=1.0, chrf=70.0, ranked=None, ranked_mean=None,
        sure=0.25, sure_wrong=0.125,
    )  # fmt: skip
    rows = table({"keep": score}).splitlines()
    assert rows[-1].startswith("| keep | 3 | 0.333 | 0.250 | 1.000 | 70.0 |")
    assert rows[-1].endswith("| 0.250 | 0.125 |")
    assert len({row.count("|") for row in rows}) == 1


def test_the_picture_of_a_run(tmp_path: Path) -> None:
    script = Path(__file__).parents[2] / "scripts" / "plot-training"
    log, out = tmp_path / "log.jsonl", tmp_path / "run.svg"
    rows = [{"examples": 48 * i, "loss": 9 / i, "rate": 1e-3 / i} for i in (1, 2, 3)]
    log.write_text("".join(json.dumps(row) + "\n" for row in rows))
    subprocess.run([sys.executable, script, log, out], check=True)
    picture = out.read_text()
    assert picture.startswith("<svg") and picture.count("<polyline") == 2
    failed = subprocess.run(
        [sys.executable, script, tmp_path / "none", out], capture_output=True, text=True
    )
    assert failed.returncode == 2 and "none" in failed.stderr
