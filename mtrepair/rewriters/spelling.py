"""What an unknown word was meant to be: what fits its place, and how near that is in spelling.

The noisy channel (Kernighan, Church and Gale 1990; Mays, Damerau and Mercer 1991): the model says
what the place asks for, the letters say what could have become of it. By itself the model takes a
word of the right sense that nobody could have misspelt so ("travail" for "trabic", trafic); the
spelling by itself takes the most frequent neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from mtrepair.core import Applicability, Proposal, Verdict, apply
from mtrepair.languages.spelling import distance
from mtrepair.rewriters.base import Candidate

RULES = frozenset({"non-word"})
"""Rules that find unknown words."""
LETTER = 4.0
"""Nats that a letter lost, added or changed costs."""
SHOWN = 0.5
"""Weight of what the model says with the unknown word before its eyes, beside 1 for what it says
with the word hidden."""
CLEAR = 3.0
"""Nats by which the best candidate must stand above the next to be SUGGESTED: then 88 in 100 are
right, of three in four words. All three were chosen on 191 words damaged with seed 101, of which
the best candidate is right for 77 in 100 (48 with the model's own first reply);
``scripts/evaluate-rewriter`` reports on others."""
FAR = 2
"""Letters that a candidate may be away to be SUGGESTED: what is further is rather a guess."""
_MOST = 8


def score(
    text: str, original: str, hidden: Sequence[Candidate], shown: Sequence[Candidate]
) -> float:
    """How far a candidate stands above the unknown word, in nats.

    Args:
        text: the candidate; ``original``: the unknown word.
        hidden: what the model makes of the candidate and of the original with the span hidden.
        shown: the same with the span shown.
    """
    model = hidden[0].score - hidden[1].score + SHOWN * (shown[0].score - shown[1].score)
    return model - LETTER * distance(text.lower(), original.lower(), _MOST)


def settled(verdicts: Sequence[Verdict], text: str) -> list[Verdict]:
    """The verdicts on an unknown word of ``text``: the best one is SUGGESTED if it is clear.

    It is clear if the model prefers it to the unknown word, if it is at most :data:`FAR` letters
    from it, and if it stands well above every other candidate.
    """
    accepted = [v for v in verdicts if v.accepted]
    if not accepted or any(v.applicability is Applicability.SAFE for v in accepted):
        return list(verdicts)
    if accepted[0].proposal.finding.evidence.get("better"):
        return list(verdicts)  # the rule knows what was meant
    scores: dict[str, float] = {}
    for verdict in accepted:  # rules and the model may offer the same
        word = _written(verdict.proposal, text)
        scores[word] = max(verdict.proposal.score, scores.get(word, -inf))
    best, *others = sorted(scores, key=lambda word: -scores[word])
    original = accepted[0].proposal.finding.span.of(text)
    clear = (
        scores[best] > 0
        and distance(best.lower(), original.lower(), FAR) <= FAR
        and all(scores[best] - scores[other] >= CLEAR for other in others)
    )
    return [
        replace(
            v,
            applicability=Applicability.SUGGESTED
            if clear and _written(v.proposal, text) == best
            else Applicability.DISPLAY,
        )
        if v.accepted
        else v
        for v in verdicts
    ]


def _written(proposal: Proposal, text: str) -> str:
    """What stands in the finding's place after a proposal."""
    made, span = apply(text, proposal.edits), proposal.finding.span
    return made[span.start : span.end + len(made) - len(text)]
