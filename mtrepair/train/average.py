"""One model from several checkpoints of one lineage: the mean of their weights.

What was trained on from one another lies in one basin of the loss, and the mean of such points is
often better than each of them (Wortsman et al. 2022, "Model soups", arXiv:2203.05482).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from mtrepair.core import ModelError
from mtrepair.train import train
from mtrepair.train.folder import replacing

_WEIGHTS = "model.safetensors"


def _weights(folder: Path) -> dict[str, torch.Tensor]:
    if (folder / _WEIGHTS).is_file():
        return load_file(folder / _WEIGHTS)
    return train.weights(train.load(folder))


def average(checkpoints: Sequence[Path], place: Path) -> Path:
    """Write the mean of some checkpoints; settings and state are those of the first.

    The optimizer's state is left out: the result is there to be packed, or to start a run from.

    Args:
        checkpoints: folders of ``scripts/train``, the newest first; behind the first also packed
            models. One that is named twice counts twice.
        place: the folder to write.

    Raises:
        ModelError: if they are not of one shape.
    """
    weights = [_weights(checkpoint) for checkpoint in checkpoints]
    shapes = [{name: tuple(value.shape) for name, value in one.items()} for one in weights]
    if any(shape != shapes[0] for shape in shapes):
        raise ModelError("the checkpoints are of different networks")
    settings = json.loads((checkpoints[0] / "settings.json").read_text("utf-8"))
    with replacing(place) as folder:
        for name in ("config.json", "sentencepiece.model", "state.json"):
            shutil.copyfile(checkpoints[0] / name, folder / name)
        told = json.dumps(settings | {"averaged": len(checkpoints)}, indent=1)
        (folder / "settings.json").write_text(told + "\n", encoding="utf-8")
        mean = {
            name: torch.stack([one[name].float() for one in weights]).mean(0).to(value.dtype)
            for name, value in weights[0].items()
        }
        save_file({name: value.contiguous() for name, value in mean.items()}, folder / _WEIGHTS)
    return place
