"""Boosted decision trees, read from a text file and asked in plain Python.

A file holds one JSON object: ``features`` (names), ``baseline`` (log-odds), and ``trees``, each a
list of nodes ``[feature, threshold, left, right]`` or ``[value]`` for a leaf; a row goes left where
its value is at most the threshold (Friedman 2001; fitted by scikit-learn's
HistGradientBoostingClassifier in ``scripts/fit-leftovers``). A feature that a row lacks is 0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import exp
from pathlib import Path

from mtrepair.core import ModelError

Node = tuple[int, float, int, int] | float
"""A question (feature, threshold, where to go if not above it, where else) or a leaf's value."""


class Trees:
    """An ensemble of decision trees.

    Raises:
        ModelError: if the file is not one of ours.
    """

    def __init__(self, path: Path) -> None:
        try:
            data = json.loads(path.read_text("utf-8"))
            self.features: tuple[str, ...] = tuple(data["features"])
            self._baseline = float(data["baseline"])
            self._trees: list[list[Node]] = [
                [float(n[0]) if len(n) == 1 else (n[0], float(n[1]), n[2], n[3]) for n in tree]
                for tree in data["trees"]
            ]
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise ModelError(f"{path} holds no trees: {error}") from None

    def probability(self, row: Mapping[str, float]) -> float:
        """The probability of the class that was fitted, for one row of observations."""
        values = [row.get(name, 0.0) for name in self.features]
        total = self._baseline
        for tree in self._trees:
            node = tree[0]
            while isinstance(node, tuple):
                feature, threshold, left, right = node
                node = tree[left if values[feature] <= threshold else right]
            total += node
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))
