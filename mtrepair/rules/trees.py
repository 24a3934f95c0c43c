"""Boosted decision trees, read from a text file and asked all at once, in numpy.

A file holds one JSON object: ``features`` (names), ``baseline`` (log-odds), and ``trees``, each a
list of nodes ``[feature, threshold, left, right]`` or ``[value]`` for a leaf; a row goes left where
its value is at most the threshold (Friedman 2001; fitted by scikit-learn's
HistGradientBoostingClassifier in ``scripts/fit-leftovers``, ``fit-non-words`` and ``fit-garble``).

Most words of a text are clear after the first few trees: where the file says ``early`` (how many
trees are asked first) and ``floor`` (log-odds after them), rows below the floor are given up there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mtrepair.core import ModelError

Floats = NDArray[np.floating[Any]]


class Trees:
    """An ensemble of decision trees.

    All nodes of all trees lie in one row, each twice: what it leads to is at its place where the
    answer is "at most", and behind it where it is "above". A leaf leads to itself, so that after
    as many steps as the deepest tree is high every tree has come to its leaf.

    Raises:
        ModelError: if the file is not one of ours.
    """

    def __init__(self, path: Path) -> None:
        try:
            data = json.loads(path.read_text("utf-8"))
            self.features: tuple[str, ...] = tuple(data["features"])
            self._baseline = float(data["baseline"])
            self._early = int(data.get("early", 0))
            self._floor = float(data.get("floor", 0.0))
            self._build(data["trees"])
        except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
            raise ModelError(f"{path} holds no trees: {error}") from None

    def _build(self, trees: list[list[list[Any]]]) -> None:
        *roots, count = accumulate(map(len, trees), initial=0)
        base = np.repeat(roots, [len(tree) for tree in trees])
        nodes = list(chain.from_iterable(trees))
        sizes = np.fromiter(map(len, nodes), np.intp, count)
        leaf = sizes == 1
        if not (leaf | (sizes == 4)).all():
            raise ValueError("a node has one number or four")
        # A leaf as a node: its value stands where a node has its feature.
        full = np.zeros((count, 4))
        full[leaf, 0] = [node[0] for node in nodes if len(node) == 1]
        full[~leaf] = [node for node in nodes if len(node) == 4]
        own = np.arange(count)
        self._roots = 2 * np.array(roots, np.intp)
        self._feature = np.repeat(np.where(leaf, 0, full[:, 0]).astype(np.intp), 2)
        self._threshold = np.repeat(full[:, 1], 2)
        ways = np.where(leaf, own, base + full[:, 2:].T).astype(np.intp)  # (2, nodes)
        self._ways = 2 * ways.T.ravel()
        self._values = np.repeat(np.where(leaf, full[:, 0], 0.0), 2)
        self._heights = _heights(np.array(roots, np.intp), ways, leaf)

    def probability(self, row: Mapping[str, float]) -> float:
        """The probability of the class that was fitted, for one row of observations by name.

        A feature that the row lacks is 0.
        """
        return self.of_rows([row])[0]

    def of_rows(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """The same for many rows, which takes little longer than for one."""
        if not rows:
            return []
        values = np.array([[row.get(name, 0.0) for name in self.features] for row in rows])
        found: list[float] = self.probabilities(values).tolist()
        return found

    def of_table(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """The same for rows whose columns are in the order of ``features``."""
        found: list[float] = self.probabilities(np.array(rows)).tolist()
        return found

    def probabilities(self, rows: Floats) -> Floats:
        """The probabilities of many rows; 0 for those that were given up.

        Args:
            rows: (rows, features), the columns in the order of ``features``.
        """
        found = np.zeros(len(rows))
        total = self.log_odds(rows, self._early)
        kept = np.flatnonzero(total >= self._floor) if self._early else np.arange(len(rows))
        if kept.size:
            total = total[kept] + self._sum(rows[kept], slice(self._early, None))
            found[kept] = 1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0)))
        return found

    def log_odds(self, rows: Floats, trees: int) -> Floats:
        """What the first ``trees`` trees make of each row; (rows,)."""
        return self._baseline + self._sum(rows, slice(trees))

    def _sum(self, rows: Floats, some: slice) -> Floats:
        """What some of the trees say, summed; (rows,)."""
        roots = self._roots[some]
        if not roots.size:
            return np.zeros(len(rows))
        count, width = rows.shape
        flat = rows.ravel()
        start = np.repeat(width * np.arange(count), len(roots))  # where each row begins
        at = np.tile(roots, count)
        height = max(self._heights[some])
        at = self._down(flat, start, at, min(height, _MOST))
        if height > _MOST:
            left = np.flatnonzero(self._ways.take(at) != at)
            at[left] = self._down(flat, start[left], at[left], height - _MOST)
        total: Floats = self._values.take(at).reshape(count, -1).sum(axis=1)
        return total

    def _down(
        self, flat: Floats, start: NDArray[np.intp], at: NDArray[np.intp], steps: int
    ) -> NDArray[np.intp]:
        """Where some steps down lead from the nodes ``at``; all arrays of one length but flat."""
        for _ in range(steps):
            # take() is twice as quick as an index here.
            above = flat.take(start + self._feature.take(at)) > self._threshold.take(at)
            at = self._ways.take(at + above)
        return at


_MOST = 6
"""Steps after which four leaves in five are reached; only the others go on."""


def _heights(roots: NDArray[np.intp], ways: NDArray[np.intp], leaf: NDArray[np.bool_]) -> list[int]:
    """How many steps the longest way down each tree takes."""
    found = np.zeros(len(roots), np.intp)
    at, tree = roots, np.arange(len(roots))
    for step in range(1, len(leaf) + 1):
        inner = ~leaf[at]
        at, tree = ways[:, at[inner]].ravel(), np.tile(tree[inner], 2)
        if not at.size:
            break
        found[tree] = step
    heights: list[int] = found.tolist()
    return heights
