"""The forest in numpy says what the trees in plain Python say of the same file."""

from __future__ import annotations

import numpy as np
import pytest

from mtrepair.rules.forest import Forest
from mtrepair.rules.grammar import garble
from mtrepair.rules.words.trees import Trees


def test_forest_agrees_with_the_plain_trees() -> None:
    forest, trees = Forest(garble.MODEL), Trees(garble.MODEL)
    assert forest.features == trees.features == garble.FEATURES
    table = np.random.default_rng(3).normal(0, 5, (200, len(forest.features))).astype(np.float32)
    found = forest.probabilities(table)
    kept = 0
    for row, chance in zip(table.tolist(), found.tolist(), strict=True):
        wanted = trees.probability(dict(zip(forest.features, row, strict=True)))
        if chance:
            kept += 1
            assert chance == pytest.approx(wanted, abs=1e-4)
        else:
            assert wanted < 0.5  # given up after the first trees
    assert kept > 20
