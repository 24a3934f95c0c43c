"""What files of translation units have in common: decoded text, placeholders, inline tags.

A unit's text is read in two steps. Its format gives :class:`Atom`: stretches of the file with what
they stand for once escapes are decoded. In the decoded text stand things that a translator may not
touch either: placeholders of programs and HTML tags. They become objects (a placeholder stands for
words) or gaps (a bold tag stands for nothing), as in the HTML reader.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from mtrepair.core import OBJECT, ConfigError, Segment
from mtrepair.readers import markup
from mtrepair.readers.builder import Builder
from mtrepair.readers.html import closings, untouched


class Atom(NamedTuple):
    """``[start, end)`` of the document stands for ``seen``; for nothing if that is empty.

    Where the lengths agree every character stands for itself. An object's ``seen`` is one
    :data:`OBJECT`.
    """

    start: int
    end: int
    seen: str


class Mark(NamedTuple):
    """``[start, end)`` of a decoded text is not prose: a gap if ``seen`` is empty, else that."""

    start: int
    end: int
    seen: str


def missing(package: str, name: str) -> ConfigError:
    """The error for a library that is not installed, and that the file ``name`` needs."""
    return ConfigError(f"{name}: this format needs {package}: pip install 'mtrepair[formats]'")


_PLACEHOLDER = re.compile(
    r"""
    # printf(3), Python, Objective-C. A space flag is not taken for one: "50 % des" is prose.
      (?<![\d\u00a0\u202f%])(?<!\d[ ])%(?:\d{1,2}\$)?[-+\#0]{0,4}(?:\d{1,4}|\*)?
        (?:\.(?:\d{1,4}|\*))?(?:hh?|ll?|[Lqjzt])?[@diouxXeEfFgGaAcsp](?![^\W\d_]{2})
    | %\([^()\s%]{1,60}\)[-+\#0\d.]{0,9}[diouxXeEfFgGcrs]
    | (?<![\d%])%L?\d{1,2}(?![\d$%])          # Qt
    | (?<![\d%])%[A-Za-z_][\w.-]{0,59}%       # %name%
    | %%
    | \$[A-Za-z_]\w{0,59}                     # shells, PHP, Perl
    | (?<![\w.])[@!][a-z_]\w{0,59}(?![\w.]*@) # Drupal
    | (?<!\w)(?:[A-Za-z]+:)?``[^`\n]{1,200}``|(?::\w{1,30}:)?`[^`\n]{1,200}`_{0,2}  # RST, Markdown
    | (?<![\w&])\w{0,80}[^\W_]_\w{1,80}(?:\(\))?|(?<!\w)__?\w{1,60}__?(?!\w)  # names of programs
    | (?<!\w)[A-Za-z_]\w{0,80}\(\)
    | \\.                                     # an escape that the format itself does not have
    """,
    re.X,
)
_ENTITY = re.compile(r"&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BRACE = re.compile(r"[{}]")
_FORMATTING = frozenset(
    "a abbr b bdi bdo big cite del dfn em font i ins mark q s small span strike strong sub sup"
    " u".split()
)
"""HTML elements that leave the sentence whole; any other tag interrupts it."""

_ACCELERATOR = re.compile(r"(?<![\w&_])[&_](?=[^\W_])|(?<=[^\W\d_])[&_](?=[^\W\d_])")


def segment(
    document: str,
    atoms: Sequence[Atom],
    *,
    locator: str,
    source: str | None = None,
    accelerator: bool = False,
) -> Segment | None:
    """The segment of a translation unit; None if it holds no words.

    Args:
        atoms: from left to right; what lies between them is not seen.
        source: the original, decoded.
        accelerator: whether the one ``&`` or ``_`` in a menu text marks a key.
    """
    atoms = [atom for atom in atoms if atom.seen]
    text = "".join(atom.seen for atom in atoms)
    if not text:
        return None
    starts = [0, *accumulate(len(atom.seen) for atom in atoms)]

    def first(place: int) -> int:  # where the character at `place` starts in the document
        index = bisect_right(starts, place) - 1
        atom = atoms[index]
        plain = len(atom.seen) == atom.end - atom.start
        return atom.start + place - starts[index] if plain else atom.start

    def last(place: int) -> int:  # where the character before `place` ends
        index = bisect_right(starts, place - 1) - 1
        atom = atoms[index]
        plain = len(atom.seen) == atom.end - atom.start
        return atom.start + place - starts[index] if plain else atom.end

    builder = Builder(document)

    def show(low: int, high: int) -> None:
        index = bisect_right(starts, low) - 1
        while low < high:
            atom, stop = atoms[index], min(high, starts[index + 1])
            if atom.seen == OBJECT:
                builder.hide(atom.start, atom.end)
            elif len(atom.seen) == atom.end - atom.start:
                builder.show(first(low), last(stop))
            else:
                builder.unit(atom.start, atom.end, atom.seen)
            low = stop
            index += 1

    at = 0
    for mark in marks(text, accelerator=accelerator):
        show(at, mark.start)
        if mark.seen == OBJECT:
            builder.hide(first(mark.start), last(mark.end))
        elif mark.seen:
            builder.unit(first(mark.start), last(mark.end), mark.seen)
        at = mark.end
    show(at, len(text))
    made = builder.build()
    if made is None:
        return None
    return replace(made, locator=locator, source=prose(source, accelerator) if source else None)


def prose(text: str, accelerator: bool = False) -> str | None:
    """A decoded source text as its reader sees it; None if nothing is left of it."""
    parts: list[str] = []
    at = 0
    for mark in marks(text, accelerator=accelerator):
        parts += [text[at : mark.start], mark.seen]
        at = mark.end
    parts.append(text[at:])
    return "".join(parts).strip() or None


def marks(text: str, *, accelerator: bool = False) -> list[Mark]:
    """What of a decoded text is not prose, from left to right and apart from each other.

    Takes time linear in the length.
    """
    found: list[Mark] = []
    if "<" in text:
        found += _tags(text)
    if "{" in text:
        found += _braces(text)
    if "&" in text:
        found += [
            Mark(match.start(), match.end(), unescape(match[0]))
            for match in _ENTITY.finditer(text)
            if len(unescape(match[0])) == 1 and unescape(match[0]) != OBJECT
        ]
    found += [Mark(match.start(), match.end(), OBJECT) for match in _PLACEHOLDER.finditer(text)]
    if accelerator:
        found = [mark for mark in found if not _holds_accelerator(text, mark)]
        taken = {mark.start for mark in found}  # the & of an entity marks no key
        keys = [m.start() for m in _ACCELERATOR.finditer(text) if m.start() not in taken]
        if len(keys) == 1:
            found.append(Mark(keys[0], keys[0] + 1, ""))
    return list(_apart(found))


def _holds_accelerator(text: str, mark: Mark) -> bool:
    """Whether a word was taken for the name in a program because of its menu key."""
    word = text[mark.start : mark.end]
    return mark.seen == OBJECT and word.count("_") == 1 and word.replace("_", "").isalpha()


LONGEST_LABEL = 40
"""Code points of a label that may have a menu key: GTK and Qt mark keys in labels, not prose."""


def has_accelerator(text: str, source: str) -> bool:
    """Whether a label and its original both mark a menu key with exactly one ``&`` or ``_``.

    A word that the two share is no label but a name in a program (``max_length``).
    """
    if max(len(text), len(source)) > LONGEST_LABEL:
        return False
    marked = [_ACCELERATOR.findall(_ENTITY.sub(" ", side)) for side in (text, source)]
    if [len(found) for found in marked] != [1, 1] or marked[0] != marked[1]:
        return False
    words = [{word for word in side.split() if marked[0][0] in word} for side in (text, source)]
    return words[0] != words[1]


def _apart(found: Iterable[Mark]) -> Iterator[Mark]:
    """Without marks that begin inside another one; of two that begin together the longer stays."""
    reach = 0
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if mark.start >= reach:
            yield mark
            reach = mark.end


def _tags(text: str) -> Iterator[Mark]:
    stream = list(markup.tokens(text))
    pairs = closings(stream)
    index = 0
    while index < len(stream):
        token = stream[index]
        closing = pairs.get(index)
        if token.kind == "open" and closing is not None and untouched(token, ""):
            yield Mark(token.start, stream[closing].end, OBJECT)
            index = closing
        elif token.kind in ("open", "close"):
            seen = "" if token.name in _FORMATTING else OBJECT
            yield Mark(token.start, token.end, seen)
        elif token.kind == "hidden":
            yield Mark(token.start, token.end, OBJECT)
        index += 1


def _braces(text: str) -> Iterator[Mark]:
    """``{name}``, ``${name}``, ``{{ name }}`` and ICU messages: balanced braces, outermost only."""
    depth = start = 0
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            if depth == 0:
                start = match.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                before = start - 1 if start and text[start - 1] in "$#%@" else start
                yield Mark(before, match.end(), OBJECT)


def is_language(code: str | None, wanted: str) -> bool:
    """Whether a language tag means the wanted language; a missing one may mean any."""
    return not code or re.split("[-_@.]", code.strip().lower())[0] == wanted
