"""English words left in the text.

Why: where an engine does not know a word, or drops out of its language for a moment, it copies.
English words are everywhere in good texts too: borrowings, names, titles, quotations. What gives a
leftover away is that English uses it far more than the language does, that it stands in lower case
and that nothing marks it as foreign; side by side such words are surer than one alone.

Examples:
    - El informe es [[trustworthy]] y completo.
    - Dijo que [[they were not]] preparados.
    - [[However]], el gobierno se negó.
    = El chatbot responde online a los fans del club.
    = El libro «The way we were» salió en 1973.
    = Cantó Bridge over Troubled Water en el New York Times Center.

Fix safety: none; the words have to be translated.

Source: frequencies of wordfreq (Speer 2022).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtrepair.core import OBJECT, Finding, Severity, Span
from mtrepair.languages import Lexicon, Token
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words.counts import counts
from mtrepair.rules.words.english import GLUE
from mtrepair.rules.words.surroundings import Surroundings

RULE = RuleInfo(
    name="untranslated-word",
    group="words",
    severity=Severity.MAJOR,
    summary="English words left in the text",
    priority=Priority.WORD,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    threshold=0.5,
)

_OPENERS = frozenset(
    """although because besides despite furthermore hence however if indeed instead meanwhile
    moreover nevertheless nonetheless otherwise perhaps therefore though thus unless unlike when
    whereas while""".split()
)
"""Words that open a sentence and name nobody."""

SURPLUS = 1.5
"""By how many powers of ten a leftover is more frequent in English."""
_UNHEARD = 1.4
TERM = 2
"""A word that a document has more often than this is a term of it."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """English words in lower case and runs of them, and English words that open a sentence."""
    words, lexicon = passage.words, context.language.lexicon
    found = [i for i, token in enumerate(words) if _is_english(token.text, lexicon)]
    if not found:
        return
    around = Surroundings(passage)
    for run in _runs(found, words, passage.text):
        first, last = words[run[0]], words[run[-1]]
        text = passage.text[first.start : last.end]
        if any(around.in_quotes(t) or t.text in context.names for t in (first, last)):
            continue
        if any(phrase in lexicon for phrase in _phrases(run, words)):
            continue
        sure = _confidence(run, words, around, lexicon)
        if len(run) == 1 and counts(context)[text] > TERM:
            sure -= 0.2
        if passage.source is not None and text in passage.source:
            sure += 0.2
        if sure > 0:
            yield passage.finding(
                RULE.name,
                Span(first.start, last.end),
                f"“{text}” is English",
                severity=RULE.severity,
                confidence=round(min(sure, 0.95), 2),
            )


def _phrases(run: range, words: Sequence[Token]) -> Iterator[str]:
    """A run by itself and with the word before or after it: "low cost", "au pair"."""
    for start, stop in ((run[0], run[-1]), (run[0] - 1, run[-1]), (run[0], run[-1] + 1)):
        if start >= 0 and stop < len(words):
            yield " ".join(token.text for token in words[start : stop + 1])


def _is_english(word: str, lexicon: Lexicon) -> bool:
    low = word.lower()
    if len(word) < 2 or not word.isascii() or not (word.islower() or low in _OPENERS):
        return False
    english = lexicon.english_zipf(low)
    if english < 3.5 or low in lexicon:
        return False
    return english - max(lexicon.zipf(low), _UNHEARD) >= SURPLUS


def _runs(found: Sequence[int], words: Sequence[Token], text: str) -> Iterator[range]:
    """English words with nothing but spaces, and at most one small word, between them."""
    start = last = found[0]
    for i in found[1:]:
        between = text[words[last].end : words[i].start]
        small = i - last == 2 and words[last + 1].text in (*GLUE, "a", "in", "no", "on", "me")
        if (i - last == 1 and not between.strip(" ")) or (small and between.count(" ") == 2):
            last = i
            continue
        yield range(start, last + 1)
        start = last = i
    yield range(start, last + 1)


def _confidence(
    run: range, words: Sequence[Token], around: Surroundings, lexicon: Lexicon
) -> float:
    """How sure it is that a run of words was left behind."""
    first, last = words[run[0]], words[run[-1]]
    beside = around.text[max(0, first.start - 2) : first.start] + around.text[last.end :][:2]
    if around.in_code(first) or around.in_code(last) or OBJECT in beside:
        return 0.0
    for i, j in ((run[0], run[0] - 1), (run[-1], run[-1] + 1)):
        if 0 <= j < len(words) and not words[j].text[0].islower():
            between = (words[j].end, words[i].start) if j < i else (words[i].end, words[j].start)
            if not around.text[slice(*between)].strip(" -&'’") and not around.starts_sentence(
                words[j]
            ):
                return 0.2  # beside a capital: a title or a name
    if first.text[0].isupper():  # one that opens a sentence
        after = around.text[last.end : last.end + 1]
        return 0.8 if around.starts_sentence(first) and (len(run) > 1 or after == ",") else 0.0
    if len(run) > 1:
        glue = sum(words[i].text in GLUE for i in run)
        return 0.6 + 0.1 * min(glue, 2) - (0.2 if around.in_parentheses(first) else 0.0)
    more = lexicon.english_zipf(first.text) - max(lexicon.zipf(first.text), _UNHEARD)
    sure = 0.5 if more >= SURPLUS + 0.5 else 0.35
    return sure - (0.2 if around.in_parentheses(first) else 0.0)
