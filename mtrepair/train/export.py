"""From a checkpoint to the packed int8 model that ships.

The folder is made beside its place, loaded and tried, and only then renamed, so that nobody ever
sees half a model.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mtrepair.core import ModelError
from mtrepair.rewriters.pieces import BOS, EOS, MASK, UNK, Pieces
from mtrepair.train import manifest
from mtrepair.train.folder import replacing
from mtrepair.train.train import load

LIMIT = 40_000_000
"""Bytes that ``model.bin`` may have."""


def convert(checkpoint: Path, folder: Path) -> None:
    """The network of a checkpoint as CTranslate2's int8 files in ``folder``; its vocabulary too."""
    from ctranslate2.converters.transformers import BartLoader

    model: Any = load(checkpoint)
    model.eval()
    # CTranslate2 asks a BART for these two, which transformers' own configuration does not have.
    model.config.normalize_before = False
    model.config.normalize_embedding = True
    spec: Any = BartLoader().get_model_spec(model)
    shutil.copyfile(checkpoint / "sentencepiece.model", folder / "sentencepiece.model")
    pieces = Pieces(folder / "sentencepiece.model").all()
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.bos_token, spec.config.eos_token = BOS, EOS
    spec.config.unk_token, spec.config.decoder_start_token = UNK, EOS
    spec.config.add_source_bos = spec.config.add_source_eos = False
    spec.validate()
    spec.optimize("int8")
    spec.save(str(folder))


def try_out(folder: Path) -> None:
    """Load a packed model and let it write.

    Raises:
        ModelError: if it does not load, writes nothing for any of several spans, or is too large.
    """
    import ctranslate2

    size = (folder / "model.bin").stat().st_size
    if size > LIMIT:
        raise ModelError(f"{folder}: model.bin has {size} bytes, more than {LIMIT}")
    try:
        translator: Any = ctranslate2.Translator(str(folder), device="cpu", compute_type="int8")
        read = [BOS, "▁Le", "<bad>", MASK, "</bad>", "▁est", "▁là", ".", EOS]
        scored = translator.score_batch([read], [["▁temps"]], max_input_length=0)
        written = translator.translate_batch([read], max_decoding_length=4, max_input_length=0)
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"{folder}: the packed model does not run: {error}") from None
    if len(scored[0].log_probs) != 2 or written[0].hypotheses is None:
        raise ModelError(f"{folder}: the packed model gives no scores")


def export(
    checkpoint: Path,
    place: Path,
    *,
    version: str = "1",
    data: str = "",
    scores: Mapping[str, object] | None = None,
    card: str = "",
) -> Path:
    """Pack a checkpoint into ``place``.

    Args:
        data: hash of the training data (see ``data.fingerprint``).
        scores: what ``evaluate`` measured, for the manifest.
        card: the model card.

    Raises:
        ModelError: if the packed model fails its trial; what is at ``place`` then stays.
    """
    with replacing(place) as folder:
        convert(checkpoint, folder)
        try_out(folder)
        manifest.write(
            folder,
            manifest.trained(checkpoint, version=version, data=data) | {"scores": scores or {}},
            card=card or f"# {place.name}\n\nNot measured yet: scripts/evaluate-rewriter.\n",
        )
    return place
