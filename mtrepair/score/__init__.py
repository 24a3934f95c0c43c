"""Measures of a translation against a reference, and of findings against gold spans."""

from mtrepair.score.metrics import Comparison, MetricScore, Scores, compare
from mtrepair.score.spans import GoldSpan, SpanScores, read_gold, score_spans

__all__ = [
    "Comparison",
    "GoldSpan",
    "MetricScore",
    "Scores",
    "SpanScores",
    "compare",
    "read_gold",
    "score_spans",
]
