"""From the model's log-odds to probabilities that mean what they say.

Platt scaling (Platt 1999) per kind: ``p = 1 / (1 + exp(-(slope * log-odds + shift)))``, fitted on
the dev sentences of expert annotation by ``scripts/evaluate-detector --fit``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One fitted line over log-odds."""

    slope: float = 1.0
    shift: float = 0.0

    def probability(self, log_odds: float) -> float:
        """The probability for log-odds."""
        value = self.slope * log_odds + self.shift
        if value < -40:
            return 0.0
        return 1 / (1 + math.exp(-value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How a model's numbers are read.

    Attributes:
        every: the scale of kinds that have none of their own.
        kinds: the scale of each kind that had enough examples.
        gap: the scale of omissions.
    """

    every: Scale = field(default_factory=Scale)
    kinds: Mapping[str, Scale] = field(default_factory=dict)
    gap: Scale = field(default_factory=Scale)

    def probability(self, log_odds: float, kind: str) -> float:
        """The probability that a token is wrong."""
        return self.kinds.get(kind, self.every).probability(log_odds)

    def gap_probability(self, log_odds: float) -> float:
        """The probability that something is missing before a token."""
        return self.gap.probability(log_odds)

    @classmethod
    def from_json(cls, told: Mapping[str, object]) -> Calibration:
        """The calibration that a model's ``calibration.json`` has.

        Raises:
            KeyError, TypeError, ValueError: if it is not one.
        """
        kinds = told["kinds"]
        if not isinstance(kinds, dict):
            raise TypeError("kinds is not an object")
        return cls(
            every=_scale(told["every"]),
            kinds={str(kind): _scale(scale) for kind, scale in kinds.items()},
            gap=_scale(told["gap"]),
        )

    def as_json(self) -> dict[str, object]:
        """What :meth:`from_json` reads."""
        return {
            "every": [self.every.slope, self.every.shift],
            "kinds": {kind: [s.slope, s.shift] for kind, s in sorted(self.kinds.items())},
            "gap": [self.gap.slope, self.gap.shift],
        }


def _scale(told: object) -> Scale:
    if not isinstance(told, list) or len(told) != 2:
        raise ValueError("a scale is [slope, shift]")
    return Scale(slope=float(told[0]), shift=float(told[1]))
