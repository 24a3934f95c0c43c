"""A word that no language has.

Why: a neural engine builds its words from pieces, and where it loses its way the pieces make
nothing; people misspell. What a dictionary does not know is mostly names, terms and foreign words,
so only what stands one slip from a common word is reported; an unknown word with nothing near it is
shown to reviewers alone.

Examples:
    - La [[econmía]] del país crece.
    + La economía del país crece.
    - Todos conocen la [[situacion]] actual.
    + Todos conocen la situación actual.
    = Un ciberataque dejó sin servicio el microblog.
    = El término «econmía» está mal escrito.
    = Ejecute numpy.zeros o git_clone y compre por unos 30 kwh.

Fix safety: a correction is a guess by spelling and frequency; it may be another word than the one
that was meant. It is applied only when asked for.

Source: Damerau 1964 (one slip away).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages import Language, Token
from mtrepair.languages.spelling import bare, near
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words.counts import counts
from mtrepair.rules.words.surroundings import Surroundings

RULE = RuleInfo(
    name="non-word",
    group="words",
    severity=Severity.MAJOR,
    summary="a word that no language has",
    priority=Priority.WORD,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    threshold=0.5,
)


LONGEST = 40
"""Letters of the longest word that is looked at: what is near it takes their square in time."""


@lru_cache(maxsize=4096)
def neighbours(word: str, language: Language) -> tuple[tuple[str, float], ...]:
    """Known words one slip from a word in lower case, the likeliest first."""
    return near(word, language.lexicon, language.letters)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Unknown words in lower case that nothing explains."""
    lexicon = context.language.lexicon
    around: Surroundings | None = None
    for i, token in enumerate(passage.words):
        word = token.text
        if not 4 <= len(word) <= LONGEST or not (word.islower() and word.isalpha()):
            continue
        if word in lexicon:
            continue
        around = around or Surroundings(passage)
        if around.in_code(token) or around.in_quotes(token) or word in context.names:
            continue
        sure = _confidence(i, passage.words, context)
        sure -= 0.3 * (around.abbreviated(token) + around.in_parentheses(token))
        if sure > 0:
            yield passage.finding(
                RULE.name,
                Span(token.start, token.end),
                f"“{word}” is no word",
                severity=RULE.severity,
                confidence=round(sure, 2),
            )


def _confidence(i: int, words: Sequence[Token], context: Context) -> float:
    """How sure it is that the ``i``-th word, which the lexicon lacks, is none."""
    lexicon, word = context.language.lexicon, words[i].text
    zipf, close = lexicon.zipf(word), neighbours(word, context.language)
    if lexicon.english_zipf(word) >= 2:
        return 0.0
    best = close[0][0] if close else ""
    if best and bare(best) == word and lexicon.zipf(best) >= max(3.0, zipf + 1):
        sure = 0.8  # an accent was lost
    else:
        # The list of frequencies counts the web: what it has often somebody means.
        common = bool(best) and lexicon.zipf(best) >= 3.5 and len(word) > 5
        sure = (0.75 if common else 0.3) - 0.5 * max(0.0, zipf - 1.4)
    if any(_is_foreign(words, i, j, context) for j in (i - 1, i + 1)):
        sure -= 0.4
    if counts(context)[word] > 1:  # a term comes back, a slip seldom does
        sure -= 0.3
    return sure


def _is_foreign(words: Sequence[Token], i: int, j: int, context: Context) -> bool:
    """Whether the neighbour ``j`` is unknown too: "Homo sapiens", "kwanza angoleño"."""
    if not 0 <= j < len(words):
        return False
    first, second = sorted((words[i], words[j]))
    word = words[j].text
    return second.start - first.end <= 1 < len(word) and word not in context.language.lexicon


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """Known words near the unknown one, the likeliest first."""
    close = neighbours(finding.span.of(passage.text), context.language)[:4]
    # One clear candidate may be applied on demand; among several equals a person must choose.
    clear = bool(close) and (len(close) == 1 or close[0][1] - close[1][1] >= 1)
    for rank, (form, score) in enumerate(close):
        yield Proposal(
            finding=finding,
            edits=(Edit(span=finding.span, text=form),),
            applicability=Applicability.SUGGESTED if clear and not rank else Applicability.DISPLAY,
            origin="lexicon",
            score=score,
        )
