"""Counts of a run: nested dicts of numbers that can be added, whatever the order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from mtrepair.api import FixResult
from mtrepair.core import Finding
from mtrepair.rules import known_rules

Stats = dict[str, Any]

SAMPLES = 40
"""Samples that the report shows."""


def empty() -> Stats:
    """The counts of nothing."""
    return {
        "records": 0,
        "cleaned": 0,
        "words": 0,
        "flagged_words": 0,
        "flagged": 0,
        "still_flagged": 0,
        "changed": 0,
        "edits": 0,
        "rejected": {},
        "findings": {},
        "flagged_by": {},
        "left": {},
        "left_by": {},
        "applied": {},
        "proposals": {"accepted": {}, "rejected": {}},
        "model": {"spans": 0, "scored": 0, "tokens": 0},
    }


def bump(counts: dict[str, int], name: str, by: int = 1) -> None:
    """Add to one of the counts."""
    counts[name] = counts.get(name, 0) + by


def merge(into: Stats, other: Mapping[str, Any]) -> None:
    """Add the counts of ``other``; samples are kept apart (see :class:`Samples`)."""
    for name, value in other.items():
        if name == "samples":
            continue
        if isinstance(value, Mapping):
            merge(into.setdefault(name, {}), value)
        else:
            into[name] = into.get(name, 0) + value


def tally(stats: Stats, results: Iterable[FixResult]) -> None:
    """Count the texts of one record that was cleaned."""
    seen: set[str] = set()
    left: set[str] = set()
    for result in results:
        for finding in result.before.findings:
            bump(stats["findings"], finding.rule)
            stats["flagged_words"] += len(finding.span.of(result.before.document.text).split())
        for finding in result.after.findings:
            bump(stats["left"], finding.rule)
        seen |= _rules(result.before.findings)
        left |= _rules(result.after.findings)
        for judged in result.before.judged:
            for verdict in judged.verdicts:
                if verdict.accepted:
                    bump(stats["proposals"]["accepted"], verdict.proposal.origin)
        for reason, count in result.rejected.items():
            bump(stats["proposals"]["rejected"], reason, count)
        for verdict in result.applied:
            bump(stats["applied"], verdict.proposal.finding.rule)
        stats["edits"] += len(result.edits)
    for name in seen | _groups(seen):
        bump(stats["flagged_by"], name)
    for name in left | _groups(left):
        bump(stats["left_by"], name)
    stats["flagged"] += bool(seen)
    stats["still_flagged"] += bool(left)
    stats["changed"] += any(result.edits for result in results)


def _rules(findings: Iterable[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


def _groups(rules: set[str]) -> set[str]:
    known = known_rules()
    return {known[rule].info.group for rule in rules}


def ordered(stats: Mapping[str, Any]) -> Stats:
    """The same counts; those by name from the most frequent to the least."""
    result: Stats = {}
    for name, value in stats.items():
        if isinstance(value, Mapping) and all(isinstance(v, int) for v in value.values()):
            fixed = name == "model"
            rows = value.items() if fixed else sorted(value.items(), key=lambda r: (-r[1], r[0]))
            result[name] = dict(rows)
        elif isinstance(value, Mapping):
            result[name] = ordered(value)
        else:
            result[name] = value
    return result


def draw(place: str) -> str:
    """A number for an edit that is as good as drawn by lot, and the same in every run."""
    return hashlib.blake2b(place.encode("utf-8"), digest_size=8).hexdigest()


class Samples:
    """The edits with the smallest draws: a random choice that needs no order and no luck."""

    def __init__(self, size: int = SAMPLES) -> None:
        self.size = size
        self._held: list[tuple[str, dict[str, Any]]] = []

    def add(self, samples: Iterable[tuple[str, dict[str, Any]] | list[Any]]) -> None:
        """Offer samples, each with its draw."""
        self._held += [(draw, sample) for draw, sample in samples]
        self._held.sort(key=lambda row: row[0])
        del self._held[self.size :]

    def rows(self) -> list[list[Any]]:
        """The samples kept, with their draws, as JSON values."""
        return [[draw, sample] for draw, sample in self._held]
