"""From a checkpoint of the detector to the packed int8 model that ships.

CTranslate2 gets the encoder alone; the linear layer is a small array beside it, and the calibration
a JSON file that ``scripts/evaluate-detector --fit`` writes.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np

from mtrepair.core import ModelError
from mtrepair.rewriters.pieces import BOS, EOS, UNK, Pieces
from mtrepair.rules.learned.calibration import Calibration
from mtrepair.rules.learned.detector import LearnedDetector, load
from mtrepair.rules.learned.marks import Question
from mtrepair.train import manifest
from mtrepair.train.detect_card import name, write_json
from mtrepair.train.detect_train import load as load_checkpoint
from mtrepair.train.folder import replacing

LIMIT = 40_000_000
"""Bytes that the packed model may have."""


def convert(checkpoint: Path, folder: Path) -> None:
    """The network of a checkpoint as int8 files in ``folder``; its vocabulary and head too."""
    from ctranslate2.converters.transformers import BartLoader
    from ctranslate2.specs import transformer_spec

    network = load_checkpoint(checkpoint).eval()
    encoder = network.encoder
    config = encoder.config
    spec: Any = transformer_spec.TransformerEncoderModelSpec(
        transformer_spec.TransformerEncoderSpec(
            config.encoder_layers,
            config.encoder_attention_heads,
            pre_norm=False,
            activation=_gelu(),
            layernorm_embedding=True,
        )
    )
    BartLoader().set_encoder(spec.encoder, encoder)
    shutil.copyfile(checkpoint / "sentencepiece.model", folder / "sentencepiece.model")
    spec.register_vocabulary(Pieces(folder / "sentencepiece.model").all())
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = BOS, EOS, UNK
    spec.validate()
    spec.optimize("int8")
    spec.save(str(folder))
    weight, bias = network.head.weight.detach().numpy(), network.head.bias.detach().numpy()
    head = np.concatenate([weight, bias[:, None]], axis=1).astype(np.float32)
    np.save(folder / "head.npy", head, allow_pickle=False)


def _gelu() -> Any:
    from ctranslate2.specs import common_spec

    return common_spec.Activation.GELU


def export(
    checkpoint: Path,
    place: Path,
    *,
    version: str = "1",
    data: str = "",
    calibration: Calibration | None = None,
) -> Path:
    """Pack a checkpoint into ``place``; the folder is made beside it, tried, then renamed.

    Args:
        data: hash of the training data (see ``data.fingerprint``).
        calibration: the identity if None; ``detect_card.write_results`` puts the fitted one in.

    Raises:
        ModelError: if the packed model fails its trial; what is at ``place`` then stays.
    """
    with replacing(place) as folder:
        convert(checkpoint, folder)
        write_json(folder / "calibration.json", (calibration or Calibration()).as_json())
        told = manifest.trained(checkpoint, version=version, data=data)
        called = name(told["training"])
        manifest.write(folder, told, card=f"# {called}\n\nNot measured yet.\n", name=called)
        try_out(load(folder))
    return place


def try_out(detector: LearnedDetector) -> None:
    """Let a packed model judge a sentence.

    Raises:
        ModelError: if it is too large or gives no finite numbers.
    """
    size = sum(file.stat().st_size for file in detector.folder.path.iterdir())
    if size > LIMIT:
        raise ModelError(f"{detector.folder.path}: {size} bytes, more than {LIMIT}")
    ((spans, numbers),) = detector.numbers([Question("Le chat dort.", ((0, 2), (3, 7), (8, 12)))])
    if len(spans) != 3 or not np.isfinite(numbers).all():
        raise ModelError(f"{detector.folder.path}: the packed model gives no numbers")
