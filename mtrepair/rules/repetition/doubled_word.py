"""A word written twice.

Why: engines and hasty editors repeat a word; a reader stumbles, and nothing is lost without it.
French doubles some words rightly ("nous nous levons", "très très bien"): those stay silent.

Examples:
    - Il est allé [[dans dans]] la maison.
    + Il est allé dans la maison.
    - [[Le le]] chat dort.
    + Le chat dort.
    - Un taux annuel [[effectif effectif]] de 3 %.
    + Un taux annuel effectif de 3 %.
    = Nous nous sommes réunis et vous vous êtes assis.
    = C'est très très bien, mais il faut le faire faire.
    = Duran Duran joue ce soir à Bora Bora.
    = Il a rencontré de De Gaulle à Mac Mahon la La Rochelle.

Fix safety: one copy is deleted. Besides the words of doubling.tsv that French never doubles, words
are taken as errors only in lower case, from four letters on, with nothing but white space between.

Source: sorted by reading every doubled word in 1.1 million words of clean French
(scripts/measure-loops), where 141 of 160 are "nous nous" and "vous vous".
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import OBJECT, Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.rules.calques.translated import translated
from mtrepair.rules.passage import Passage
from mtrepair.rules.repetition.repetition_loop import loops, within
from mtrepair.rules.repetition.wordview import WordView, view
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="doubled-word",
    group="repetition",
    severity=Severity.MAJOR,
    summary="a word written twice",
    priority=Priority.REPETITION,
    threshold=0.5,
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Pairs of equal words with white space alone between them."""
    words = view(passage)
    keys = words.keys
    number = len(keys)
    sure_loops = [run for run, sure in loops(words) if sure >= 0.5]
    index = 0
    while index < number - 1:
        if keys[index] != keys[index + 1]:
            index += 1
            continue
        end = index + 2
        while end < number and keys[end] == keys[index]:
            end += 1
        sure = _confidence(words, index, end)
        doubtful = 0 < sure < RULE.threshold
        if doubtful and _plain(words, index, end) and translated(context):
            sure = _BACKED
        if sure > 0 and not within(sure_loops, index, end):
            yield passage.finding(
                RULE.name,
                Span(words.tokens[index][0], words.tokens[end - 1][1]),
                f"'{words.tokens[index][2]}' twice",
                severity=RULE.severity,
                confidence=sure,
                evidence={"at": index, "to": end},
            )
        index = end


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The word once."""
    del context
    words = view(passage)
    index, end = int(str(finding.evidence["at"])), int(str(finding.evidence["to"]))
    first, last = words.tokens[index], words.tokens[end - 1]
    if first[2].endswith(("'", "’")) or last[2].endswith(("'", "’")):
        cut = Span(first[0], last[0])  # "se s'" -> "s'": the last one fits what follows
    else:
        cut = Span(first[1], last[1])
    yield Proposal(
        finding=finding,
        edits=(Edit(span=cut, text=""),),
        applicability=Applicability.SAFE if finding.confidence >= 0.7 else Applicability.SUGGESTED,
        origin="rule",
    )


_BACKED = 0.6
"""The confidence of a doubtful pair in a document that is word for word from English."""


def _plain(words: WordView, index: int, end: int) -> bool:
    """Whether the words stand inside a sentence, with no capital, and are no "nous nous"."""
    inside = all(words.tokens[place][2].islower() for place in range(index, end))
    return inside and words.keys[index] not in ("nous", "vous")


_LATIN = frozenset("priori posteriori minima maxima contrario fortiori capella cappella".split())


_PRONOUNS = frozenset("je tu il ils".split())


def _confidence(words: WordView, index: int, end: int) -> float:
    """How sure the words [index, end), all the same, are an error; 0 is never shown."""
    key = words.keys[index]
    known = words.known.doubling.get(key)
    surface = [token[2] for token in words.tokens[index:end]]
    if (
        known == "cry"
        or OBJECT in key
        or not key[0].isalpha()
        or (len(key) == 1 and key not in words.known.letters)
    ):
        return 0.0
    if key == "a" and end < len(words.keys) and words.keys[end] in _LATIN:
        return 0.0  # "il y a a priori"
    for place in range(index, end - 1):
        gap = words.gap(place)
        if gap.strip() or (not gap and not surface[place - index].endswith(("'", "’"))):
            return 0.0
        if "\n\n" in gap or "\t" in gap or (len(gap) > 3 and "\n" not in gap):
            return 0.0
    start = words.tokens[index][0]
    before = words.text[start - 1 : start] if start else ""
    if before.isalnum() or before == "-":
        return 0.0  # "la fusée RM-1A a été construite"
    first, second = surface[0], surface[-1]
    if len(first) > 1 and first.isupper() and second.islower():
        return 0.0  # "une DE de 3 ans": an acronym
    if second[0].isupper() and not first.isupper():
        return 0.3 if first[0].islower() and known == "never" and len(key) > 3 else 0.0
    if (
        first[0].isupper()
        and second[0].isupper()
        and not (first.isupper() and len(first) > 1 and known == "never")
        and not (known == "never" and key in _PRONOUNS)
    ):
        return 0.0
    if first[0].isupper() and known != "never":
        return 0.3
    if known == "natural":
        return 0.2
    if known == "never":
        return 0.97 if end - index == 2 else 0.95
    return 0.75 if len(key) > 3 else 0.4
