"""Real errors of weak engines, found by what else is known of the same sentence.

An independent reference paraphrases; its differences from a translation are mostly no errors. Where
stronger engines have translated the sentence too, a place counts when one of them writes other
words there, the reference or another strong engine has these words too, and none of them has the
weak engine's (:func:`errors`):

    weak    Il a pris [place] à Paris.      [place -> lieu]
    strong  Il a eu [lieu] à Paris.
    ref     La réunion a eu lieu à Paris.

Where there is a reference alone, a place counts when the words around it agree and what the weak
engine writes there is no translation of the source by the dictionary, and the reference's is
(:func:`against`).
"""

from __future__ import annotations

import itertools
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from mtrepair.core import Span
from mtrepair.train.corrupt import Damage, Translate

FILE = "mt/train/news_systems.jsonl.xz"
"""Outputs of four engines with references: Mozilla's evaluation of firefox-translations-models
(MPL-2.0; texts of the WMT and IWSLT tests)."""

APERTIUM = "mt/train/apertium.jsonl.xz"
"""What scripts/translate-apertium makes; not among the sources, since anyone can make it."""

WEAK = "bergamot-tiny"
LONGEST = 4
"""Words on either side of a difference; longer ones are other sentences, not errors."""

ALIKE = 0.5
"""Least share of words that a translation and its reference have in common."""

SHORT = 3
AROUND = 2
"""Most words of a place that is judged by a reference alone, and fewest that agree beside it."""

_ADDRESSED = frozenset({"tu", "te", "t'", "toi", "vous", "ton", "ta", "tes", "votre", "vos"})
"""An English source does not say which of the two it is."""

_WORD = re.compile(r"[^\W_]+['’]?")
_CHUNK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Errors:
    """Errors with their source sentences, by the engine that made them."""

    engine: list[tuple[Damage, str]] = field(default_factory=list)
    apertium: list[tuple[Damage, str]] = field(default_factory=list)


def read(folder: Path, translate: Translate) -> Errors:
    """The errors found in ``folder``; none of an engine whose file is absent.

    Args:
        translate: French translations of an English word.
    """
    found = Errors()
    groups: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in _rows(folder / FILE):
        groups[row["src"]][row["system"]] = row
    for source, systems in groups.items():
        weak = systems.get(WEAK)
        strong = [row["mt"] for name, row in systems.items() if name != WEAK]
        if weak is not None and strong:
            made = errors(weak["mt"], strong, weak.get("ref"))
            found.engine.extend((one, source) for one in made)
    for row in _rows(folder / APERTIUM):
        source, reference = row["src"], row.get("ref")
        if systems := groups.get(source, {}):
            strong = [row["mt"] for row in systems.values()]
            both = places(row["mt"], strong, reference, deletions=False)
            made = (one for one in itertools.chain.from_iterable(both) if one is not None)
        elif reference:
            made = against(row["mt"], reference, source, translate)
        else:
            continue
        found.apertium.extend((one, source) for one in made)
    return found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if path.is_file():
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def errors(weak: str, strong: Sequence[str], reference: str | None) -> Iterator[Damage]:
    """The places of ``weak`` that are wrong by the measure above; the first strong text answers."""
    return (made for made, _ in places(weak, strong, reference))


def places(
    weak: str, strong: Sequence[str], reference: str | None, *, deletions: bool = True
) -> Iterator[tuple[Damage, Damage | None]]:
    """Each error among the others of ``weak``, and alone in the text that answers it.

    Args:
        deletions: whether a place may be wrong by being there at all; it has no second form.
    """
    chunks = list(_CHUNK.finditer(weak))
    old = [chunk[0] for chunk in chunks]
    taken: set[int] = set()
    for number, other in enumerate(strong):
        witnesses = [text for i, text in enumerate(strong) if i != number]
        if reference:
            witnesses.append(reference)
        known = [set(_words(text)) for text in witnesses]
        new = other.split()
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        if not known or matcher.ratio() < 0.5:
            continue
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal" or not 0 < b - a <= LONGEST or d - c > LONGEST:
                continue
            wrong, right = _words(" ".join(old[a:b])), _words(" ".join(new[c:d]))
            gone, come = set(wrong) - set(right), set(right) - set(wrong)
            if not gone or taken & set(range(a, b)):
                continue
            if any(gone & words for words in known) or not any(come <= words for words in known):
                continue
            if not come and (len(known) < 2 or not deletions):
                continue  # a deletion needs more than one witness
            taken |= set(range(a, b))
            span = Span(chunks[a].start(), chunks[b - 1].end())
            made = Damage("real", weak, span, " ".join(new[c:d]))
            yield made, _moved(made, other, c, d) if d > c else None


def _moved(made: Damage, text: str, first: int, last: int) -> Damage:
    """The error in the place of chunks ``first`` to ``last`` of the text that answers it."""
    chunks = list(_CHUNK.finditer(text))
    start, end = chunks[first].start(), chunks[last - 1].end()
    wrong = made.span.of(made.text)
    whole = text[:start] + wrong + text[end:]
    return Damage(made.kind, whole, Span(start, start + len(wrong)), text[start:end])


def against(weak: str, reference: str, source: str, translate: Translate) -> Iterator[Damage]:
    """The places of ``weak`` that are wrong by the reference and the dictionary.

    Words of two letters or fewer, articles and the like, need only agreement around them.
    """
    chunks = list(_CHUNK.finditer(weak))
    old, new = [chunk[0] for chunk in chunks], reference.split()
    first, second = ([" ".join(_words(word)) or word for word in text] for text in (old, new))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < ALIKE:
        return
    sense: set[str] = set()
    for word in _words(source):
        sense.update(translate(word))
    codes = matcher.get_opcodes()
    for before, (tag, a, b, c, d), after in zip(codes, codes[1:], codes[2:], strict=False):
        if tag != "replace" or b - a > SHORT or d - c > SHORT:
            continue
        if before[2] - before[1] < AROUND or after[2] - after[1] < AROUND:
            continue
        wrong, right = _words(" ".join(old[a:b])), _words(" ".join(new[c:d]))
        gone, come = set(wrong) - set(right), set(right) - set(wrong)
        if not gone or not come or come & _ADDRESSED:
            continue
        if gone & sense or not {word for word in come if len(word) > 3} <= sense:
            continue
        span = Span(chunks[a].start(), chunks[b - 1].end())
        yield Damage("real", weak, span, " ".join(new[c:d]))


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]
