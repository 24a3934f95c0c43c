"""Boosted decision trees asked about many rows at once, in numpy.

The file is the one that ``words/trees.py`` reads. Most rows of a text are clear after the first few
trees: those are dropped there, and the rest of the trees see only what may still matter.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mtrepair.core import ModelError

Floats = NDArray[np.float32]


class Forest:
    """An ensemble of decision trees.

    Args:
        path: a JSON object of ``features``, ``baseline``, ``trees`` (see ``words/trees.py``),
            ``early`` (how many trees are asked first) and ``floor`` (the log-odds after them
            below which a row is given up).

    Raises:
        ModelError: if the file is not one of ours.
    """

    def __init__(self, path: Path) -> None:
        try:
            data = json.loads(path.read_text("utf-8"))
            self.features: tuple[str, ...] = tuple(data["features"])
            self._baseline = float(data["baseline"])
            self._early, self._floor = int(data["early"]), float(data["floor"])
            trees = data["trees"]
            size = max(len(tree) for tree in trees)
            shape = (len(trees), size)
            self._feature = np.zeros(shape, np.int32)
            self._threshold = np.full(shape, np.inf, np.float32)
            # A leaf leads to itself, so that all rows can take the same number of steps.
            self._left = np.tile(np.arange(size, dtype=np.int32), (len(trees), 1))
            self._right = self._left.copy()
            self._value = np.zeros(shape, np.float32)
            self._depth = [0] * len(trees)
            for t, tree in enumerate(trees):
                depth = [0] * len(tree)
                for n, node in enumerate(tree):
                    if len(node) == 1:
                        self._value[t, n] = node[0]
                        continue
                    self._feature[t, n], self._threshold[t, n] = node[0], node[1]
                    self._left[t, n], self._right[t, n] = node[2], node[3]
                    depth[node[2]] = depth[node[3]] = depth[n] + 1
                self._depth[t] = max(depth)
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise ModelError(f"{path} holds no trees: {error}") from None

    def probabilities(self, rows: Floats) -> Floats:
        """The probability of the class that was fitted; 0 for rows that were given up.

        Args:
            rows: (rows, features), the columns in the order of ``features``.
        """
        found = np.zeros(len(rows), np.float32)
        total = self._baseline + self._sum(rows, 0, self._early)
        kept = np.flatnonzero(total >= self._floor)
        if kept.size:
            total = total[kept] + self._sum(rows[kept], self._early, len(self._feature))
            found[kept] = 1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0)))
        return found

    def _sum(self, rows: Floats, first: int, after: int) -> Floats:
        """What the trees from ``first`` on say, summed; (rows,)."""
        tree = np.arange(first, after)[None]  # (1, trees)
        node = np.zeros((len(rows), after - first), np.int32)  # (rows, trees)
        row = np.arange(len(rows))[:, None]
        for _ in range(max(self._depth[first:after])):
            value = rows[row, self._feature[tree, node]]
            low = value <= self._threshold[tree, node]
            node = np.where(low, self._left[tree, node], self._right[tree, node])
        total: Floats = self._value[tree, node].sum(axis=1)
        return total
