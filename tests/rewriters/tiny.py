"""A rewriter of random weights, small enough to be made in a test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mtrepair.models.store import MANIFEST, describe
from mtrepair.rewriters.pieces import SPECIAL

SENTENCES = [
    "Le chat dort sur la chaise près de la fenêtre ouverte.",
    "La maison était grande et les jardins couverts de neige.",
    "Il n'a jamais vu l'océan, mais il en rêve chaque nuit.",
    "The cat sleeps on the chair near the open window.",
    "Les trains partent à huit heures; nous serons en retard !",
]


def make(folder: Path) -> tuple[Path, Path]:
    """A CTranslate2 folder with its manifest, and the same model for transformers."""
    import sentencepiece
    import torch
    from ctranslate2.converters.transformers import BartLoader
    from transformers import BartConfig, BartForConditionalGeneration

    packed, plain = folder / "packed", folder / "plain"
    plain.mkdir(parents=True)
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(SENTENCES * 20),
        model_prefix=str(plain / "sentencepiece"),
        vocab_size=120,
        hard_vocab_limit=False,
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        bos_id=0,
        pad_id=1,
        eos_id=2,
        unk_id=3,
        control_symbols=list(SPECIAL[4:]),
        minloglevel=2,
    )
    spm: Any = sentencepiece.SentencePieceProcessor(model_file=str(plain / "sentencepiece.model"))
    torch.manual_seed(7)
    config = BartConfig(
        vocab_size=len(spm),
        d_model=32,
        encoder_layers=2,
        decoder_layers=1,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=256,
        init_std=0.3,  # far from uniform, so that replies differ
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_eos_token_id=None,
    )
    config.normalize_before = False
    config.normalize_embedding = True
    config.add_final_layer_norm = False
    model = BartForConditionalGeneration(config).eval()
    model.save_pretrained(plain)
    spec = BartLoader().get_model_spec(model)
    vocabulary = [spm.id_to_piece(i) for i in range(len(spm))]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.decoder_start_token = "</s>"
    spec.config.add_source_bos = spec.config.add_source_eos = False
    spec.validate()
    spec.optimize(quantization=None)
    packed.mkdir()
    spec.save(str(packed))
    (packed / "sentencepiece.model").write_bytes((plain / "sentencepiece.model").read_bytes())
    manifest = {
        "format": 1,
        "name": "tiny",
        "version": "1",
        "languages": ["fr"],
        "files": describe(packed),
    }
    (packed / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    return packed, plain
