"""Findings against the error spans that people have marked.

Definitions, all over code points of one text or summed over several:

* A gold span is *touched* when a finding shares at least one code point with it; a finding is *off*
  when it shares none with any gold span.
* Precision and recall give partial credit, as the WMT 2023 quality-estimation task on error spans
  does: precision is the share of flagged code points that lie in gold spans, each finding weighing
  the same; recall is the share of each gold span that is flagged, each span weighing the same. F1
  is their harmonic mean.
* Word level: a word (a run of letters, digits, apostrophes and hyphens) is bad when it overlaps a
  gold span, flagged when it overlaps a finding; MCC is Matthews' correlation of the two (as the
  word-level tasks of WMT report it). Spans without a word in them (a space before a full stop)
  are not part of it.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mtrepair.core import InputError, Span

_WORD = re.compile(r"[^\W_](?:[^\W_]|['’\-](?=[^\W_]))*")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSpan:
    """A place that a person has marked as wrong.

    Attributes:
        kind: the person's category, or ``""``.
        severity: the person's severity, or ``""``.
    """

    span: Span
    kind: str = ""
    severity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanScores:
    """How findings and gold spans agree; the definitions are at the head of the module.

    Attributes:
        gold, found: how many gold spans and findings there are.
        touched, off: gold spans touched, findings off all of them.
        by_kind: (touched, all) for each kind of gold span.
    """

    gold: int
    found: int
    touched: int
    off: int
    precision: float
    recall: float
    f1: float
    word_precision: float
    word_recall: float
    word_mcc: float
    by_kind: dict[str, tuple[int, int]]


def read_gold(data: str, text: str, name: str) -> list[GoldSpan]:
    """Gold spans from JSON lines: ``start``, ``end`` and maybe ``text``, ``type``, ``severity``.

    Args:
        data: the file's content.
        text: the text that the spans count in, in code points.
        name: the file's name, for errors.

    Raises:
        InputError: naming the line, for what is no span or does not fit the text.
    """
    found: list[GoldSpan] = []
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            span = Span(int(row["start"]), int(row["end"]))
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{name}:{number}: not a span: {error}") from None
        if span.end > len(text) or row.get("text", span.of(text)) != span.of(text):
            raise InputError(f"{name}:{number}: the span does not fit the text")
        kind = str(row.get("type") or row.get("category") or "")
        found.append(GoldSpan(span=span, kind=kind, severity=str(row.get("severity") or "")))
    if not found:
        raise InputError(f"{name}: no spans")
    return found


def score_spans(
    items: Iterable[tuple[str, Sequence[GoldSpan], Sequence[Span]]],
) -> SpanScores:
    """Compare findings with gold spans.

    Args:
        items: for each text its code points, its gold spans and the spans of its findings.
    """
    precision: list[float] = []
    recall: list[float] = []
    touched: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    off = 0
    table: Counter[tuple[bool, bool]] = Counter()  # (bad, flagged) -> words
    for text, gold, found in items:
        bad = _mask(len(text), [g.span for g in gold])
        flagged = _mask(len(text), found)
        for span in found:
            share = sum(bad[span.start : span.end]) / max(1, len(span))
            precision.append(share)
            off += share == 0
        for g in gold:
            share = sum(flagged[g.span.start : g.span.end]) / max(1, len(g.span))
            recall.append(share)
            kinds[g.kind] += 1
            touched[g.kind] += share > 0
        for word in _WORD.finditer(text):
            start, end = word.span()
            table[any(bad[start:end]), any(flagged[start:end])] += 1
    mean_p = sum(precision) / len(precision) if precision else 0.0
    mean_r = sum(recall) / len(recall) if recall else 0.0
    tp, fp = table[True, True], table[False, True]
    fn, tn = table[True, False], table[False, False]
    return SpanScores(
        gold=len(recall),
        found=len(precision),
        touched=touched.total(),
        off=off,
        precision=mean_p,
        recall=mean_r,
        f1=2 * mean_p * mean_r / (mean_p + mean_r) if mean_p + mean_r else 0.0,
        word_precision=tp / (tp + fp) if tp + fp else 0.0,
        word_recall=tp / (tp + fn) if tp + fn else 0.0,
        word_mcc=mcc(tp, fp, fn, tn),
        by_kind={kind: (touched[kind], kinds[kind]) for kind in sorted(kinds)},
    )


def mcc(tp: int, fp: int, fn: int, tn: int) -> float:
    """Matthews' correlation coefficient of a table of counts; 0 where it is not defined."""
    root = math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
    return (tp * tn - fp * fn) / root if root else 0.0


def _mask(length: int, spans: Iterable[Span]) -> bytearray:
    mask = bytearray(length)
    for span in spans:
        mask[span.start : span.end] = b"\x01" * len(span)
    return mask
