"""Thresholds for pipelines: ``repetition<0.1%``, ``words<5``, ``left:loops<=0%``, ``rejected<1%``.

    [left:]NAME (< | <=) NUMBER[%]

NAME is a rule, a group, or one of ``all``, ``changed``, ``flagged``, ``rejected``. With ``%`` the
share of records that have at least one such finding is meant, without it the findings in 10,000
words. ``left:`` looks at the text after repair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from mtrepair.core import ConfigError
from mtrepair.rules.registry import GROUPS, known_rules

ALIASES = {"loops": "repetition-loop", "loop": "repetition-loop"}
WHOLE = ("changed", "flagged", "rejected")
_FORM = re.compile(r"(left:)?([a-z0-9-]+)\s*(<=?)\s*(\d+(?:\.\d+)?)\s*(%?)")


@dataclass(frozen=True, slots=True)
class Gate:
    """One threshold; see the module."""

    text: str
    name: str
    left: bool
    inclusive: bool
    bound: float
    share: bool

    @classmethod
    def parse(cls, text: str) -> Gate:
        """The gate that is written so.

        Raises:
            ConfigError: if it cannot be understood, with the nearest name.
        """
        match = _FORM.fullmatch(text.strip())
        if match is None:
            raise ConfigError(f"--gate '{text}': write it like 'loops<0.1%' or 'words<=5'")
        left, name, operator, number, percent = match.groups()
        name = ALIASES.get(name, name)
        known = [*known_rules(), *GROUPS, *WHOLE, "all"]
        if name not in known:
            near = get_close_matches(name, [*known, *ALIASES], n=1)
            hint = f" (did you mean '{near[0]}'?)" if near else ""
            raise ConfigError(f"--gate '{text}': unknown rule or group '{name}'{hint}")
        if name in WHOLE and (not percent or left):
            raise ConfigError(f"--gate '{text}': '{name}' is a share of records; write {name}<1%")
        return cls(
            text.strip(), name, left is not None, operator == "<=", float(number), percent == "%"
        )

    def measure(self, stats: dict[str, Any]) -> float:
        """What was measured, in the unit of the bound."""
        if self.share:
            count: int
            if self.name == "rejected":
                count = sum(stats["rejected"].values())
            elif self.name == "all":
                count = stats["still_flagged" if self.left else "flagged"]
            elif self.name in WHOLE:
                count = stats[self.name]
            else:
                count = stats["left_by" if self.left else "flagged_by"].get(self.name, 0)
            return round(100 * count / max(1, int(stats["records"])), 6)
        found: dict[str, int] = stats["left" if self.left else "findings"]
        names = {rule.name for rule in known_rules().values() if rule.info.group == self.name} or {
            self.name
        }
        total = sum(n for rule, n in found.items() if self.name == "all" or rule in names)
        return round(10_000 * total / max(1, int(stats["words"])), 6)

    def is_crossed(self, stats: dict[str, Any]) -> bool:
        """Whether the measure is not below the bound."""
        measured = self.measure(stats)
        return measured > self.bound if self.inclusive else measured >= self.bound

    def crossed(self, stats: dict[str, Any]) -> str | None:
        """One line for the user if it is crossed."""
        if not self.is_crossed(stats):
            return None
        unit = "% of the records" if self.share else " in 10,000 words"
        return f"{self.text}: measured {self.measure(stats):g}{unit}"
