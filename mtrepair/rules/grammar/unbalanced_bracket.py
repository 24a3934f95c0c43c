"""A bracket or quotation mark that opens and does not close, or the other way round.

Why: engines drop one mark of a pair, or leave it where the words it belonged to were.

Examples:
    - Le vélo [[(]]rouge est dans le garage avec la voiture.
    - Il a dit [[«]] bonjour à tout le monde hier.
    - La caisse est vide[[)]] depuis ce matin.
    = a) le vélo, b) la voiture, 1) le train
    = Il sourit :) et s'en va ;-)
    = Le trou (de 12" de large) est là.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, « Parenthèses ».
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Finding, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="unbalanced-bracket",
    group="grammar",
    severity=Severity.MINOR,
    summary="a bracket or quotation mark without its partner",
    priority=Priority.TYPOGRAPHY,
    status="preview",
)

_PAIRS = {"(": ")", "[": "]", "«": "»"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
# "a)", "1)", "iv)", smileys, and what looks like code keep no balance.
_ENUMERATOR = re.compile(r"(?:^|[\s(,;:.)])(?:\w{1,3}|\d+(?:\.\d+)*[a-z]?)°?\)\Z")
_SMILEY = re.compile(r"[:;=8xX]['-]?[()\[\]]")
_CODE = re.compile(r"[{}<>=\\|`]|\w\(|\(\)|::|->")


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Marks of a passage that find no partner in it; a passage with code in it is left alone."""
    del context
    text = passage.text
    if not any(mark in text for mark in "()[]«»") or _CODE.search(text):
        return
    smileys = {i for match in _SMILEY.finditer(text) for i in range(*match.span())}
    opened: list[int] = []
    alone: list[int] = []
    for at, mark in enumerate(text):
        if at in smileys:
            continue
        if mark in _PAIRS:
            opened.append(at)
        elif mark in _CLOSING:
            if opened and text[opened[-1]] == _CLOSING[mark]:
                opened.pop()
            elif _ENUMERATOR.search(text, max(0, at - 8), at + 1):
                continue
            else:
                alone.append(at)
    # « opens each paragraph of a long quotation, and a passage may end inside one.
    alone += [at for at in opened if text[at] != "«" or text[:at].strip()]
    if len(alone) != 1:
        return  # several: crossed or nested in ways of their own
    at = alone[0]
    yield passage.finding(
        RULE.name,
        Span(at, at + 1),
        f"“{text[at]}” has no partner",
        severity=RULE.severity,
    )
