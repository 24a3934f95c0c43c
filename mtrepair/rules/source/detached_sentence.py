"""A sentence that has nothing to do with its source.

Why: an engine that loses its way writes something fluent of its own, and rows of bilingual files
slip: whoever reads the translation alone sees nothing wrong.

Examples:
    - [[La restauration de la vue reste un rêve pour les malades.]] <= The council voted on Tuesday to close three of the city's public swimming pools.
    - Le conseil a fermé trois piscines. [[Les chats dorment volontiers au soleil.]] <= The council has closed three swimming pools. The mayor promised new buildings before the next election.
    = Le conseil a voté mardi la fermeture de trois piscines de la ville. <= The council voted on Tuesday to close three of the city's public swimming pools.

Fix safety: none; it must be translated anew.

Source: Guerreiro, Voita & Martins 2023 (arXiv:2208.05309), "detached hallucination". They find it by the
distance of sentence embeddings; here no content word of either side has a counterpart on the
other by the word dictionary (data/README.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Severity, Span
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.rules.aligned import aligned
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.source.sides import content, renderings, stems

RULE = RuleInfo(
    name="detached-sentence",
    group="source",
    severity=Severity.CRITICAL,
    summary="a sentence that has nothing to do with its source",
    priority=Priority.NAME,
    needs=frozenset({"source"}),
    threshold=0.5,
)

LEAST = 5
"""Words of the source, small ones apart, that the dictionary must know before their absence tells."""
SHARED = 0.03
"""Share of words on both sides with a counterpart. In scripts/measure-source no pair of mt/dev/
news_systems is at or below it, and three of five pairs of sentences drawn at random are."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Sentences whose part of the source says something else."""
    del context
    source = passage.source
    if not source or len(passage.words) < LEAST:
        return
    left, beads = aligned(passage)
    right = passage.sentences
    for bead in beads:
        if not bead.left or not bead.right or bead.quality > SHARED:
            continue
        english = " ".join(left[i] for i in bead.left)
        span = Span(right[bead.right[0]].start, right[bead.right[-1]].end)
        known = [word for word in content(english) if _known(word)]
        if (
            len(known) < LEAST
            or sum(len(w.text) > 3 for w in passage.words if span.start <= w.start < span.end)
            < LEAST - 1
        ):
            continue
        there = stems(span.of(passage.text))
        if any(renderings(word) & there for word in content(english)):
            continue
        yield passage.finding(
            RULE.name,
            span,
            f"nothing of “{_short(english)}” is here",
            severity=RULE.severity,
            confidence=round(min(0.97, 0.6 + 0.04 * (len(known) - LEAST)), 2),
            evidence={"source": english},
        )


def _known(word: str) -> bool:
    low = word.lower()
    french = Dictionary.load().french
    return bool(french(low) or french(low.removesuffix("s")))


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"
