"""What must not be lost: numbers, addresses, placeholders, names, brackets and quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from mtrepair.core import OBJECT
from mtrepair.verify.check import Trial

_NUMBER = re.compile(r"\d+(?:[.,:/\u00a0\u202f ]\d+)*")
# "$40" and "$2 millions" are sums, "$1" may be a variable.
# A mail address starts where its run of characters does: a long run without "@" is tried once.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>»”\"]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+|\{\w*\}|%[sd]|\$[^\W\d]\w*"
    r"|\$\d(?!\w|[.,]\d| milli)"
)
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"), ("“", "”"))
_NAME = re.compile(r"(?<![.!?…:«\"“\-–—] )(?<!^)(?<![\w'’-])[A-ZÀ-ÖØ-ÞŒŸ]\w*", re.M)


def _numbers(text: str) -> Iterable[str]:
    return (re.sub(r"[\u00a0\u202f ]", "", match[0]) for match in _NUMBER.finditer(text))


def _kept(trial: Trial, before: Iterable[str], after: Iterable[str]) -> bool:
    """Every item survives; inside a repetition one copy of it is enough."""
    if trial.rule.info.group == "repetition":
        return set(before) <= set(after)
    return Counter(before) == Counter(after)


_CHANGED = "number-changed"


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


_SCALE = re.compile(r"\bmilli(?:on|ard|er)(?=s?\b)", re.IGNORECASE)


def _rescaled(trial: Trial) -> bool:
    """Whether a "million" or "milliard" is gone; only a rule that has the source may change it."""
    if trial.rule.info.group in ("source", "repetition"):
        return False
    before = Counter(scale.lower() for scale in _SCALE.findall(trial.passage.text))
    return bool(before - Counter(scale.lower() for scale in _SCALE.findall(trial.edited.text)))


def numbers(trial: Trial) -> str | None:
    """Numbers survive with their scale; where the format may be what is wrong, their digits do."""
    if _rescaled(trial):
        return _CHANGED
    if trial.rule.info.group == "typography":
        return None if _digits(trial.passage.text) == _digits(trial.edited.text) else _CHANGED
    if _kept(trial, _numbers(trial.passage.text), _numbers(trial.edited.text)):
        return None
    return _CHANGED


def addresses(trial: Trial) -> str | None:
    """Every URL, mail address and placeholder survives."""
    before = _ADDRESS.findall(trial.passage.text)
    if _kept(trial, before, _ADDRESS.findall(trial.edited.text)):
        return None
    return "address-changed"


def objects(trial: Trial) -> str | None:
    """No edit touches code or other text that is not prose."""
    for edit in trial.edits:
        if OBJECT in edit.span.of(trial.passage.text) or OBJECT in edit.text:
            return "touches-code"
    return None


def names(trial: Trial) -> str | None:
    """Every name that the rule is not about survives, and so do the user's names."""
    text, edited = trial.passage.text, trial.edited.text
    for name in trial.context.names:
        if name in text and name not in edited:
            return "name-lost"
    group = trial.rule.info.group
    if group in ("names", "words"):
        return None
    if text.lower() == edited.lower():
        return None  # only the case has changed
    missing = set(_NAME.findall(text)) - set(re.findall(r"\w+", edited))
    return "name-lost" if missing else None


def pairs(trial: Trial) -> str | None:
    """Brackets and quotes are not less balanced than before."""
    for opening, closing in _PAIRS:
        before = abs(trial.passage.text.count(opening) - trial.passage.text.count(closing))
        after = abs(trial.edited.text.count(opening) - trial.edited.text.count(closing))
        if after > before:
            return "unbalanced"
    return None
