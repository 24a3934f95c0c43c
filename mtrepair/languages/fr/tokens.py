"""French text as words, numbers and marks, with exact positions.

Rules of cutting:

- An elided word keeps its apostrophe, straight or curly, and stands alone: ``l'`` + ``eau``,
  ``jusqu’`` + ``ici``; in ``aujourd'hui`` and ``prud'homme`` the apostrophe belongs to the word.
- Hyphens join: ``porte-monnaie`` and ``donne-t-il`` are one word each; :func:`parts` cuts them.
- A combining accent or soft hyphen belongs to the letter before it.
- Letters glued to digits are cut from them: ``2GW`` is a number and a word.
- Addresses, file names, handles and runs of U+FFFC are ``object``: no rule takes their parts for
  words.
- White space is between tokens, never in one.

Speed: some 400,000 words a second on one core.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.languages.base import Token

_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f\u00ad]+[^\W\d_]*)*"
_OBJECTS = r"""
    (?P<object> \ufffc+ | (?:[Hh]ttps?://|www\.)[^\s<>«»"]*[^\s<>«»".,;:!?)\]'’]
      | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ | [@\#][^\W\d]\w*
      | \w+(?:[.-]\w+)*\.(?:com|org|net|fr|ca|eu|io|html?|pdf|txt|py|js|exe)\b )
  | """
# The letters come first and what precedes an apostrophe is looked at only where there is one:
# trying "lorsqu'" and its like before each word costs half the time.
_WORDS = rf"""
    (?P<word> {_LETTERS}(?:[-‑]{_LETTERS})*
      (?: (?: (?<=\b[ldjmtnscçLDJMTNSCÇ]) | (?<=\b[Qq]u) | (?<=\bQU) | (?<=\b[Jj]usqu)
            | (?<=\b[Ll]orsqu) | (?<=\b[Pp]uisqu) | (?<=\b[Qq]uoiqu)
            | (?<=\b[Qq]uelqu) ) ['’] (?=[^\W_]|["«“*_(\ufffc])
        | (?: (?<=\b[Aa]ujourd)['’]hui | (?<=\b[Pp]rud)['’]hom | (?<=\b[Pp]resqu)['’]île
            | (?<=\b[Gg]rand)['’](?:mère|chose|rue) ) [^\W\d_]* )? )
  | (?P<number> \d+(?:[.,:/\u00a0\u202f]\d+)* )
  | (?P<punct> \.\.\.|[^\w\s]|_ )
"""
_PLAIN = re.compile(_WORDS, re.X)
_FULL = re.compile(_OBJECTS + _WORDS, re.X)
# Most text has no object, and looking for one at each token would halve the speed.
_MAY_HOLD_OBJECT = re.compile(
    r"[\ufffc@#]|://|www\.|\w\.(?:com|org|net|fr|ca|eu|io|html?|pdf|txt|py|js|exe)\b"
)
_PART = re.compile(_LETTERS)


def tokens(text: str) -> list[Token]:
    """The tokens of a text, from left to right."""
    pattern = _FULL if _MAY_HOLD_OBJECT.search(text) else _PLAIN
    # Token(...) runs Python code for each token, tuple.__new__ does not: 30 % of the whole time.
    return [
        tuple.__new__(Token, (match.start(), match.end(), match[0], match.lastgroup))
        for match in pattern.finditer(text)
    ]


def parts(word: Token) -> Iterator[Token]:
    """The pieces of a hyphenated word, each with its place in the text.

    >>> [part.text for part in parts(Token(4, 14, "donne-t-il", "word"))]
    ['donne', 't', 'il']
    """
    for match in _PART.finditer(word.text):
        yield Token(word.start + match.start(), word.start + match.end(), match[0], "word")
