"""An English word left in the French text.

Why: where an engine does not know a word, or drops out of its language for a moment, it copies.
English words are everywhere in good French too: borrowings, names, titles, quotations. What gives
a leftover away is that English uses it far more than French does, that it stands in lower case in
the middle of a French sentence, or opens one ("However,"), and that nothing marks it as foreign.
English acronyms whose French form differs ("NATO") are leftovers as well.

Examples:
    - Les chercheurs ont trouvé une [[trustworthy]] solution.
    - [[However]], le gouvernement a refusé.
    - Le pays est entré dans l'[[NATO]] en 2004.
    + Le pays est entré dans l'OTAN en 2004.
    - Il a dit que [[they were not]] prêts.
    = Ce chatbot répond aux clients pendant le week-end.
    = Le film « The Way We Were » est sorti en 1973.
    = Elle chante Bridge over Troubled Water à Boston.
    = L'OpenAI Forum, Meta AI et NATO Review sont des noms.

Fix safety: the translation of a word alone is a guess and agrees with nothing around it; only
acronyms have one answer.

Source: frequencies of wordfreq (Speer 2022); acronyms.tsv and loanwords.tsv give theirs line by
line.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages import Token
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import DATA
from mtrepair.languages.fr.names import Names
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words.surroundings import Surroundings
from mtrepair.rules.words.vocabulary import knowledge

RULE = RuleInfo(
    name="untranslated-word",
    group="words",
    severity=Severity.MAJOR,
    summary="an English word left in the French text",
    priority=Priority.WORD,
    needs=frozenset({"lexicon"}),
    # At 0.4: 0.6 alarms in 10,000 words of clean French (290,000 words of ten dev files; the worst,
    # 1.6, in noisy user text), and 38 of 56 findings in mt/dev/wmt_qe_docs are on expert spans. At
    # 0.3 it is 1.3 alarms (2.8 in user text) and 48 of 68.
    threshold=0.4,
)

# What holds an English phrase together. A run of English words with one of these in it is no
# borrowing. Only words that French does not have.
_GLUE = frozenset((
    "the", "and", "of", "to", "with", "for", "from", "by", "at", "is", "are", "was", "were",
    "be", "been", "being", "have", "has", "had", "will", "would", "should", "could", "can",
    "cannot", "this", "that", "these", "those", "they", "them", "their", "his", "her", "its",
    "our", "your", "my", "we", "you", "he", "she", "it", "who", "which", "what", "when",
    "where", "why", "how", "not", "but", "if", "then", "than", "as", "into", "about", "over",
    "under", "after", "before", "during", "between", "through", "because", "while", "although",
    "however", "there", "here", "more", "most", "some", "any", "all", "every", "each", "other",
    "another", "such", "only", "very", "also", "just", "with", "without", "against", "within",
))  # fmt: skip
# Adverbs that open a sentence and name nobody.
_OPENERS = frozenset((
    "meanwhile", "moreover", "furthermore", "nevertheless", "nonetheless", "therefore", "thus",
    "instead", "yet", "still", "later", "earlier", "yesterday", "again", "indeed", "perhaps",
    "maybe", "besides", "otherwise", "hence", "likewise", "overall", "though", "despite",
    "unlike", "since", "until", "today", "tomorrow", "soon", "afterwards", "whereas", "unless",
    "whether",
))  # fmt: skip
_MIN_ENGLISH = 3.0
_HUMPS = re.compile(r"[A-Z]?[a-z]+")


@lru_cache(maxsize=1)
def acronyms() -> dict[str, str]:
    """English acronyms and what French says (acronyms.tsv)."""
    with (DATA / "acronyms.tsv").open(encoding="utf-8", newline="") as file:
        return {row["english"]: row["french"] for row in csv.DictReader(file, delimiter="\t")}


@lru_cache(maxsize=65536)
def englishness(word: str) -> float:
    """How many times more frequent, in powers of ten, a word (lower case) is in English.

    0.0 for what French has too or English hardly uses.
    """
    facts = knowledge(word)
    if facts.french or facts.derived or facts.english < _MIN_ENGLISH:
        return 0.0
    return max(0.0, facts.english - max(facts.zipf, 1.4))


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """English words and phrases, and English acronyms."""
    words = passage.words
    english = [
        i
        for i, token in enumerate(words)
        if englishness(token.text.lower()) > 0 or (token.text in _GLUE and i and _is_near(words, i))
    ]
    glued = [(token, c) for token in words if (c := _glued(token.text)) > 0]
    known = acronyms()
    shorts = [i for i, token in enumerate(words) if token.text in known]
    if not (english or shorts or glued):
        return
    around = Surroundings(passage)
    if not _is_french(words):
        return
    for token, confidence in glued:
        if around.in_code(token) or around.in_quotes(token):
            continue
        yield passage.finding(
            RULE.name,
            Span(token.start, token.end),
            f"“{token.text}” is English",
            severity=RULE.severity,
            confidence=confidence - (0.2 if _count(context, token.text) > 1 else 0.0),
        )
    # A passage that is half English is not French with leftovers.
    if 5 * len(english) < 2 * len(words) or len(words) < 4:
        for run in _runs(english, words, passage.text):
            confidence = _run_confidence(run, words, around, context)
            if confidence > 0:
                first, last = words[run[0]], words[run[-1]]
                text = passage.text[first.start : last.end]
                yield passage.finding(
                    RULE.name,
                    Span(first.start, last.end),
                    f"“{text}” is English",
                    severity=RULE.severity,
                    confidence=confidence,
                )
    for i in shorts:
        confidence = _acronym_confidence(i, words, around, context)
        if confidence > 0:
            token = words[i]
            yield passage.finding(
                RULE.name,
                Span(token.start, token.end),
                f"“{token.text}” is the English acronym, French says {known[token.text]}",
                severity=RULE.severity,
                confidence=confidence,
                evidence={"french": known[token.text]},
            )


def _is_near(words: list[Token], i: int) -> bool:
    """Whether the word before is English; French has some of the grammar words ("not", "her")."""
    return englishness(words[i - 1].text.lower()) > 0


def _is_french(words: list[Token]) -> bool:
    """Whether most words are; a passage in another language is no French with leftovers."""
    lower = [t.text for t in words if t.text.islower() and len(t.text) > 1][:60]
    return 2 * sum(knowledge(text).french for text in lower) >= len(lower)


@lru_cache(maxsize=16384)
def _glued(text: str) -> float:
    """How sure it is that English words were glued or hyphenated by accident, or 0.

    "exercisingWalking" and "bladeThe" come from lost spaces; "iPhone", "YouTube" and "PowerPoint"
    are names; a hyphenated compound must be English in all its parts.
    """
    if text.islower():
        if "-" not in text or knowledge(text).french:
            return 0.0
        pieces = text.split("-")
        strong = sum(englishness(piece) > 0.8 for piece in pieces)
        fits = all(knowledge(p).english >= 3.3 and not _only_french(p) for p in pieces)
        return (0.5 if strong > 1 else 0.4) if strong and fits and len(text) > 7 else 0.0
    pieces = _HUMPS.findall(text)
    if len(pieces) < 2 or "".join(pieces) != text:
        return 0.0
    lower = [piece.lower() for piece in pieces]
    if lower[-1] in _GLUE or any(piece in _GLUE for piece in lower[1:-1]):
        return (
            0.6 if len(pieces[0]) > 2 and lower[-1] not in ("it", "in", "on", "up", "me") else 0.0
        )
    if not all(knowledge(p).english >= 3.3 and len(p) > 3 for p in lower):
        return 0.0
    if not any(englishness(p) > 0.8 for p in lower):
        return 0.0
    return 0.55 if text[0].islower() else 0.3


def _only_french(word: str) -> bool:
    facts = knowledge(word)
    return facts.french and facts.zipf > facts.english + 1


def _runs(english: list[int], words: list[Token], text: str) -> Iterator[list[int]]:
    """English words next to each other, with the ambiguous ones ("a", "on") between them."""
    run: list[int] = []
    for i in english:
        if run and _joined(run[-1], i, words, text):
            run = list(range(run[0], i + 1))
        else:
            if run:
                yield run
            run = [i]
    if run:
        yield run


def _joined(i: int, j: int, words: list[Token], text: str) -> bool:
    if j - i > 2:
        return False
    if not text[words[i].end : words[j].start].replace("'", " ").replace("’", " ").strip():
        return True
    middle = words[i + 1] if j - i == 2 else None
    if middle is None or text[words[i].end : middle.start].strip(" "):
        return False
    return middle.text.lower() in _GLUE and not text[middle.end : words[j].start].strip(" ")


def _run_confidence(
    run: list[int], words: list[Token], around: Surroundings, context: Context
) -> float:
    """How sure it is that a run of English words was left behind; 0 where it is a name."""
    tokens = [words[i] for i in run]
    first, last = tokens[0], tokens[-1]
    if any(around.in_code(token) for token in tokens) or first.text in context.names:
        return 0.0
    opens = around.starts_sentence(first)
    small = [t for t in tokens if t.text.islower()]
    if not small and not (opens and len(tokens) == 1 and first.text.istitle()):
        return 0.0  # capitals are names and titles
    if _capital_beside(run, words, around):
        return 0.0 if len(small) < 4 else 0.3
    if not small:
        return _opening(first, run[0], words, around)
    strengths = [englishness(t.text.lower()) for t in small]
    glue = sum(t.text in _GLUE for t in small)
    if len(small) >= 2:
        confidence = 0.45 + 0.2 * min(glue, 2) + 0.1 * (max(strengths) > 1.5)
    else:
        confidence = _single(small[0].text)
    if around.in_quotes(first) or around.in_quotes(last):
        confidence -= 0.6
    if around.in_parentheses(first):
        confidence -= 0.3
    if _count(context, small[0].text) > 1:  # a term comes back
        confidence -= 0.15
    return max(0.0, round(min(confidence, 0.95), 2))


def _single(word: str) -> float:
    """How sure one word in lower case is left over.

    0.3 is a word ten times more frequent in English, 0.6 a word a hundred times so.
    """
    strength = englishness(word)
    if len(word) < 4 and word not in _GLUE:
        return 0.3 if strength > 2 else 0.0
    facts = knowledge(word)
    confidence = 0.3 * strength + 0.1 * (facts.english - 4.0)
    if facts.zipf < 2:  # French texts do not know it at all
        confidence += 0.1
    return min(confidence, 0.9)


def _opening(token: Token, i: int, words: list[Token], around: Surroundings) -> float:
    """A sentence that opens with an English word: "However, le", "Days après"."""
    word = token.text.lower()
    facts = knowledge(word)
    if i + 1 >= len(words) or not words[i + 1].text.islower() or around.in_quotes(token):
        return 0.0
    following = knowledge(words[i + 1].text)
    if not following.french:
        return 0.0
    between = around.text[token.end : words[i + 1].start]
    if between.strip() not in ("", ","):
        return 0.0
    # Names and brands are English words too ("Apple annonce", "Rose,"); what is no noun or so
    # frequent that nobody is called so is not one.
    if word in _GLUE or word in _OPENERS:
        return 0.8
    # Most words are surnames too; people do not stand before "après" as "Days après" does.
    timed = words[i + 1].text in ("après", "avant", "plus", "auparavant", "durant", "pendant")
    if Names.load().flags(token.text) and not timed:
        return 0.0
    common = facts.english >= 5 and englishness(word) >= 1.5
    return 0.55 if common and word.endswith(("s", "ly", "ing", "ed")) else 0.3


def _capital_beside(run: list[int], words: list[Token], around: Surroundings) -> bool:
    """Whether the run leans on a word with a capital: "Bridge over Troubled Water"."""
    text = around.text
    for i, j in ((run[0], run[0] - 1), (run[-1], run[-1] + 1)):
        if not 0 <= j < len(words):
            continue
        other = words[j]
        gap = text[words[i].end : other.start] if j > i else text[other.end : words[i].start]
        if gap.strip(" &'’-") or other.text.islower() or around.starts_sentence(other):
            continue
        return True
    return any(not words[i].text.islower() for i in run[1:])


def _acronym_confidence(
    i: int, words: list[Token], around: Surroundings, context: Context
) -> float:
    token = words[i]
    if around.in_code(token) or around.in_quotes(token) or token.text in context.names:
        return 0.0
    if _capital_beside([i], words, around):
        return 0.0
    letters = [t.text for t in words if len(t.text) > 2]
    capitals = sum(text.isupper() for text in letters)
    if 2 * capitals > len(letters):  # a heading in capitals
        return 0.0
    if token.text == "UN" and (
        i == 0 or words[i - 1].text.lower() not in ("l'", "l’", "d'", "d’", "des", "les", "aux")
    ):
        return 0.0  # "UN" is the numeral in capitals
    if around.in_parentheses(token):  # the English name stands there with its acronym
        return 0.3
    return 0.7 if words[i - 1 if i else 0].text.islower() else 0.45


def _count(context: Context, word: str) -> int:
    counts = context.cache.get("untranslated-word")
    if not isinstance(counts, Counter):
        counts = Counter(token.text for passage in context.passages for token in passage.words)
        context.cache["untranslated-word"] = counts
    return int(counts[word])


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """What French says for an acronym, and the dictionary's translations of a single word."""
    del context
    known = finding.evidence.get("french")
    text = finding.span.of(passage.text)
    if isinstance(known, str):
        yield Proposal(
            finding=finding,
            edits=(Edit(span=finding.span, text=known),),
            applicability=Applicability.SUGGESTED,
            origin="lexicon",
            score=1.0,
        )
        return
    if " " in text:
        return
    for rank, (word, probability) in enumerate(Dictionary.load().french(text)[:4]):
        clear = not rank and probability >= 0.5
        yield Proposal(
            finding=finding,
            edits=(Edit(span=finding.span, text=word.capitalize() if text.istitle() else word),),
            applicability=Applicability.SUGGESTED if clear else Applicability.DISPLAY,
            origin="dictionary",
            score=probability,
        )
