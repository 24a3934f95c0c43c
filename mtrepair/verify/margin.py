"""The model must prefer its own proposal to what stands there."""

from __future__ import annotations

from mtrepair.verify.check import Trial

LEAST = 0.0
"""Nats per piece by which a proposal of the model must stand above the original, both scored with
the span hidden. Zero is the least that can be asked; scripts/evaluate-rewriter prints how often the
true form stands above a confusable one at this margin."""


def margin(trial: Trial) -> str | None:
    """A generated replacement scores above the original; rules' proposals are not asked."""
    proposal = trial.proposal
    return "not-better" if proposal.origin == "seq2seq" and proposal.score <= LEAST else None
