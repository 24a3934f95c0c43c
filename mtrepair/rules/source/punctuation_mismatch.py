"""A mark of the source that the translation lost.

Why: without its mark a question is a statement; brackets that are gone leave an aside as text.

Examples:
    - Est-ce que le train est [[parti.]] <= Has the train left?
    + Est-ce que le train est parti ? <= Has the train left?
    = Le train est-il parti ? <= Has the train left?
    = Je me demande si le train est parti. <= I wonder whether the train has left.

Fix safety: the question mark in place of the full stop at the very end; applied when asked for.

Source: MQM (themqm.org), "Punctuation".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="punctuation-mismatch",
    group="source",
    severity=Severity.MINOR,
    summary="a mark of the source that the translation lost",
    priority=Priority.TYPOGRAPHY,
    needs=frozenset({"source"}),
    threshold=0.5,
)

_ASKS = re.compile(r"\?[\s\"”’')\]]*\Z")
_LAST = re.compile(r"(\w+)\s*(\.?)\s*\Z")


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """A single question that ends as a statement."""
    del context
    source, text = passage.source, passage.text
    if not source or "?" in text or ";" in text[-3:]:
        return
    if source.count("?") != 1 or not _ASKS.search(source) or source.count(". "):
        return
    last = _LAST.search(text)
    if last is None or len(passage.words) < 3:
        return
    yield passage.finding(
        RULE.name,
        Span(last.start(), last.end()),
        "the source asks",
        severity=RULE.severity,
        confidence=0.8,
    )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The question mark, with the space before it that French has."""
    del context
    text = finding.span.of(passage.text)
    space = next((s for s in ("\u202f", "\u00a0") if s in passage.text), " ")
    yield Proposal(
        finding=finding,
        edits=(
            Edit(span=finding.span, text=text.rstrip().removesuffix(".").rstrip() + f"{space}?"),
        ),
        applicability=Applicability.SUGGESTED,
        origin="rule",
        score=1.0,
    )
