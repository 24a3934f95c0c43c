"""Putting a name into a French sentence: determiner, contraction and elision around it."""

from __future__ import annotations

import re

from mtrepair.core import Edit, Span
from mtrepair.languages.fr.names import plain

DETERMINERS = frozenset("""le la les l' l’ un une du des au aux""".split())
"""Words that a broken name may have got in front; the names of people take none."""

# du fils Masayoshi -> de Masayoshi Son
_CONTRACTED = {"du": "de", "des": "de", "au": "à", "aux": "à"}
_BEFORE = re.compile(r"(?<![\w'’-])(de|que|d['’]|qu['’]) ?$", re.I)


def elides(name: str) -> bool:
    """Whether "de" becomes "d'" before the name (no name in h is taken for mute)."""
    return plain(name)[:1] in set("aeiou")


def put(text: str, span: Span, name: str) -> Edit:
    """The edit that writes ``name`` in place of the words at ``span``.

    A contracted determiner at its start leaves its preposition ("au fils X" -> "à X Son"); a "de"
    or "que" before it is elided or written out as the name wants it.
    """
    start, new = span.start, name
    first = re.match(r"(\w+)\s", span.of(text))
    if first and first[1].lower() in _CONTRACTED:
        preposition = _CONTRACTED[first[1].lower()]
        if preposition == "de" and elides(name):
            new = f"d’{name}" if "’" in text else f"d'{name}"
        else:
            new = f"{preposition} {name}"
        return Edit(span=span, text=new)
    before = _BEFORE.search(text, max(0, start - 4), start)
    if before:
        word = before[1]
        full = word[:-1] + "e" if word[-1] in "'’" else word
        if elides(name) and word[-1] not in "'’":
            start, new = before.start(), full[:-1] + ("’" if "’" in text else "'") + name
        elif not elides(name) and word[-1] in "'’":
            start, new = before.start(), f"{full} {name}"
    return Edit(span=Span(start, span.end), text=new)
