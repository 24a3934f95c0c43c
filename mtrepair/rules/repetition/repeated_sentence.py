"""A sentence or paragraph that stands there twice.

Why: document translation repeats a sentence at the border of two chunks, and language models say a
sentence again. The second copy adds nothing.

Examples:
    - Le maire a signé l'accord hier soir. [[Le maire a signé l'accord hier soir.]] Il est content.
    + Le maire a signé l'accord hier soir. Il est content.
    = Il est parti. Il est parti.
    = « Tu viendras demain avec ta sœur. » « Tu viendras demain avec ta sœur. »

Fix safety: only a copy directly after its original, letter for letter the same, is deleted; one
that stands farther away is shown, not changed.

Source: own observation of document translations; six words are the length from which none was
repeated in clean text but in lists, forms and refrains (scripts/measure-loops).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtrepair.core import OBJECT, Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="repeated-sentence",
    group="repetition",
    severity=Severity.MAJOR,
    summary="a sentence or paragraph that stands there twice",
    priority=Priority.REPETITION,
    scope="document",
    threshold=0.5,
)

LEAST = 6
"""Words of a sentence."""

LEAST_PARAGRAPH = 25
"""Words of a paragraph that is repeated farther away."""

_QUOTES = frozenset('«»“”"–—')


def detect_document(passages: Sequence[Passage], context: Context) -> Iterator[Finding]:
    """Sentences that repeat the one before, and paragraphs that repeat an earlier one."""
    del context
    earlier: dict[str, int] = {}
    before: tuple[str, int] | None = None
    for passage in passages:
        if passage.segment.kind not in ("paragraph", "item"):
            before = None
            continue
        text = passage.text.strip()
        whole = " ".join(text.split())
        length = whole.count(" ") + 1
        enough = length >= LEAST_PARAGRAPH or (_prose(whole) if whole else False)
        if enough and OBJECT not in text:
            adjacent = earlier.get(whole, -2) == passage.index - 1
            if adjacent or (length >= LEAST_PARAGRAPH and whole in earlier):
                yield passage.finding(
                    RULE.name,
                    _stripped(passage.text),
                    "the same paragraph as before" if adjacent else "a paragraph said before",
                    severity=RULE.severity,
                    confidence=0.9 if adjacent else 0.55,
                    evidence={"kind": "paragraph"},
                )
                before = None
                continue
            earlier[whole] = passage.index
        if length < 2 * LEAST:
            continue
        before = None
        for span in passage.sentences:
            sentence = span.of(passage.text)
            key = " ".join(sentence.split())
            if before is not None and key == before[0] and _prose(key):
                yield passage.finding(
                    RULE.name,
                    span,
                    "the same sentence again",
                    severity=RULE.severity,
                    confidence=0.95,
                    evidence={"kind": "sentence", "after": before[1]},
                )
            before = (key, span.end)


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """Without the copy."""
    del passage, context
    if finding.evidence["kind"] != "sentence":
        return
    after = int(str(finding.evidence["after"]))
    yield Proposal(
        finding=finding,
        edits=(Edit(span=Span(after, finding.span.end), text=""),),
        applicability=Applicability.SAFE,
        origin="rule",
    )


def _prose(key: str) -> bool:
    return (
        key.count(" ") + 1 >= LEAST
        and key[-1] in ".!?…"
        and OBJECT not in key
        and not _QUOTES & set(key)
        and sum(c.isdigit() for c in key) * 4 < len(key)
    )


def _stripped(text: str) -> Span:
    start = len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))
