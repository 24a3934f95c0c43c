"""Articles in which every error is marked, as corpora/articles has them."""

from __future__ import annotations

import re
from pathlib import Path

from mtrepair.core import Span
from mtrepair.languages import load
from mtrepair.rules.learned.marks import Question
from mtrepair.score.spans import GoldSpan
from mtrepair.train.detect_evaluate import Case

MARK = re.compile(r"\[\[(.*?)\|\|(.*?)\|\|(\w+)\]\]", re.DOTALL)

Places = list[tuple[int, int, str]]
"""Start, end and kind of errors, in code points."""


def parts(marked: str) -> tuple[str, str, Places]:
    """The garbled article, the right one, and the places and kinds of its errors.

    Args:
        marked: the text with errors as ``[[wrong||right||kind]]``.
    """
    garbled, at = "", 0
    spans: Places = []
    for match in MARK.finditer(marked):
        garbled += marked[at : match.start()]
        start = len(garbled)
        garbled += match[1]
        # what is missing is touched by its neighbours
        spans.append((start - (not match[1]), len(garbled) + (not match[1]), match[3]))
        at = match.end()
    return garbled + marked[at:], MARK.sub(lambda match: match[2], marked), spans


def cases(folder: Path) -> list[Case]:
    """The sentences of the garbled articles of a folder, and of the same as they should be."""
    language = load("fr")
    found: list[Case] = []
    for path in sorted(folder.glob("[0-9]*.txt")):
        garbled, right, places = parts(path.read_text("utf-8"))
        for text, errors in ((garbled, places), (right, [])):
            for sentence in _sentences(text):
                tokens = tuple((t.start, t.end) for t in language.tokens(sentence.of(text)))
                gold = tuple(
                    GoldSpan(
                        span=Span(
                            max(0, start - sentence.start),
                            min(len(sentence), end - sentence.start),
                        ),
                        kind=kind,
                        severity="major",
                    )
                    for start, end, kind in errors
                    if start < sentence.end and end > sentence.start
                )
                question = Question(sentence.of(text), tokens)
                found.append(Case(question, gold, (), path.stem, folder.name))
    return found


def _sentences(text: str) -> list[Span]:
    language, at = load("fr"), 0
    found: list[Span] = []
    for paragraph in text.split("\n"):
        found += [span.shift(at) for span in language.sentences(paragraph) if paragraph.strip()]
        at += len(paragraph) + 1
    return found
