"""How good a packed detector is: calibration, words, spans, categories, and alarms on right text.

The model is run as users run it, int8 through :mod:`mtrepair.rules.learned`. Needs no torch.
"""

from __future__ import annotations

import lzma
import random
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mtrepair.core import Span
from mtrepair.languages.fr.tokens import tokens
from mtrepair.rules.learned.calibration import Calibration, Scale
from mtrepair.rules.learned.detector import LearnedDetector, mark
from mtrepair.rules.learned.marks import Mark, Question
from mtrepair.rules.learned.reading import BAD, GAP, KIND, KINDS
from mtrepair.rules.learned.spans import draw
from mtrepair.score.spans import GoldSpan, SpanScores, mcc, score_spans
from mtrepair.train.detect_data import rows

FLOORS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)
WEIGHTS: Mapping[str, float] = {"minor": 1.0, "major": 5.0, "critical": 10.0, "neutral": 0.0}
"""MQM's weights of severities (Freitag et al. 2021, arXiv:2104.14478, with 10 for critical)."""
ENOUGH = 150
"""Wrong tokens of a kind from which it gets a scale of its own."""

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """An annotated sentence; ``gaps`` are the gold spans that mark an omission.

    ``system`` and its set name the translation of the document ``doc``.
    """

    question: Question
    spans: tuple[GoldSpan, ...]
    gaps: tuple[Span, ...]
    doc: str
    system: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with the model's raw numbers for its tokens."""

    case: Case
    tokens: list[Span]
    numbers: npt.NDArray[np.float32]

    def wrong(self) -> npt.NDArray[np.bool_]:
        """For each token whether it overlaps a gold span."""
        gold = [g.span for g in self.case.spans]
        return np.array([any(t.overlap(g) for g in gold) for t in self.tokens], dtype=bool)

    def words(self) -> npt.NDArray[np.bool_]:
        """For each token whether it is more than a mark."""
        text = self.case.question.text
        return np.array([any(c.isalnum() for c in t.of(text)) for t in self.tokens], dtype=bool)

    def marks(self, calibration: Calibration) -> list[Mark]:
        """What a rule would be told."""
        return [mark(t, n, calibration) for t, n in zip(self.tokens, self.numbers, strict=True)]


def fitting(documents: Iterable[str]) -> set[str]:
    """Every second document by name: these choose and calibrate a model, the others report."""
    return set(sorted(set(documents))[::2])


def cases(path: Path) -> list[Case]:
    """The annotated sentences of a file; human translations among them are left out."""
    return cases_of(rows(path))


def cases_of(some: Iterable[Mapping[str, object]]) -> list[Case]:
    """The same, of records that are read already."""
    found: list[Case] = []
    for row in some:
        if str(row.get("set", "")).endswith("_human") or "reference" in str(row.get("system", "")):
            continue
        text, spans = str(row["mt"]), row["spans"]
        gold: list[GoldSpan] = []
        gaps: list[Span] = []
        for span in spans if isinstance(spans, list) else ():
            start, end = int(span["start"]), int(span["end"])
            if end < start:  # 30 of the 3,031 spans of bio_mqm are broken
                continue
            place = Span(start, end)
            if span.get("gap") or len(place) == 0:
                gaps.append(place)
            else:
                severity = str(span.get("severity", "")).lower()
                gold.append(GoldSpan(span=place, kind=str(span["category"]), severity=severity))
        source = str(row["src"]) if row.get("src") else None
        question = Question(text, tuple((t.start, t.end) for t in tokens(text)), source)
        system = f"{row.get('system', '')} {row.get('set', '')}"
        found.append(Case(question, tuple(gold), tuple(gaps), str(row.get("doc", "")), system))
    return found


def judge(detector: LearnedDetector, some: Sequence[Case], *, source: bool) -> list[Judged]:
    """The model's numbers for the cases, with or without their sources."""
    questions = [
        c.question if source else Question(c.question.text, c.question.tokens) for c in some
    ]
    return [
        Judged(case, spans, numbers)
        for case, (spans, numbers) in zip(some, detector.numbers(questions), strict=True)
    ]


def platt(log_odds: Array, wrong: npt.NDArray[np.bool_]) -> Scale:
    """The line over log-odds that makes the labels likeliest.

    Newton's method, each step halved until it does not lead away: far from the answer a whole step
    may overshoot and never come back (Lin, Lin & Weng 2007). The targets are Platt's, drawn in a
    little, so that separable data has a finite answer.
    """
    positive, negative = int(wrong.sum()), int((~wrong).sum())
    target = np.where(wrong, (positive + 1) / (positive + 2), 1 / (negative + 2))
    features = np.stack([log_odds, np.ones_like(log_odds)], axis=1)
    line = np.array([1.0, 0.0])

    def loss(line: Array) -> float:
        value = features @ line
        return float((np.logaddexp(0, value) - target * value).sum())

    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(features @ line, -30, 30)))
        gradient = features.T @ (p - target)
        weight = np.maximum(p * (1 - p), 1e-6)
        hessian = (features * weight[:, None]).T @ features + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        size, before = 1.0, loss(line)
        while size > 1e-6 and loss(line - size * step) > before:
            size /= 2
        if size <= 1e-6:
            break
        line = line - size * step
    return Scale(slope=float(line[0]), shift=float(line[1]))


def fit(judged: Sequence[Judged]) -> Calibration:
    """Scales fitted on annotated sentences: one for all, one for each kind with ENOUGH errors."""
    keep = np.concatenate([j.words() for j in judged])
    numbers = np.concatenate([j.numbers for j in judged])[keep].astype(np.float64)
    wrong = np.concatenate([j.wrong() for j in judged])[keep]
    named = numbers[:, KIND].argmax(axis=1)
    kinds: dict[str, Scale] = {}
    for number, kind in enumerate(KINDS):
        mine = named == number
        if int(wrong[mine].sum()) >= ENOUGH and int((~wrong[mine]).sum()) >= ENOUGH:
            kinds[kind] = platt(numbers[mine, BAD], wrong[mine])
    missing = np.concatenate([_gaps(j) for j in judged])
    every = np.concatenate([j.numbers for j in judged]).astype(np.float64)
    return Calibration(
        every=platt(numbers[:, BAD], wrong), kinds=kinds, gap=platt(every[:, GAP], missing)
    )


def _gaps(judged: Judged) -> npt.NDArray[np.bool_]:
    """For each token whether an omission is marked before it."""
    marked = np.zeros(len(judged.tokens), dtype=bool)
    for gap in judged.case.gaps:
        after = [i for i, token in enumerate(judged.tokens) if token.start >= gap.start]
        if after:
            marked[after[0]] = True
    return marked


def reliability(
    judged: Sequence[Judged], calibration: Calibration
) -> tuple[float, list[tuple[float, float, int]]]:
    """The expected calibration error, and (mean probability, share wrong, words) of ten bins."""
    said: list[float] = []
    wrong: list[bool] = []
    for one in judged:
        keep, truth = one.words(), one.wrong()
        for i, m in enumerate(one.marks(calibration)):
            if keep[i]:
                said.append(m.bad)
                wrong.append(bool(truth[i]))
    p, truth = np.array(said), np.array(wrong)
    table: list[tuple[float, float, int]] = []
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        mine = (p >= low) & (p < low + 0.1)
        if mine.any():
            table.append((float(p[mine].mean()), float(truth[mine].mean()), int(mine.sum())))
            error += abs(table[-1][0] - table[-1][1]) * table[-1][2] / len(p)
    return error, table


@dataclass(frozen=True, slots=True)
class Point:
    """Scores at one floor.

    Attributes:
        mcc: of the tokens that are words, each by itself.
        spans: of the drawn spans (see ``score.spans``).
        precise: share of the drawn spans that touch a gold span.
        weighted: recall of the gold spans by the weights of their severities.
    """

    floor: float
    mcc: float
    token_precision: float
    token_recall: float
    spans: SpanScores
    precise: float
    weighted: float


def point(judged: Sequence[Judged], calibration: Calibration, floor: float) -> Point:
    """The scores of a set at one floor."""
    table: Counter[tuple[bool, bool]] = Counter()
    items: list[tuple[str, list[GoldSpan], list[Span]]] = []
    touched = total = 0.0
    for one in judged:
        text = one.case.question.text
        marks = one.marks(calibration)
        keep, truth = one.words(), one.wrong()
        table.update((bool(truth[i]), m.bad >= floor) for i, m in enumerate(marks) if keep[i])
        drawn = [d.span for d in draw(text, marks, floor)]
        items.append((text, list(one.case.spans), drawn))
        for gold in one.case.spans:
            weight = WEIGHTS.get(gold.severity, 1.0)
            total += weight
            touched += weight * any(gold.span.overlap(d) for d in drawn)
    scores = score_spans(items)
    tp, fp, fn, tn = (
        table[True, True], table[False, True], table[True, False], table[False, False]
    )  # fmt: skip
    return Point(
        floor=floor,
        mcc=mcc(tp, fp, fn, tn),
        token_precision=tp / max(1, tp + fp),
        token_recall=tp / max(1, tp + fn),
        spans=scores,
        precise=1 - scores.off / max(1, scores.found),
        weighted=touched / max(1.0, total),
    )


def clean_lines(folder: Path, *, per_file: int = 150, seed: int = 3) -> dict[str, list[str]]:
    """A sample of each file of right modern French; the novels are left out."""
    chance = random.Random(seed)
    found: dict[str, list[str]] = {}
    for path in sorted((folder / "clean" / "dev").glob("*.txt.xz")):
        if path.name.startswith("eltec"):
            continue
        with lzma.open(path, "rt", encoding="utf-8") as file:
            lines = [line.strip() for line in file if line.strip()]
        found[path.name.removesuffix(".txt.xz")] = chance.sample(lines, min(per_file, len(lines)))
    return found


def clean_marks(
    detector: LearnedDetector, lines: Iterable[str]
) -> list[tuple[str, list[Span], npt.NDArray[np.float32]]]:
    """The model's numbers for right text, line by line."""
    texts = list(lines)
    asked = [Question(text, tuple((t.start, t.end) for t in tokens(text))) for text in texts]
    return [(t, *found) for t, found in zip(texts, detector.numbers(asked), strict=True)]


def alarms(
    read: Sequence[tuple[str, list[Span], npt.NDArray[np.float32]]],
    calibration: Calibration,
    floor: float,
) -> tuple[int, int, list[str]]:
    """Spans drawn in right text, its words, and the spans in their surroundings."""
    count = words = 0
    shown: list[str] = []
    for text, spans, numbers in read:
        marks = [mark(s, n, calibration) for s, n in zip(spans, numbers, strict=True)]
        words += sum(token.kind == "word" for token in tokens(text))
        for drawn in draw(text, marks, floor):
            count += 1
            a, b = drawn.span.start, drawn.span.end
            shown.append(f"{text[max(0, a - 50) : a]}[[{text[a:b]}]]{text[b : b + 30]}")
    return count, words, shown


def milliseconds(detector: LearnedDetector, some: Sequence[Case], *, source: bool) -> float:
    """Milliseconds of processor time a sentence, in batches."""
    judge(detector, some[:32], source=source)
    begun = time.process_time()
    judge(detector, some, source=source)
    return 1000 * (time.process_time() - begun) / max(1, len(some))
