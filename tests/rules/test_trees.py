"""The trees in numpy say what the file says, read one node at a time."""

from __future__ import annotations

import json
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mtrepair.core import ModelError
from mtrepair.rules.agreement import weighed
from mtrepair.rules.grammar import garble
from mtrepair.rules.trees import Trees
from mtrepair.rules.words import leftover, mangled


def walked(data: dict[str, Any], row: list[float], trees: int | None = None) -> float:
    """The log-odds of a row, as the format's description has it."""
    total = float(data["baseline"])
    for tree in data["trees"][:trees]:
        node = tree[0]
        while len(node) > 1:
            feature, threshold, left, right = node
            node = tree[left if row[feature] <= threshold else right]
        total += node[0]
    return total


@pytest.mark.parametrize(
    "path", [garble.MODEL, leftover.MODEL, leftover.PROSE, mangled.MODEL, weighed.MODEL]
)
def test_all_rows_at_once_are_each_row_by_itself(path: Path) -> None:
    data, trees = json.loads(path.read_text("utf-8")), Trees(path)
    rows = np.random.default_rng(3).normal(0, 5, (200, len(trees.features)))
    early, floor = data.get("early", 0), data.get("floor", 0.0)
    given_up = 0
    for row, found in zip(rows.tolist(), trees.probabilities(rows).tolist(), strict=True):
        if early and walked(data, row, early) < floor:
            assert found == 0
            given_up += 1
            continue
        assert found == pytest.approx(1 / (1 + exp(-walked(data, row))), abs=1e-9)
        by_name = dict(zip(trees.features, row, strict=True))
        assert trees.probability(by_name) == pytest.approx(found, abs=1e-12)
    assert given_up < len(rows)


def test_what_is_no_forest_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text('{"features": ["a"], "baseline": 0.5, "trees": [[[0, 1.0, 1]]]}')
    with pytest.raises(ModelError, match="holds no trees"):
        Trees(path)
