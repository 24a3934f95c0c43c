"""How often what was offered is taken, by rule and by origin: from the journals of reviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mtrepair.review.journal import Log


@dataclass(slots=True)
class Tally:
    """What reviewers did with hunks of one kind.

    Attributes:
        offered: hunks that had a repair to accept.
        taken: those of them where exactly it was accepted.
        other: an alternative was accepted.
        written: the reviewer wrote something else.
        refused: nothing was to be changed, or ever again.
        bare: hunks without a repair.
    """

    offered: int = 0
    taken: int = 0
    other: int = 0
    written: int = 0
    refused: int = 0
    bare: int = 0

    @property
    def rate(self) -> float | None:
        """Share of the offered repairs that were accepted as they were."""
        return self.taken / self.offered if self.offered else None


def tallies(logs: Iterable[Log]) -> tuple[dict[str, Tally], dict[str, Tally]]:
    """By rule and by the origin of what was offered; the last decision about a hunk counts."""
    rules: dict[str, Tally] = {}
    origins: dict[str, Tally] = {}
    for log in logs:
        for item in last_items(log):
            offered = item.get("offered")
            some = [rules.setdefault(item["rule"], Tally())]
            if offered is not None:
                some.append(origins.setdefault(offered["origin"], Tally()))
            for tally in some:
                _count(tally, item, offered is not None)
    by_weight = sorted(rules.items(), key=lambda kv: (-kv[1].offered, kv[0]))
    return dict(by_weight), dict(sorted(origins.items()))


def _count(tally: Tally, item: dict[str, Any], offered: bool) -> None:
    decision = item["decision"]
    tally.offered += offered
    tally.bare += not offered
    if decision == "accept":
        if item["origin"] == "you":
            tally.written += 1
        elif offered and item["as_offered"]:
            tally.taken += 1
        else:
            tally.other += 1
    elif decision in ("refuse", "ignore"):
        tally.refused += 1


def last_items(log: Log) -> list[dict[str, Any]]:
    """What was decided about each hunk in the end, in the order of the journal."""
    found: dict[tuple[object, ...], dict[str, Any]] = {}
    number = 1
    for record in log.records:
        if record["event"] == "round":
            number += 1
        for item in record.get("items", ()):
            where = (number, *(item[k] for k in ("file", "start", "end", "rule", "part")))
            found[where] = item
    return list(found.values())


def lines(logs: Iterable[Log]) -> list[str]:
    """The tallies as a table in plain text."""
    logs = list(logs)
    rules, origins = tallies(logs)
    if not rules:
        return ["No decision has been made in any review yet."]
    total = sum(t.offered + t.bare for t in rules.values())
    heads = (("offered", 8), ("taken", 7), ("rate", 7), ("other", 7), ("own", 5), ("refused", 9))
    out = [" " * 32 + "".join(f"{head:>{width}}" for head, width in heads) + "  bare"]
    for heading, some in (("by rule", rules), ("by origin", origins)):
        out.append(heading)
        for name, t in some.items():
            rate = "" if t.rate is None else f"{t.rate:.0%}"
            out.append(
                f"  {name:<30}{t.offered:>8}{t.taken:>7}{rate:>7}{t.other:>7}{t.written:>5}"
                f"{t.refused:>9}{t.bare:>6}"
            )
    out.append(f"{total} decisions in {len(logs)} review{'s' * (len(logs) != 1)}.")
    return out
