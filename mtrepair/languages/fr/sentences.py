"""French sentences, by their marks."""

from __future__ import annotations

from mtrepair.core import Span
from mtrepair.languages.sentences import sentences as cut

_ABBREVIATIONS = frozenset(
    """m mm mme mlle mlles mmes dr drs pr me mgr st ste av apr env ex p pp cf art al chap coll dir
    fig hab ibid id janv févr avr juil sept oct nov déc n no nos op réf sq suiv t tél tom v vol vs
    éd c.-à-d i.e e.g j.-c""".split()
)


def sentences(text: str) -> list[Span]:
    """The sentences of a text, without the white space around them."""
    return cut(text, _ABBREVIATIONS)
