"""The finding is gone and the passage has no new one."""

from __future__ import annotations

from mtrepair.verify.check import Trial


def finding_gone(trial: Trial) -> str | None:
    """The rule no longer fires where the edit was made."""
    place = trial.moved(trial.proposal.finding.span)
    for finding in trial.after:
        if finding.rule == trial.rule.name and (
            finding.span.overlap(place) or finding.span == place
        ):
            return "finding-stays"
    return None


def no_new_finding(trial: Trial) -> str | None:
    """Nothing fires that did not fire before, at the place where it would now be.

    Findings below their rule's threshold count on neither side: the gate judges by what a user
    would see. One that fired on the same words before is not new, only uncovered.
    """
    shown = trial.context.thresholds
    old = [(f.rule, trial.moved(f.span)) for f in trial.before]
    for finding in trial.after:
        if finding.confidence < shown.get(finding.rule, 0.0):
            continue
        if not any(
            rule == finding.rule and (span.overlap(finding.span) or span == finding.span)
            for rule, span in old
        ):
            return "new-finding"
    return None
