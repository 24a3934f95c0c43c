"""The source denies, the translation affirms.

Why: a lost "not" turns the meaning round and leaves a perfect sentence.

Examples:
    - [[Le]] ministre a signé le décret. <= The minister did not sign the decree.
    = Le ministre n'a pas signé le décret. <= The minister did not sign the decree.
    = Le ministre a refusé de signer. <= The minister did not sign.
    = Le ministre et non seulement lui a signé. <= The minister, and not only him, signed.

Fix safety: none.

Source: MQM (themqm.org), "Mistranslation"; negation as an error class of its own in machine
translation: Tang et al. 2021 (arXiv:2107.12203).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Finding, Severity
from mtrepair.languages.fr.grammar import categories
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.lazy import lazy
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.source.sides import place

RULE = RuleInfo(
    name="lost-negation",
    group="source",
    severity=Severity.CRITICAL,
    summary="the source denies, the translation affirms",
    priority=Priority.NAME,
    needs=frozenset({"source"}),
    threshold=0.5,
)

LONGEST = 160
"""Code points of a source beyond which a denial can be said in too many ways."""

# "don't" in front of a verb; what follows softens it or makes it no negation at all.
_DENIED = lazy(
    r"\b(?:(?:do|does|did|is|are|was|were|has|have|had|will|can|could|should|must)"
    r"(?:n['’]t|\s+not)|cannot|can['’]t|won['’]t|don['’]t|never)\b(?!\s+(?:only|just|least|merely|simply|necessarily"
    r"|until|before|too|that|but|to mention|all|fail|hesitate|forget|miss|help|deny|doubt|without"
    r"|unlike|un\w+|exceed|over|more|less|any|be able|yet|know|have to|need|want|like|agree|allow))",
    re.I,
)
_TAG = lazy(r",\s*\w+n['’]t\s+\w+\s*\?|^\s*\w+n['’]t\b|\?\s*$|whether or not", re.I)
_DENIES = lazy(
    r"\b(?:ne|non|pas|jamais|rien|aucun\w*|personne|sans|ni|guère|nul\w*|sauf|faute|hors|loin"
    r"|contrairement|absen\w+|manqu\w+|refus\w+|empêch\w+|évit\w+|interdi\w+|ignor\w+|échou\w+"
    r"|cess\w+|exclu\w*|exempt\w*|abst\w+|renonc\w+|défen\w+|dépourv\w+|priv[eé]\w*|peu|moins"
    r"|seul\w*|uniquement|plutôt|tard|rare\w*|difficil\w*|erreur|faux|fausse|perd\w+|zéro|vain"
    r"|arrêt\w+|impossible\w*|contre|oubli\w+|dout\w+)\b"
    r"|\bn['’]",
    re.I,
)
_PREFIX = re.compile(r"(?:in|im|ir|il|dé|dés|dis|mal|mé|non)(?=[a-zéè]{4})")


def _denies(passage: Passage) -> bool:
    """Whether a word denies, or its prefix does: "incapable", "défavorable"."""
    if _DENIES().search(passage.text):
        return True
    lexicon = Lexicon.load()
    for token in passage.words:
        low = token.low
        prefix = _PREFIX.match(low)
        if prefix and low[prefix.end() :] in lexicon and "A" in categories(low):
            return True
    return False


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """A denial in the source and no word in the translation that could render it."""
    del context
    source = passage.source
    if not source or len(passage.words) < 4 or len(source) > LONGEST or _TAG().search(source):
        return
    denied = _DENIED().search(source)
    if denied is None or _denies(passage):
        return
    yield passage.finding(
        RULE.name,
        place(passage),
        f"the source says “{denied[0]}”; nothing here denies",
        severity=RULE.severity,
        confidence=0.7,
        evidence={"source": denied[0]},
    )
