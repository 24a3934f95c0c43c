"""A name written in several ways in one document.

Why: An engine works sentence by sentence and may write a name with its capitals in one and without
them in the next; a reader takes the two for different things, and a search finds only half.

Examples:
    - Spotify et LinkedIn grandissent. [[Linkedin]] recrute.
    + Spotify et LinkedIn grandissent. LinkedIn recrute.
    - Le cours de YouTube monte ; [[Youtube]] est cher.
    + Le cours de YouTube monte ; YouTube est cher.
    - Anjali Deshmukh a écrit le rapport. Pour Mme [[Deshmuk]], il est temps.
    + Anjali Deshmukh a écrit le rapport. Pour Mme Deshmukh, il est temps.
    - Diane Okonkwo préside le jury. Mme [[Okonkwa]] est médecin.
    + Diane Okonkwo préside le jury. Mme Okonkwo est médecin.
    = LinkedIn grandit. LinkedIn recrute.
    = Paul Martin et Martine Martins sont venus ; Mme Marti aussi.
    = Le Web est grand. Le web est petit.
    = La France et FRANCE INFO.

Fix safety: only the capitals change, to the form that the source, the user's names or a list of
known spellings gives; where only the document itself decides, the fix is a suggestion.

Source: EU Interinstitutional Style Guide, 10.1, on one form of a name throughout a text.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages import Token
from mtrepair.languages.spelling import bare
from mtrepair.rules.names import titled
from mtrepair.rules.names.misspelt import misspelt
from mtrepair.rules.names.remains import is_common
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="inconsistent-name",
    group="names",
    severity=Severity.MINOR,
    summary="a name written in several ways in one document",
    priority=Priority.NAME,
    scope="document",
    threshold=0.5,
)

SPELLINGS = Path(__file__).parent / "spellings.tsv"
_INNER = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]|[A-ZÀ-Þ]{2,}[a-zß-ÿ]")


@lru_cache(maxsize=1)
def spellings() -> dict[str, str]:
    """Lower-case names to their owners' spelling."""
    lines = SPELLINGS.read_text("utf-8").splitlines()[1:]
    return {line.split("\t")[0].lower(): line.split("\t")[0] for line in lines}


def detect_document(passages: Sequence[Passage], context: Context) -> Iterator[Finding]:
    """The rarer or wrong forms of names that occur with different capitals."""
    places: dict[str, list[tuple[Passage, Token]]] = defaultdict(list)
    for passage in passages:
        for token in passage.words:
            if len(token.text) >= 4 and not token.text.islower():
                places[token.low].append((passage, token))
    given = {name.lower(): name for name in context.names}
    for key, found in places.items():
        forms = Counter(token.text for _, token in found)
        source = _in_source(key, [passage for passage, _ in found])
        right, sure = _right(forms, given.get(key), source, spellings().get(key))
        if right is None:
            continue
        for passage, token in found:
            wrong = token.text != right and token.text != right.upper()
            if not wrong or _is_name_of_file(passage, token):
                continue
            yield passage.finding(
                RULE.name,
                Span(token.start, token.end),
                f"elsewhere “{right}”",
                severity=RULE.severity,
                confidence=0.95 if sure else 0.7,
                evidence={"name": right, "sure": sure},
            )
    reported: set[tuple[int, int]] = set()
    for passage, token, right in (
        *misspelt(passages, frozenset(context.names)),
        *(
            (one, token, right)
            for one in passages
            for token, right in titled.misspelt(one, context)
        ),
    ):
        if (passage.index, token.start) in reported:
            continue
        reported.add((passage.index, token.start))
        yield passage.finding(
            RULE.name,
            Span(token.start, token.end),
            f"elsewhere “{right}”",
            severity=RULE.severity if bare(right) == bare(token.text) else Severity.MAJOR,
            confidence=0.7,
            evidence={"name": right, "sure": False},
        )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The form that the rest of the document, or an authority, has."""
    del passage, context
    yield Proposal(
        finding=finding,
        edits=(Edit(span=finding.span, text=str(finding.evidence["name"])),),
        applicability=(Applicability.SAFE if finding.evidence["sure"] else Applicability.SUGGESTED),
        origin="names",
        score=finding.confidence,
    )


def _right(
    forms: Counter[str], given: str | None, source: str | None, known: str | None
) -> tuple[str | None, bool]:
    """The form to write, and whether anyone but the document says so."""
    for authority in (given, source):
        if authority is not None and _INNER.search(authority):
            return authority, True
    inner = [form for form in forms if _INNER.search(form) and not form.isupper()]
    plain = [form for form in forms if form[0].isupper() and form[1:].islower()]
    if not inner or not plain or is_common(plain[0]):
        return None, False  # one form, or case that only stresses ("FRANCE", "Web")
    if known is not None:
        return known, True
    best = max(inner, key=lambda form: (forms[form], form))
    # "McDonald" and "Mcdonald": inner capitals are lost more often than made up, but React that is
    # once ReAct has two meanings
    attested = forms[best] >= max(forms[form] for form in plain)
    return (best if attested else None), False


def _in_source(key: str, passages: Sequence[Passage]) -> str | None:
    forms: Counter[str] = Counter()
    for passage in passages:
        if passage.source and key in passage.source.lower():
            forms.update(re.findall(rf"(?i)\b{re.escape(key)}\b", passage.source))
    return forms.most_common(1)[0][0] if len(forms) == 1 else None


def _is_name_of_file(passage: Passage, token: Token) -> bool:
    """Whether the word is part of an address or an identifier."""
    around = passage.text[max(0, token.start - 1) : token.start]
    behind = passage.text[token.end : token.end + 2]
    return (
        around in ("/", "@", "#", "_", ".")
        or behind[:1] in ("/", "_", "(")
        or (behind[:1] == "." and behind[1:2].isalpha())
    )
