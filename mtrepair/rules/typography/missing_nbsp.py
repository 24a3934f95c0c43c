"""A missing space before a mark or a unit that wants one.

Why: French sets a non-breaking space before : ; ! ? % » and units, and after «; English does not,
and engines copy English.

Examples:
    - Il reste 40[[%]] du budget.
    - Que voulez-vous[[?]]
    - Une centrale de 3[[MW]] tourne.
    - Il en a acheté 24[[;]] elle en vend.
    = Il est 12:30, voir http://exemple.fr:80/ et std::vector.
    = Le réseau 4G, à 10h et en 1080p.
    - Le mot [[«libre»]] revient.
    + Le mot « libre » revient.
    = Que dit-il? Que veut-elle? Qui vient? Quand? Rien.

A document that itself sets no space (four times or more, and more often than it sets one) has
chosen so, as Canadian texts do before ; ! ? and nothing is reported for that class of marks.

Fix safety: a space is added; no word changes. It is the one that the document sets before its
marks: non-breaking, thin or plain. Where it leaves it out as often as not, the fix is applied only
when it is asked for; where it sets none anywhere, the fix is shown and not applied, because nothing
says whose house style the text follows. A country that the user has named (`fr-FR`, `fr-CA`) does.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Ponctuation".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mtrepair.core import OBJECT, Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.fr.typography import CLASSES, NBSP, NNBSP, SPACES, VARIANTS
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="missing-nbsp",
    group="typography",
    severity=Severity.MINOR,
    summary="a missing space before : ; ! ? % » or a unit",
    priority=Priority.TYPOGRAPHY,
    reach="sentence",
)

CHOICE = 4
"""So many marks without their space, and fewer with one, are a choice and no slip. A translation
of a page has two or three question marks, all as the engine left them."""

QUOTED = 60
"""Code points of a quotation whose two marks are reported as one finding."""

_SIGNS = {"high": ";!?", "colon": ":", "percent": "%‰", "quote": "«»", "unit": "0123456789"}
_CODE = re.compile(r":[\w+-]+:$")
_BARE_QUOTE = re.compile(rf"«([^\s«»][^«»\n]{{0,{QUOTED}}}?)(?<![\s])»")


@dataclass(frozen=True, slots=True)
class _Custom:
    """How a document sets its marks.

    Attributes:
        without: the classes that are set without a space by choice.
        spaces: the space before (inside, for quotation marks) each class of marks.
        level: how far that may be trusted: SAFE where the user or most of the document says so,
            SUGGESTED where some of it does, DISPLAY where nothing shows any custom.
    """

    without: frozenset[str]
    spaces: Mapping[str, str]
    level: Applicability


def _custom(context: Context) -> _Custom:
    """What the user's country asks for; else what the document does, looked at once."""
    region = context.language.region
    if region:
        spaces = VARIANTS[region]
        return _Custom(
            frozenset(name for name in CLASSES if not spaces[name]), spaces, Applicability.SAFE
        )
    found = context.cache.get("missing-nbsp")
    if not isinstance(found, _Custom):
        found = context.cache["missing-nbsp"] = _observed(context)
    return found


def _observed(context: Context) -> _Custom:
    without: Counter[str] = Counter()
    having: dict[str, Counter[str]] = {name: Counter() for name in CLASSES}
    for passage in context.passages:
        text = passage.text
        for name, (missing, there) in CLASSES.items():
            if _has_sign(name, text):
                without[name] += sum(1 for _ in missing.finditer(text))
                having[name].update(_space_at(text, m.start()) for m in there.finditer(text))
    chosen = frozenset(
        n for n in CLASSES if without[n] >= CHOICE and without[n] > having[n].total()
    )
    whole = sum(having.values(), Counter())
    usual = max(SPACES, key=lambda space: whole[space]) if whole else NBSP
    thin = usual == NNBSP  # belongs to high marks alone
    spaces = {
        name: max(SPACES, key=lambda space, own=own: own[space])  # type: ignore[misc]
        if (own := having[name])
        else (NBSP if thin and name != "high" else usual)
        for name in CLASSES
    }
    level = Applicability.DISPLAY
    if whole:
        most = whole.total() > without.total()
        level = Applicability.SAFE if most else Applicability.SUGGESTED
    return _Custom(chosen, spaces, level)


def _has_sign(name: str, text: str) -> bool:
    """Whether a text can have a mark of the class at all; most have none, and this is quick."""
    return any(sign in text for sign in _SIGNS[name])


def _space_at(text: str, at: int) -> str:
    """The space beside a mark of which a pattern has found the place."""
    return text[at] if text[at : at + 1] in SPACES else text[at - 1]


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Marks without their space, where the document does not leave it out by choice."""
    text = passage.text
    for name, (missing, _there) in CLASSES.items():
        if not _has_sign(name, text) or name in _custom(context).without:
            continue
        paired: set[int] = set()
        if name == "quote":
            for match in _BARE_QUOTE.finditer(text):
                span = Span(*match.span())
                if OBJECT in match[0]:
                    continue
                paired |= {span.start + 1, span.end - 1}
                yield passage.finding(
                    RULE.name,
                    span,
                    "no spaces inside « »",
                    severity=RULE.severity,
                    evidence={"class": name, "pair": True},
                )
        for match in missing.finditer(text):
            start, end = match.span()
            if start in paired:
                continue
            if start == end:
                # An inner space of quotation marks: the mark itself is shown.
                start, end = (start - 1, start) if text[start - 1] == "«" else (start, start + 1)
            if any(o.start < end and start < o.end for o in _objects(passage)):
                continue
            # ":smiley:" is a code.
            if name == "colon" and _CODE.search(text, max(0, start - 30), end):
                continue
            yield passage.finding(
                RULE.name,
                Span(start, end),
                f"no space {'after' if text[start] == '«' else 'before'} “{text[start:end]}”",
                severity=RULE.severity,
                evidence={"class": name},
            )


def _objects(passage: Passage) -> list[Span]:
    if not any(mark in passage.text for mark in ("://", "@", "www.", "\ufffc")):
        return []
    return [Span(t.start, t.end) for t in passage.tokens if t.kind == "object"]


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """With the space that the country sets or the document uses."""
    custom = _custom(context)
    space = custom.spaces[str(finding.evidence["class"])]
    if finding.evidence.get("pair"):
        places = (finding.span.start + 1, finding.span.end - 1)
        yield Proposal(
            finding=finding,
            edits=tuple(Edit(span=Span(at, at), text=space) for at in places),
            applicability=custom.level,
            origin="rule",
        )
        return
    at = finding.span.end if passage.text[finding.span.start] == "«" else finding.span.start
    yield Proposal(
        finding=finding,
        edits=(Edit(span=Span(at, at), text=space),),
        applicability=custom.level,
        origin="rule",
    )
