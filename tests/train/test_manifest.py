"""How many examples a model has seen is counted over all of its runs."""

from __future__ import annotations

import json
from pathlib import Path

from mtrepair.models import store
from mtrepair.train import manifest


def checkpoint(folder: Path, examples: int, before: int) -> Path:
    folder.mkdir()
    state = {"step": 1, "examples": examples, "seconds": 60.0}
    (folder / "state.json").write_text(json.dumps(state), "utf-8")
    settings = {"seed": 1, "before": before}
    (folder / "settings.json").write_text(json.dumps(settings), "utf-8")
    return folder


def test_a_checkpoint_counts_what_its_own_start_had_seen(tmp_path: Path) -> None:
    assert manifest.seen(checkpoint(tmp_path / "run", 200, 300)) == 500


def test_a_packed_model_counts_the_same(tmp_path: Path) -> None:
    run = checkpoint(tmp_path / "run", 200, 300)
    packed = tmp_path / "packed"
    packed.mkdir()
    manifest.write(packed, manifest.trained(run, version="1", data=""))
    assert manifest.seen(packed) == 500
    assert manifest.seen(packed, "detector-fr") == 0
    assert json.loads((packed / store.MANIFEST).read_text("utf-8"))["minutes"] == 1.0


def test_another_folder_counts_for_nothing(tmp_path: Path) -> None:
    assert manifest.seen(tmp_path) == 0
