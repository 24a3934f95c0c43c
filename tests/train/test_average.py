"""The mean of checkpoints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from mtrepair.core import ModelError  # noqa: E402


def _checkpoint(folder: Path, values: list[float], seed: int) -> Path:
    from safetensors.torch import save_file

    folder.mkdir()
    save_file(
        {"a": torch.tensor(values), "b": torch.ones(2, 2) * seed}, folder / "model.safetensors"
    )
    (folder / "settings.json").write_text(json.dumps({"seed": seed, "before": 10}))
    (folder / "state.json").write_text(json.dumps({"examples": 5 * seed}))
    (folder / "config.json").write_text("{}")
    (folder / "sentencepiece.model").write_bytes(b"pieces")
    return folder


def test_the_mean_of_the_weights_and_the_settings_of_the_first(tmp_path: Path) -> None:
    from safetensors.torch import load_file

    from mtrepair.train import manifest
    from mtrepair.train.average import average

    first = _checkpoint(tmp_path / "new", [1.0, 2.0], 3)
    second = _checkpoint(tmp_path / "old", [3.0, 6.0], 1)
    place = average([first, second], tmp_path / "mean")
    weights = load_file(place / "model.safetensors")
    assert weights["a"].tolist() == [2.0, 4.0]
    assert weights["b"].tolist() == [[2.0, 2.0], [2.0, 2.0]]
    assert json.loads((place / "settings.json").read_text()) == {
        "seed": 3, "before": 10, "averaged": 2,
    }  # fmt: skip
    assert manifest.seen(place) == 25


def test_networks_of_another_shape_are_refused(tmp_path: Path) -> None:
    from mtrepair.train.average import average

    first = _checkpoint(tmp_path / "new", [1.0, 2.0], 3)
    second = _checkpoint(tmp_path / "old", [1.0, 2.0, 3.0], 1)
    with pytest.raises(ModelError, match="different networks"):
        average([first, second], tmp_path / "mean")
    assert not (tmp_path / "mean").exists()


@pytest.mark.train
def test_a_packed_model_can_be_a_part(tmp_path: Path) -> None:
    """A checkpoint half a unit away, and the packed model three times: an eighth of a unit away."""
    import shutil

    from safetensors.torch import load_file, save_file

    from mtrepair.models.store import find
    from mtrepair.train import train
    from mtrepair.train.average import average

    try:
        packed = find().path
    except ModelError as error:
        pytest.skip(f"no packed model: {error}")
    model = train.load(packed)
    checkpoint = tmp_path / "checkpoint"
    checkpoint.mkdir()
    moved = {name: value + 0.5 for name, value in train.weights(model).items()}
    save_file(moved, checkpoint / "model.safetensors")
    (checkpoint / "settings.json").write_text("{}")
    (checkpoint / "state.json").write_text("{}")
    (checkpoint / "config.json").write_text(model.config.to_json_string())
    shutil.copyfile(packed / "sentencepiece.model", checkpoint / "sentencepiece.model")
    mean = load_file(average([checkpoint, packed, packed, packed], tmp_path / "mean")
                     / "model.safetensors")  # fmt: skip
    for name, value in train.weights(model).items():
        assert torch.allclose(mean[name], value + 0.125, atol=1e-5), name
