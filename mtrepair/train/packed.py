"""Reads a packed int8 model back into a network, so that training can go on from it.

The layout of CTranslate2's ``model.bin`` (version 6): a version, a name, a revision, then the
variables (name, shape, type, bytes) and the aliases. int8 rows were multiplied by their scale.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import BartForConditionalGeneration
from transformers.models.bart.modeling_bart import BartEncoder

from mtrepair.core import ModelError
from mtrepair.train.model import config

_VERSION = 6
_TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


class _Reader:
    """Takes values from the front of the file's bytes."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def number(self, form: str) -> int:
        value: int = struct.unpack_from(f"<{form}", self._data, self._at)[0]
        self._at += struct.calcsize(form)
        return value

    def string(self) -> str:
        length = self.number("H")
        return self.take(length)[:-1].decode()

    def take(self, count: int) -> bytes:
        found = self._data[self._at : self._at + count]
        self._at += count
        return found


def variables(path: Path) -> dict[str, Any]:
    """The float weights of a ``model.bin`` by CTranslate2's names, aliases resolved.

    Raises:
        ModelError: if the file has another layout.
    """
    reader = _Reader(path.read_bytes())
    if reader.number("I") != _VERSION:
        raise ModelError(f"{path}: not a CTranslate2 model of version {_VERSION}")
    reader.string()
    reader.number("I")
    raw: dict[str, Any] = {}
    for _ in range(reader.number("I")):
        name = reader.string()
        shape = [reader.number("I") for _ in range(reader.number("B"))]
        kind = _TYPES.get(reader.number("B"))
        if kind is None:
            raise ModelError(f"{path}: {name} has a type that cannot be read")
        raw[name] = np.frombuffer(reader.take(reader.number("I")), kind).reshape(shape)
    found = {name: _float(raw, name) for name in raw}
    for _ in range(reader.number("I")):  # an alias of a matrix stands for its scale too
        alias = reader.string()
        found[alias] = found[reader.string()]
    return found


def _float(raw: dict[str, Any], name: str) -> Any:
    values = raw[name]
    scale = raw.get(f"{name}_scale")
    if values.dtype != np.int8 or scale is None:
        return values
    return values.astype(np.float32) / scale[:, None]


def load(folder: Path) -> BartForConditionalGeneration:
    """The network of a packed model, its weights dequantised."""
    found = variables(folder / "model.bin")
    vocabulary = len(json.loads((folder / "shared_vocabulary.json").read_text("utf-8")))
    depth = {side: _depth(found, side) for side in ("encoder", "decoder")}
    model = BartForConditionalGeneration(
        config(vocabulary, encoder_layers=depth["encoder"], decoder_layers=depth["decoder"])
    )
    inner: Any = model.model
    with torch.no_grad():
        _put(inner.shared.weight, found["decoder/projection/weight"])
        for side in ("encoder", "decoder"):
            _Filling(found, side).fill(getattr(inner, side))
    model.tie_weights()
    return model


def load_encoder(folder: Path) -> BartEncoder:
    """The encoder of a packed model, of one that has nothing else too, its weights dequantised."""
    found = variables(folder / "model.bin")
    embeddings = found["encoder/embeddings_0/weight"]
    encoder = BartEncoder(
        config(len(embeddings), encoder_layers=_depth(found, "encoder"), decoder_layers=1)
    )
    with torch.no_grad():
        _put(encoder.embed_tokens.weight, embeddings)
        _Filling(found, "encoder").fill(encoder)
    return encoder


def _put(weight: Any, values: Any) -> None:
    weight.copy_(torch.from_numpy(np.array(values, dtype=np.float32)))


class _Filling:
    """Puts the weights of one side, ``encoder`` or ``decoder``, where a network has them."""

    def __init__(self, found: dict[str, Any], side: str) -> None:
        self._found, self._side = found, side

    def fill(self, module: Any) -> None:
        """All but the embeddings of the pieces."""
        side = self._side
        places = self._found[f"{side}/position_encodings/encodings"]
        module.embed_positions.weight.zero_()  # its first two rows are never used
        _put(module.embed_positions.weight[-len(places) :], places)
        self._norm(module.layernorm_embedding, f"{side}/layernorm_embedding")
        for number, layer in enumerate(module.layers):
            base = f"{side}/layer_{number}"
            self._attentions(layer, base, width=int(module.config.d_model or 0))
            self._linear(layer.fc1, f"{base}/ffn/linear_0")
            self._linear(layer.fc2, f"{base}/ffn/linear_1")
            self._norm(layer.final_layer_norm, f"{base}/ffn/layer_norm")

    def _linear(self, module: Any, name: str, part: slice = slice(None)) -> None:
        _put(module.weight, self._found[f"{name}/weight"][part])
        _put(module.bias, self._found[f"{name}/bias"][part])

    def _norm(self, module: Any, name: str) -> None:
        _put(module.weight, self._found[f"{name}/gamma"])
        _put(module.bias, self._found[f"{name}/beta"])

    def _attentions(self, layer: Any, base: str, *, width: int) -> None:
        own = f"{base}/self_attention"
        q, k, v = (slice(i * width, (i + 1) * width) for i in range(3))
        self._linear(layer.self_attn.q_proj, f"{own}/linear_0", q)
        self._linear(layer.self_attn.k_proj, f"{own}/linear_0", k)
        self._linear(layer.self_attn.v_proj, f"{own}/linear_0", v)
        self._linear(layer.self_attn.out_proj, f"{own}/linear_1")
        self._norm(layer.self_attn_layer_norm, f"{own}/layer_norm")
        if hasattr(layer, "encoder_attn"):
            across = f"{base}/attention"
            self._linear(layer.encoder_attn.q_proj, f"{across}/linear_0")
            self._linear(layer.encoder_attn.k_proj, f"{across}/linear_1", q)
            self._linear(layer.encoder_attn.v_proj, f"{across}/linear_1", k)
            self._linear(layer.encoder_attn.out_proj, f"{across}/linear_2")
            self._norm(layer.encoder_attn_layer_norm, f"{across}/layer_norm")


def _depth(found: dict[str, Any], side: str) -> int:
    return len({name.split("/")[1] for name in found if name.startswith(f"{side}/layer_")})
