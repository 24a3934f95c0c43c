"""The length stays in bounds."""

from __future__ import annotations

from mtrepair.verify.check import Trial

GROWTH = 2.5
"""A replacement may be this many times as long as what it replaces, and 20 code points more."""


def length(trial: Trial) -> str | None:
    """The edits neither blow a phrase up nor, outside repetitions, empty the passage."""
    old = sum(len(edit.span) for edit in trial.edits)
    new = sum(len(edit.text) for edit in trial.edits)
    if new > GROWTH * old + 20:
        return "too-long"
    if not trial.edited.text.strip():
        return "empties-segment"
    if trial.rule.info.group != "repetition" and old - new > 0.5 * len(trial.passage.text) > 20:
        return "too-short"
    return None
