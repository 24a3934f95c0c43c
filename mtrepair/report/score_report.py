"""Scores as lines for people."""

from __future__ import annotations

from mtrepair.score.metrics import Scores
from mtrepair.score.spans import SpanScores

SIGNIFICANT = 0.05
"""The usual level; the p-value stands beside it."""


def metric_lines(scores: Scores) -> list[str]:
    """BLEU, chrF++ and TER, before and after where there is a before."""
    if not scores.comparisons:
        found = [f"{s.metric:8} {s.score:6.2f}" for s in scores.after]
    else:
        found = [f"{'':8} {'before':>7} {'after':>7} {'gain':>7}"]
        for c in scores.comparisons:
            row = f"{c.after.metric:8} {c.before.score:7.2f} {c.after.score:7.2f} {c.gain:+7.2f}"
            if c.p is not None:
                sure = "significant" if c.p < SIGNIFICANT else "not significant"
                row += f"  p = {c.p:.3f} ({sure}, paired bootstrap)"
            found.append(row)
        found.append(
            f"{scores.segments} segments: {scores.nearer} nearer the reference, {scores.same} as"
            f" they were, {scores.farther} farther (chrF2++)"
        )
    return [*found, *(f"{s.metric} {s.signature}" for s in scores.after)]


def span_lines(scores: SpanScores) -> list[str]:
    """How findings and gold spans agree."""
    found = [
        f"{scores.touched} of {scores.gold} gold spans touched,"
        f" {scores.off} of {scores.found} findings off them",
        f"spans, partial credit: precision {scores.precision:.3f}, recall {scores.recall:.3f},"
        f" F1 {scores.f1:.3f}",
        f"words: precision {scores.word_precision:.3f}, recall {scores.word_recall:.3f},"
        f" MCC {scores.word_mcc:.3f}",
    ]
    if set(scores.by_kind) != {""}:
        found += [
            f"  {kind or '(none)':24} {touched:3} of {total:3}"
            for kind, (touched, total) in scores.by_kind.items()
        ]
    return found
