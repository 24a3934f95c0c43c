"""Boosted decision trees, read from a text file and asked all at once.

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
from typing import Any

import numpy as np

from mtrepair.core import ModelError


class Trees:
    """An ensemble of decision trees.

    All nodes of all trees lie in one row; a leaf leads to itself, so that after as many steps as
    the deepest tree is high every tree has come to its leaf.

    Raises:
        ModelError: if the file is not one of ours.
    """

    def __init__(self, path: Path) -> None:
        try:
            data = json.loads(path.read_text("utf-8"))
            self.features: tuple[str, ...] = tuple(data["features"])
            self._baseline = float(data["baseline"])
            self._build(data["trees"])
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise ModelError(f"{path} holds no trees: {error}") from None

    def _build(self, trees: list[list[list[Any]]]) -> None:
        roots: list[int] = []
        feature: list[int] = []
        threshold: list[float] = []
        ways: list[tuple[int, int]] = []
        values: list[float] = []
        self._depth = 0
        for tree in trees:
            base = len(feature)
            roots.append(base)
            depths = [0] * len(tree)
            for number, node in enumerate(tree):
                leaf = len(node) == 1
                left, right = (number, number) if leaf else (int(node[2]), int(node[3]))
                feature.append(0 if leaf else int(node[0]))
                threshold.append(0.0 if leaf else float(node[1]))
                values.append(float(node[0]) if leaf else 0.0)
                ways.append((base + left, base + right))
                if not leaf:  # a tree's nodes come after the one that leads to them
                    depths[left] = depths[right] = depths[number] + 1
            self._depth = max(self._depth, *depths)
        self._roots = 2 * np.array(roots, np.intp)
        self._feature = np.repeat(np.array(feature, np.intp), 2)
        self._threshold = np.repeat(np.array(threshold), 2)
        self._ways = 2 * np.array(ways, np.intp).ravel()
        self._values = np.repeat(np.array(values), 2)

    def probability(self, row: Mapping[str, float]) -> float:
        """The probability of the class that was fitted, for one row of observations."""
        values = np.array([row.get(name, 0.0) for name in self.features])
        at = self._roots
        for _ in range(self._depth):
            at = self._ways[at + (values[self._feature[at]] > self._threshold[at])]
        total = self._baseline + float(self._values[at].sum())
        return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))
