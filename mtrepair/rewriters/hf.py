"""The rewriter on transformers (extra ``[hf]``): any seq2seq folder or hub id.

A folder with a ``sentencepiece.model`` is one of our own and reads our pieces. Any other model
gets the same line as text through its own tokenizer; it should have been trained on it::

    source <sep> left <bad> span </bad> right  ->  replacement
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mtrepair.core import ModelError
from mtrepair.rewriters.base import Candidate, Query
from mtrepair.rewriters.pieces import CLOSE, MASK, OPEN, SEP, Pieces
from mtrepair.rewriters.prepare import Prepared, prepare
from mtrepair.rewriters.seq2seq import BEAM, NO_REPEAT, room

BATCH = 16
_INSTALL = 'this model needs transformers: pip install "mtrepair[hf]"'


class HfRewriter:
    """A :class:`~mtrepair.rewriters.base.Rewriter` on transformers.

    Args:
        model: a folder, or an id of the Hugging Face hub.

    Raises:
        ModelError: if the extra is not installed, or the model cannot be loaded.
    """

    def __init__(self, model: str | Path) -> None:
        try:
            import torch
            from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
        except ImportError:
            raise ModelError(_INSTALL) from None
        self._torch: Any = torch
        own = Path(model) / "sentencepiece.model"
        try:
            self._model: Any = AutoModelForSeq2SeqLM.from_pretrained(str(model)).eval()
            self._pieces = Pieces(own) if own.is_file() else None
            self._tokenizer: Any = (
                None if self._pieces else AutoTokenizer.from_pretrained(str(model))
            )
        except (OSError, ValueError, RuntimeError) as error:
            raise ModelError(f"model {model} cannot be loaded: {error}") from None
        self._vocabulary = _vocabulary(own) if self._pieces else []
        config = self._model.config
        self._name = str(model)
        self._end = int(config.eos_token_id)
        self._pad = int(config.pad_token_id if config.pad_token_id is not None else self._end)
        # Where a configuration does not say, decoders start at their padding (as T5 does).
        start = config.decoder_start_token_id
        self._start = int(start if start is not None else self._pad)

    @property
    def name(self) -> str:
        """The folder or hub id."""
        return self._name

    def generate(self, queries: Sequence[Query], *, best: int = 1) -> list[list[Candidate]]:
        """For each query up to ``best`` different replacements, the likeliest first."""
        torch = self._torch
        found: list[list[Candidate]] = [[] for _ in queries]
        ready = [(i, p) for i, query in enumerate(queries) if (p := prepare(query)) is not None]
        rows = sorted(
            ((self._read(p, hidden=False), i, p) for i, p in ready), key=lambda r: (len(r[0]), r[0])
        )
        beam = max(BEAM, best)
        for at in range(0, len(rows), BATCH):
            batch = rows[at : at + BATCH]
            ids, mask = self._padded([read for read, _, _ in batch])
            limits = [room(len(self._write(p.chunks.span)) - 1) for _, _, p in batch]
            with torch.inference_mode():
                out = self._model.generate(
                    input_ids=ids,
                    attention_mask=mask,
                    num_beams=beam,
                    num_return_sequences=beam,
                    max_new_tokens=max(limits) + 1,
                    no_repeat_ngram_size=NO_REPEAT,
                    do_sample=False,
                    return_dict_in_generate=True,
                    output_scores=True,
                )
            # sequences: (batch * beam, length) with the start; scores: mean per piece
            sequences, means = out.sequences.tolist(), out.sequences_scores.tolist()
            for row, (_, index, one) in enumerate(batch):
                kept: dict[str, Candidate] = {}
                for k in range(row * beam, (row + 1) * beam):
                    written = self._content(sequences[k][1:])
                    if len(written) > limits[row]:
                        continue
                    text = one.reply(self._text(written, one))
                    if text is not None and text not in kept:
                        size = len(written) + 1
                        kept[text] = Candidate(text=text, score=means[k] * size, pieces=size)
                found[index] = list(kept.values())[:best]
        return found

    def score(
        self, queries: Sequence[Query], texts: Sequence[Sequence[str]], *, hidden: bool = True
    ) -> list[list[Candidate]]:
        """For each query the scores of its texts in their order, or none at all."""
        torch = self._torch
        found: list[list[Candidate]] = [[] for _ in queries]
        rows: list[tuple[list[int], list[int], int, str]] = []
        for index, (query, some) in enumerate(zip(queries, texts, strict=True)):
            one = prepare(query)
            if one is None:
                continue
            read = self._read(one, hidden=hidden)
            rows += [(read, self._write(one.target(text)), index, text) for text in some]
        scored: list[float] = []
        for at in range(0, len(rows), BATCH):
            batch = rows[at : at + BATCH]
            ids, mask = self._padded([row[0] for row in batch])
            labels, real = self._padded([row[1] for row in batch])  # (batch, length)
            start = torch.full((len(batch), 1), self._start)
            before = torch.cat([start, labels[:, :-1]], dim=1)
            with torch.inference_mode():
                logits = self._model(
                    input_ids=ids, attention_mask=mask, decoder_input_ids=before
                ).logits  # (batch, length, vocabulary)
            logs = logits.float().log_softmax(-1).gather(-1, labels.unsqueeze(-1)).squeeze(-1)
            scored += (logs * real).sum(-1).tolist()
        for (_, write, index, text), score in zip(rows, scored, strict=True):
            found[index].append(Candidate(text=text, score=score, pieces=len(write)))
        return found

    def _read(self, one: Prepared, *, hidden: bool) -> list[int]:
        if self._pieces is not None:
            return self._pieces.ids(self._pieces.read(one.chunks, one.source, hidden=hidden))
        mask = str(self._tokenizer.mask_token or MASK)
        middle = f" {mask}" if hidden else one.chunks.span
        source = f"{one.source} {SEP} " if one.source else ""
        line = f"{source}{one.chunks.left.strip()} {OPEN}{middle} {CLOSE}{one.chunks.right}"
        return [int(i) for i in self._tokenizer(line.strip())["input_ids"]]

    def _write(self, text: str) -> list[int]:
        """The numbers of a reply's pieces, with the end."""
        if self._pieces is not None:
            return [*self._pieces.ids(self._pieces.target(text)), self._end]
        ids = self._tokenizer(text_target=text.strip(), add_special_tokens=False)["input_ids"]
        return [*(int(i) for i in ids), self._end]

    def _content(self, ids: Sequence[int]) -> list[int]:
        """What was written before the end."""
        stop = ids.index(self._end) if self._end in ids else len(ids)
        return [i for i in ids[:stop] if i != self._pad]

    def _text(self, ids: Sequence[int], one: Prepared) -> str:
        if self._pieces is not None:
            return Pieces.text([self._vocabulary[i] for i in ids])
        text = str(self._tokenizer.decode(ids, skip_special_tokens=True)).strip()
        return f"{one.gap}{text}" if text else ""  # other tokenizers swallow the first space

    def _padded(self, rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
        """(batch, length) numbers and which of them are real."""
        width = max(map(len, rows))
        ids = [[*row, *[self._pad] * (width - len(row))] for row in rows]
        real = [[1] * len(row) + [0] * (width - len(row)) for row in rows]
        return self._torch.tensor(ids), self._torch.tensor(real)


def _vocabulary(model: Path) -> list[str]:
    import sentencepiece

    processor: Any = sentencepiece.SentencePieceProcessor(model_file=str(model))
    return [str(processor.id_to_piece(i)) for i in range(processor.get_piece_size())]
