"""The pool asks the model what a document alone would ask, for many at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mtrepair.api import Options
from mtrepair.batch.chunk import Chunk, Key
from mtrepair.batch.pooled import Pool
from mtrepair.batch.settings import Settings
from mtrepair.batch.work import Worker
from mtrepair.core import Span
from mtrepair.rewriters.base import Candidate, Query

pytest.importorskip("greenlet")
pytestmark = pytest.mark.model

TEXT = "Le ministre a annoncé une réforme de la santés publique."


def queries() -> list[list[Query]]:
    first = TEXT.index("santés")
    return [
        [Query(text=TEXT, span=Span(first, first + 6))],
        [],
        [Query(text=TEXT, span=Span(0, 2)), Query(text=TEXT, span=Span(3, 11))],
    ]


def test_answers_go_to_those_who_asked() -> None:
    from mtrepair.rewriters.seq2seq import load

    rewriter = load(threads=1)
    pool = Pool(rewriter)
    got: dict[int, tuple[list[list[Candidate]], list[list[Candidate]]]] = {}
    order: list[int] = []

    @contextmanager
    def around() -> Iterator[None]:
        yield

    def job(place: int) -> None:
        order.append(place)
        asked = queries()[place]
        written = pool.generate(asked, best=2)
        scored = pool.score(asked, [["le"], ["la", "un"]][: len(asked)])
        got[place] = written, scored

    pool.run((around, lambda place=place: job(place)) for place in range(3))
    assert order == [0, 1, 2]
    assert got[1] == ([], [])
    for place in (0, 2):
        asked = queries()[place]
        alone = rewriter.generate(asked, best=2)
        assert [[c.text for c in some] for some in got[place][0]] == [
            [c.text for c in some] for some in alone
        ]
        scored = rewriter.score(asked, [["le"], ["la", "un"]][: len(asked)])
        for ours, theirs in zip(got[place][1], scored, strict=True):
            assert [c.text for c in ours] == [c.text for c in theirs]
            # int8: the last digits depend on the batch
            assert [c.score for c in ours] == pytest.approx([c.score for c in theirs], abs=0.3)
    assert pool.spans == 3
    assert pool.tokens > 0


def test_a_chunk_with_the_model_is_the_same_every_time() -> None:
    settings = Settings(options=Options(proposals="model"), level="suggested")
    worker = Worker(settings, ("jsonl",), ("a",))
    lines = [TEXT, "Tout va bien.", "La pluie la pluie tombe.", TEXT.replace("Le", "La")]
    payload = "".join(f'{{"text": "{text}"}}\n' for text in lines).encode()
    chunk = Chunk(key=Key(0, 0), payload=payload, first=1, size=len(payload))
    first = worker.clean(chunk)
    assert first == worker.clean(chunk)
    assert first.stats["model"]["spans"] > 0
    assert first.stats["records"] == 4
