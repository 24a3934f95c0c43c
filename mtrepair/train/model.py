"""The rewriter's network: a BART whose encoder is multilingual-e5-small's.

A BERT encoder is exactly a BART encoder once its token-type vector is folded into the positions:
both normalise after each sub-layer. The decoder starts as the top layers of the encoder, its
attention to the encoder as a copy of their self-attention.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from transformers import BartConfig, BartForConditionalGeneration

from mtrepair.train.e5 import E5

POSITIONS = 256
"""Longest input in pieces: 40 words of context, a span and a source of 60 words fit."""
_OFFSET = 2  # BART keeps two unused rows before its positions


def config(vocabulary: int, *, decoder_layers: int = 2, encoder_layers: int = 12) -> BartConfig:
    """The configuration of a rewriter with the special pieces in their fixed places.

    Without dropout: damage is drawn afresh, no example comes twice (see :func:`drop_out`).
    """
    return BartConfig(
        vocab_size=vocabulary,
        d_model=384,
        encoder_layers=encoder_layers,
        encoder_attention_heads=12,
        encoder_ffn_dim=1536,
        decoder_layers=decoder_layers,
        decoder_attention_heads=12,
        decoder_ffn_dim=1536,
        max_position_embeddings=POSITIONS,
        activation_function="gelu",
        dropout=0.0,
        attention_dropout=0.0,
        activation_dropout=0.0,
        scale_embedding=False,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_eos_token_id=None,
        tie_word_embeddings=True,
    )


def drop_out(module: Any, share: float) -> None:
    """Let a network's layers drop ``share`` of their outputs while it is trained."""
    for part in module.modules():
        if isinstance(getattr(part, "dropout", None), float) and hasattr(part, "activation_fn"):
            part.dropout = share


def for_training(module: Any, device: str) -> None:
    """Choose the attention that is fast on a device.

    The fused attention of torch 2.13 took a third of a step's time in bfloat16 on a CPU, most of it
    on the way back; three plain products took a twentieth.
    """
    if not device.startswith("cuda"):
        module.set_attn_implementation("eager")


def fast_bf16(device: str) -> bool:
    """Whether bfloat16 is faster than float32 there: a GPU, or a processor with AVX512-BF16.

    With two threads of such a processor (AMD EPYC, family 25) steps of 64 examples ran at 58
    examples a second in bfloat16 and at 30 in float32; without it bfloat16 is 13 times slower than
    float32 (0.7 against 9.9, AMD EPYC Milan).
    """
    if device.startswith("cuda"):
        return True
    supported: Any = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(supported and supported())


def _put(module: Any, weight: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> None:
    module.weight.copy_(torch.from_numpy(weight))
    module.bias.copy_(torch.from_numpy(bias))


def kept(count: int, layers: int, *, spread: bool) -> tuple[int, ...]:
    """Which ``count`` of a pretrained encoder's ``layers`` layers a fresh network keeps.

    Args:
        spread: every second or third of all, as DistilBERT does (Sanh et al. 2019,
            arXiv:1910.01108), instead of the lower ones.
    """
    if spread:
        return tuple(number * layers // count for number in range(count))
    return tuple(range(count))


def warm_start(
    e5: E5,
    rows: npt.NDArray[np.int64],
    *,
    decoder_layers: int = 2,
    layers: tuple[int, ...] | None = None,
) -> BartForConditionalGeneration:
    """A rewriter that starts from the encoder's weights.

    Args:
        rows: for each piece of the vocabulary its row in the encoder's embedding.
        layers: which encoder layers to keep, from the bottom; all if None.
    """
    kept = layers or tuple(range(e5.layers))
    model = BartForConditionalGeneration(
        config(len(rows), decoder_layers=decoder_layers, encoder_layers=len(kept))
    )
    inner: Any = model.model
    width = e5.hidden
    with torch.no_grad():
        words = torch.from_numpy(e5.matrix("emb.word", width, rows))  # (vocabulary, width)
        inner.shared.weight.copy_(words)
        places = e5.vector("emb.pos").reshape(-1, width)[:POSITIONS]
        places = places + e5.vector("emb.type").reshape(-1, width)[0]
        norm = e5.vector("emb.ln.w"), e5.vector("emb.ln.b")
        for side in (inner.encoder, inner.decoder):
            side.embed_positions.weight[_OFFSET:].copy_(torch.from_numpy(places))
            _put(side.layernorm_embedding, *norm)
        for target, number in zip(inner.encoder.layers, kept, strict=True):
            _fill(target, e5, number, attentions=((target.self_attn, target.self_attn_layer_norm),))
        top = kept[-decoder_layers:]
        for target, number in zip(inner.decoder.layers, top, strict=True):
            both = (
                (target.self_attn, target.self_attn_layer_norm),
                (target.encoder_attn, target.encoder_attn_layer_norm),
            )
            _fill(target, e5, number, attentions=both)
    model.tie_weights()
    return model


def _fill(target: Any, e5: E5, number: int, attentions: tuple[tuple[Any, Any], ...]) -> None:
    """One layer of the encoder into a layer of the BART."""

    def matrix(name: str, columns: int) -> npt.NDArray[np.float32]:
        return e5.matrix(f"l{number}.{name}.w", columns)

    def vector(name: str) -> npt.NDArray[np.float32]:
        return e5.vector(f"l{number}.{name}")

    for attention, norm in attentions:
        _put(attention.q_proj, matrix("q", e5.hidden), vector("q.b"))
        _put(attention.k_proj, matrix("k", e5.hidden), vector("k.b"))
        _put(attention.v_proj, matrix("v", e5.hidden), vector("v.b"))
        _put(attention.out_proj, matrix("ao", e5.hidden), vector("ao.b"))
        _put(norm, vector("aln.w"), vector("aln.b"))
    _put(target.fc1, matrix("fi", e5.hidden), vector("fi.b"))
    _put(target.fc2, matrix("fo", e5.ffn), vector("fo.b"))
    _put(target.final_layer_norm, vector("oln.w"), vector("oln.b"))
