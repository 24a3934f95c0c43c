"""The detector's marks for the passages of a document, asked for once and in batches.

A passage is judged sentence by sentence, as the detector was trained. With a source of several
sentences the n-th sentence gets the n-th where their numbers are equal, else the words of the
source around the sentence's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from mtrepair.core import Span
from mtrepair.rewriters.pieces import cut_source
from mtrepair.rules.learned.marks import Detector, Mark, Question
from mtrepair.rules.learned.reading import fits
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context
from mtrepair.rules.words.habits import habits

_KEY = "learned-error/judged"
_PASSAGES = 256
"""Passages that are judged together when the first of them is asked for."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A judged sentence: where it stands in its passage, and the marks, counting in the passage."""

    span: Span
    marks: list[Mark]


def judged(passage: Passage, context: Context, detector: Detector) -> list[Sentence]:
    """The passage's sentences with their marks.

    The document's other passages are judged with it, once; a passage that the gate made up is
    judged by itself.
    """
    known = cast("dict[tuple[str, str | None], list[Sentence]]", context.cache.setdefault(_KEY, {}))
    key = passage.text, passage.source
    if key not in known:
        index = passage.index
        wanted: dict[tuple[str, str | None], Passage] = {key: passage}
        if index < len(context.passages) and context.passages[index] is passage:
            for other in context.passages[index : index + _PASSAGES]:
                if (other.text, other.source) not in known:
                    wanted.setdefault((other.text, other.source), other)
        suited = detector.suited(article=habits(context).article())
        known.update(zip(wanted, _judge(list(wanted.values()), suited), strict=True))
    return known[key]


def _judge(passages: Sequence[Passage], detector: Detector) -> list[list[Sentence]]:
    asked: list[tuple[int, Span, Question]] = []
    for number, passage in enumerate(passages):
        for span, question in questions(passage):
            asked.append((number, span, question))
    found: list[list[Sentence]] = [[] for _ in passages]
    answers = detector.mark([question for _, _, question in asked])
    for (number, span, _), marks in zip(asked, answers, strict=True):
        moved = [
            Mark(mark.span.shift(span.start), mark.bad, mark.gap, mark.kind, mark.severity)
            for mark in marks
        ]
        found[number].append(Sentence(span, moved))
    return found


def questions(passage: Passage) -> list[tuple[Span, Question]]:
    """The passage's sentences, cut where they are too long for the model."""
    sentences = passage.sentences
    sources = _sources(passage, sentences)
    found: list[tuple[Span, Question]] = []
    tokens = [(token.start, token.end) for token in passage.tokens]
    at = 0
    for sentence, source in zip(sentences, sources, strict=True):
        inside: list[tuple[int, int]] = []
        while at < len(tokens) and tokens[at][0] < sentence.end:
            if tokens[at][0] >= sentence.start:
                inside.append(tokens[at])
            at += 1
        first = 0
        while first < len(inside):
            last = fits(inside, first)
            span = Span(inside[first][0], inside[last - 1][1])
            own = tuple((a - span.start, b - span.start) for a, b in inside[first:last])
            found.append((span, Question(span.of(passage.text), own, source)))
            first = last
    return found


def _sources(passage: Passage, sentences: Sequence[Span]) -> list[str | None]:
    source = passage.source
    if not source or not source.strip():
        return [None] * len(sentences)
    theirs = [span.of(source) for span in passage.language.sentences(source)]
    if len(theirs) == len(sentences):
        return list(theirs)
    size = max(1, len(passage.text))
    return [cut_source(source, (s.start + s.end) / 2 / size) for s in sentences]
