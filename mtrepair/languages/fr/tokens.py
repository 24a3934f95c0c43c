"""French text as words, numbers and marks, with exact positions.

- An elided word keeps its apostrophe, straight or curly, and stands alone: ``l'`` + ``eau``,
  ``jusqu’`` + ``ici``; in ``aujourd'hui`` and ``prud'homme`` the apostrophe belongs to the word.
- Hyphens join: ``porte-monnaie`` and ``donne-t-il`` are one word each; :func:`parts` cuts them.

The rest is as :mod:`mtrepair.languages.tokens` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.languages.base import Token
from mtrepair.languages.tokens import LETTERS, tokenizer

# What precedes an apostrophe is looked at only where there is one: trying "lorsqu'" and its like
# before each word costs half the time.
_ELISION = r"""
    (?: (?: (?<=\b[ldjmtnscçLDJMTNSCÇ]) | (?<=\b[Qq]u) | (?<=\bQU) | (?<=\b[Jj]usqu)
            | (?<=\b[Ll]orsqu) | (?<=\b[Pp]uisqu) | (?<=\b[Qq]uoiqu)
            | (?<=\b[Qq]uelqu) ) ['’] (?=[^\W_]|["«“*_(\ufffc])
        | (?: (?<=\b[Aa]ujourd)['’]hui | (?<=\b[Pp]rud)['’]hom | (?<=\b[Pp]resqu)['’]île
            | (?<=\b[Gg]rand)['’](?:mère|chose|rue) ) [^\W\d_]* )?
"""
tokens = tokenizer(_ELISION, domains="fr|ca|eu")
_PART = re.compile(LETTERS)


def parts(word: Token) -> Iterator[Token]:
    """The pieces of a hyphenated word, each with its place in the text.

    >>> [part.text for part in parts(*tokens("donne-t-il"))]
    ['donne', 't', 'il']
    """
    for match in _PART.finditer(word.text):
        start, end = match.span()
        yield Token(word.start + start, word.start + end, match[0], "word", word.low[start:end])
