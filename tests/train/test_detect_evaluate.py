"""What is measured about a detector, on numbers that are known."""

from __future__ import annotations

import numpy as np
import pytest

from mtrepair.core import Span
from mtrepair.languages.fr.tokens import tokens
from mtrepair.rules.learned.calibration import Calibration, Scale
from mtrepair.rules.learned.marks import Question
from mtrepair.rules.learned.reading import BAD, OUTPUTS
from mtrepair.score.spans import GoldSpan
from mtrepair.train import detect_evaluate as de


def case(text: str, gold: tuple[str, ...], log_odds: dict[str, float]) -> de.Judged:
    found = [Span(t.start, t.end) for t in tokens(text)]
    numbers = np.zeros((len(found), OUTPUTS), np.float32)
    numbers[:, BAD] = [log_odds.get(span.of(text), -5.0) for span in found]
    spans = tuple(
        GoldSpan(span=Span(text.index(g), text.index(g) + len(g)), kind="x", severity="major")
        for g in gold
    )
    question = Question(text, tuple((s.start, s.end) for s in found))
    return de.Judged(de.Case(question, spans, (), "doc"), found, numbers)


def test_a_perfect_detector_scores_one() -> None:
    rows = [case("Le chat mouche dort.", ("mouche",), {"mouche": 5.0})]
    point = de.point(rows, Calibration(), 0.5)
    assert point.mcc == point.spans.word_mcc == pytest.approx(1.0)
    assert (point.precise, point.weighted, point.spans.f1) == (1.0, 1.0, 1.0)


def test_misses_and_false_alarms_count() -> None:
    rows = [case("Le chat mouche dort bien.", ("mouche", "bien"), {"mouche": 5.0, "chat": 1.0})]
    point = de.point(rows, Calibration(), 0.5)
    # "chat mouche" is one span, which touches one of two gold spans
    assert (point.spans.found, point.precise, point.weighted) == (1, 1.0, 0.5)
    assert point.token_precision == point.token_recall == 0.5
    assert de.point(rows, Calibration(), 0.9).token_precision == 1.0


def test_platt_finds_the_line_that_made_the_labels() -> None:
    chance = np.random.default_rng(1)
    log_odds = chance.normal(0, 3, 20_000)
    wrong = chance.random(20_000) < 1 / (1 + np.exp(-(0.7 * log_odds - 1.2)))
    scale = de.platt(log_odds, wrong)
    assert scale.slope == pytest.approx(0.7, abs=0.05)
    assert scale.shift == pytest.approx(-1.2, abs=0.08)
    # Whole steps of Newton's method from the same start run away here, to a slope of 315,000.
    steep = np.concatenate([chance.normal(-9, 1, 400), chance.normal(-5, 1, 60)])
    known = np.arange(460) >= 400
    far = de.platt(steep, known)
    assert 0.5 < far.slope < 10
    assert far.probability(-9) < 0.05 < 0.5 < far.probability(-4)
    apart = de.platt(np.array([-1.0, 1.0] * 20), np.array([False, True] * 20))
    assert np.isfinite([apart.slope, apart.shift]).all()


def test_calibration_error_is_the_distance_from_the_share() -> None:
    rows = [
        case("bon bon bon mal", ("mal",), {"bon": 0.0, "mal": 0.0}) for _ in range(50)
    ]  # one word in four is wrong
    off, table = de.reliability(rows, Calibration())
    assert off == pytest.approx(0.25, abs=1e-6)
    assert table == [(pytest.approx(0.5), pytest.approx(0.25), 200)]
    right = Calibration(every=Scale(slope=1.0, shift=float(np.log(0.25 / 0.75))))
    assert de.reliability(rows, right)[0] == pytest.approx(0.0, abs=1e-6)


def test_alarms_count_spans_in_right_text() -> None:
    one = case("Le chat dort bien.", (), {"dort": 3.0})
    read = [(one.case.question.text, one.tokens, one.numbers)]
    count, words, shown = de.alarms(read, Calibration(), 0.5)
    assert (count, words) == (1, 4)
    assert "[[dort]]" in shown[0]
    assert de.alarms(read, Calibration(), 0.99)[0] == 0
