"""A missing space before a mark or a unit that wants one.

Why: French sets a non-breaking space before : ; ! ? % » and units, and after «; English does not,
and engines copy English.

Examples:
    - Il reste 40[[%]] du budget.
    - Que voulez-vous[[?]]
    - Une centrale de 3[[MW]] tourne.
    = Il est 12:30, voir http://exemple.fr:80/ et std::vector.
    = Le réseau 4G, à 10h et en 1080p.
    - Le mot [[«libre»]] revient.
    + Le mot « libre » revient.
    = Que dit-il? Que veut-elle? Qui vient? Quand? Rien.

A document that itself sets no space (four times or more, and more often than it sets one) has
chosen so, as Canadian texts do before ; ! ? and nothing is reported for that class of marks.

Fix safety: a non-breaking space is added; no word changes.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Ponctuation".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mtrepair.core import OBJECT, Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.fr.typography import CLASSES, NBSP, NNBSP, VARIANTS
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

_CODE = re.compile(r":[\w+-]+:$")
_BARE_QUOTE = re.compile(rf"«([^\s«»][^«»\n]{{0,{QUOTED}}}?)(?<![\s])»")


def _habits(context: Context) -> tuple[frozenset[str], bool]:
    """The classes that are set without a space by choice, and if the document has thin spaces.

    A country that the user has named makes the choice; else the document does.
    """
    region = context.language.region
    if region:
        spaces = VARIANTS[region]
        return frozenset(name for name in CLASSES if not spaces[name]), spaces["high"] == NNBSP
    cached = context.cache.get("missing-nbsp")
    if isinstance(cached, tuple):
        return cached
    without: Counter[str] = Counter()
    having: Counter[str] = Counter()
    thin = wide = 0
    for passage in context.passages:
        thin += passage.text.count(NNBSP)
        wide += passage.text.count(NBSP)
        for name, (missing, there) in CLASSES.items():
            without[name] += sum(1 for _ in missing.finditer(passage.text))
            having[name] += sum(1 for _ in there.finditer(passage.text))
    chosen = frozenset(n for n in CLASSES if without[n] >= CHOICE and without[n] > having[n])
    habits = (chosen, thin > wide)
    context.cache["missing-nbsp"] = habits
    return habits


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Marks without their space, where the document does not leave it out by choice."""
    chosen, _ = _habits(context)
    text = passage.text
    for name, (missing, _there) in CLASSES.items():
        if name in chosen:
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


def _space(context: Context, name: str) -> str:
    """The space before a class of marks: the country's, or the document's, or U+00A0."""
    if context.language.region:
        return VARIANTS[context.language.region][name]
    _, thin = _habits(context)
    return NNBSP if thin and name == "high" else NBSP


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """With the space that the country sets or the document uses."""
    space = _space(context, str(finding.evidence["class"]))
    if finding.evidence.get("pair"):
        places = (finding.span.start + 1, finding.span.end - 1)
        yield Proposal(
            finding=finding,
            edits=tuple(Edit(span=Span(at, at), text=space) for at in places),
            applicability=Applicability.SAFE,
            origin="rule",
        )
        return
    at = finding.span.end if passage.text[finding.span.start] == "«" else finding.span.start
    yield Proposal(
        finding=finding,
        edits=(Edit(span=Span(at, at), text=space),),
        applicability=Applicability.SAFE,
        origin="rule",
    )
