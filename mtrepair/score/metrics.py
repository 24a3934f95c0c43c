"""BLEU, chrF++ and TER of a translation, alone or against what it was before its repair.

All three are sacrebleu's, with its signatures; the comparison is its paired bootstrap (Koehn 2004,
"Statistical Significance Tests for Machine Translation Evaluation").
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mtrepair.core import InputError

SAMPLES = 1000
"""Bootstrap samples, sacrebleu's own default."""

SEED = 12345
"""sacrebleu's own default seed."""

HIGHER_IS_BETTER = {"BLEU": True, "chrF2++": True, "TER": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricScore:
    """One metric over all segments.

    Attributes:
        metric: ``BLEU``, ``chrF2++`` or ``TER``.
        score: corpus score in per cent; TER counts edits, less is better.
        signature: everything that the score depends on, as sacrebleu writes it.
    """

    metric: str
    score: float
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One metric before and after.

    Attributes:
        gain: how much better the translation has become; positive is better for TER too.
        p: of the paired bootstrap, or None where fewer than two segments leave nothing to draw.
    """

    before: MetricScore
    after: MetricScore
    p: float | None

    @property
    def gain(self) -> float:
        """The difference, signed so that more is better."""
        difference = self.after.score - self.before.score
        return difference if HIGHER_IS_BETTER[self.after.metric] else -difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What ``mtrepair score`` says about a translation with a reference.

    Attributes:
        segments: how many pairs of segments were compared.
        nearer, same, farther: segments whose chrF++ rose, stayed, fell; None without a before.
    """

    segments: int
    after: tuple[MetricScore, ...]
    comparisons: tuple[Comparison, ...] = ()
    nearer: int | None = None
    same: int | None = None
    farther: int | None = None


def _metrics() -> dict[str, Any]:
    # half a second: only where scores are wanted
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    return {
        "BLEU": BLEU(),
        "chrF2++": CHRF(word_order=2),
        "TER": TER(),
    }


def compare(
    hypothesis: Sequence[str],
    reference: Sequence[str],
    before: Sequence[str] | None = None,
    *,
    samples: int = SAMPLES,
) -> Scores:
    """Score a translation, and say whether it is better than it was.

    Args:
        hypothesis: its segments, in order.
        reference: as many segments of a human translation.
        before: as many segments of the translation before its repair, or None.
        samples: draws of the paired bootstrap.

    Raises:
        InputError: if the numbers of segments differ, or there are none.
    """
    _same_length(hypothesis, reference, before)
    metrics = _metrics()
    after = tuple(_score(name, metric, hypothesis, reference) for name, metric in metrics.items())
    if before is None:
        return Scores(segments=len(reference), after=after)
    earlier = [_score(name, metric, before, reference) for name, metric in metrics.items()]
    p_values = _bootstrap(before, hypothesis, reference, samples)
    chrf = _metrics()["chrF2++"]
    moves = [
        round(chrf.sentence_score(new, [right]).score - chrf.sentence_score(old, [right]).score, 9)
        for new, old, right in zip(hypothesis, before, reference, strict=True)
    ]
    return Scores(
        segments=len(reference),
        after=after,
        comparisons=tuple(
            Comparison(before=old, after=new, p=p_values.get(new.metric))
            for old, new in zip(earlier, after, strict=True)
        ),
        nearer=sum(move > 0 for move in moves),
        same=sum(move == 0 for move in moves),
        farther=sum(move < 0 for move in moves),
    )


def _score(name: str, metric: Any, texts: Sequence[str], reference: Sequence[str]) -> MetricScore:
    result = metric.corpus_score(list(texts), [list(reference)])
    return MetricScore(
        metric=name, score=float(result.score), signature=str(metric.get_signature())
    )


def _bootstrap(
    before: Sequence[str], after: Sequence[str], reference: Sequence[str], samples: int
) -> dict[str, float]:
    """The p-values by metric; none where there is nothing to draw or nothing has changed."""
    if len(reference) < 2:
        return {}
    if list(before) == list(after):
        return dict.fromkeys(HIGHER_IS_BETTER, 1.0)
    from sacrebleu.significance import PairedTest

    os.environ.setdefault("SACREBLEU_SEED", str(SEED))
    test = PairedTest(
        [("before", list(before)), ("after", list(after))],
        _metrics(),
        references=[list(reference)],
        test_type="bs",
        n_samples=samples,
        n_jobs=1,
    )
    _, results = test()
    found: dict[str, float] = {}
    for metric in HIGHER_IS_BETTER:
        values: list[Any] = list(results.get(metric, ()))
        if len(values) == 2 and values[1].p_value is not None:
            found[metric] = float(values[1].p_value)
    return found


def _same_length(
    hypothesis: Sequence[str], reference: Sequence[str], before: Sequence[str] | None
) -> None:
    if not reference:
        raise InputError("the reference has no text")
    for what, texts in (("the translation", hypothesis), ("the text before", before)):
        if texts is not None and len(texts) != len(reference):
            raise InputError(
                f"{what} has {len(texts)} segments and the reference {len(reference)};"
                " compare them as a whole with --segments document"
            )
