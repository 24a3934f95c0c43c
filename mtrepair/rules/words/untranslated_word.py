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
    - Il a dit que [[that]] le projet est prêt.
    + Il a dit que le projet est prêt.
    = Ce chatbot répond aux clients pendant le week-end.
    = Le film « The Way We Were » est sorti en 1973.
    = Le journal Economic Times et le Morning Herald en parlent.
    = Un article de LA Weekly et un autre de Yahoo! News en parlent.
    = Elle chante Bridge over Troubled Water à Boston.
    = Le prix récompense cette année Julian Cope, Jose Luis Moreno et le groupe Meat Loaf.
    = L'OpenAI Forum, Meta AI et NATO Review sont des noms.

Fix safety: the translation of a word alone is a guess and agrees with nothing around it; only
acronyms have one answer.

Source: frequencies of wordfreq (Speer 2022); acronyms.tsv and loanwords.tsv give theirs line by
line; leftover.py says how a word's evidence becomes a probability.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from weakref import WeakKeyDictionary

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages import Token
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.grammar import DETERMINERS
from mtrepair.languages.fr.lexicon import DATA
from mtrepair.languages.fr.names import Names
from mtrepair.rules.calques.translated import translated
from mtrepair.rules.offers import in_turn
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.together import asked_once
from mtrepair.rules.words import leftover
from mtrepair.rules.words.days import days
from mtrepair.rules.words.english import GLUE, englishness, form
from mtrepair.rules.words.habits import Habits, habits
from mtrepair.rules.words.surroundings import Surroundings
from mtrepair.rules.words.vocabulary import knowledge

RULE = RuleInfo(
    name="untranslated-word",
    group="words",
    severity=Severity.MAJOR,
    summary="an English word left in the French text",
    priority=Priority.WORD,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    # At 0.3: 2.3 alarms in 10,000 words of clean French; of 353 words so flagged in
    # mt/dev/wmt_qe_docs 64 in 100 are on an expert's span; at 0.25 3.6 alarms, 422 and 61
    # (docs/measured/leftovers.txt).
    threshold=0.3,
)

# Adverbs that open a sentence and name nobody.
_OPENERS = frozenset((
    "meanwhile", "moreover", "furthermore", "nevertheless", "nonetheless", "therefore", "thus",
    "instead", "yet", "still", "later", "earlier", "yesterday", "again", "indeed", "perhaps",
    "maybe", "besides", "otherwise", "hence", "likewise", "overall", "though", "despite",
    "unlike", "since", "until", "today", "tomorrow", "soon", "afterwards", "whereas", "unless",
    "whether",
))  # fmt: skip
_COPIED = 0.25
"""What a word of the source adds when the translation has it too. Of the words of
parallel/train that both sides share and that are candidates, people kept them; see
``docs/words.md``."""
_STUCK = 0.4
"""For "runningWalking" in a text without the signs of code; names in camel case start high."""
_CAPITAL = 0.5
"""What a word with a capital needs in the prose of a short text that has no other English: of 404
below it in 15,000 sentences of a weak engine's news (mt/train), each alone, 92 in 100 are names
that other engines kept too; of 288 in mt/train/wmt_qe_docs 128 are on an expert's span."""
_BARE = 0.4
"""For a frequent English word between French ones in prose that has no other. In
1.85 million words of people there are six: three slips, three that are meant."""
_FREQUENT = 3.5  # zipf
_FAR = 1.0
"""By how many powers of ten it must be more frequent in English."""
_SOME_CODE, _MORE_CODE = 0.12, 0.4
_TECHNICAL = 0.015
_SOME_ENGLISH = 0.4
"""Signs of code and other English words per 100 words (log1p) of a text that is no prose."""
_TRANSLATED = 0.1
_SOUNDS = frozenset(("roll", "am"))
_MENTIONED = frozenset(
    """mot mots terme termes appelé appelée appelés appelées nommé nommée dit dite verbe nom
    anglais avec comme paramètre fonction commande option type module champ attribut variable format
    langage attribut objet balise bloc méthode propriété clé valeur instruction instructions
    argument arguments paramètres clause clauses commandes syntaxe chaîne crochet paquet utilitaire
    dossier colonne section requis alias statement fonctions options types modules champs attributs
    variables objets blocs méthodes valeurs dossiers colonnes sections paquets outil onglet bouton
    menu fichier répertoire via stash git""".split()
)
"""What stands before a word that is mentioned, and before names of code."""
_SHORT = 40
"""Words of a text that is a sentence or two by itself; in documents of clean French the capitals
made no difference (0.13 alarms in 10,000 words with and without)."""
_FLOOR = 0.15
"""A neighbour of a flagged word joins it from this probability on."""


@lru_cache(maxsize=1)
def acronyms() -> dict[str, str]:
    """English acronyms and what French says (acronyms.tsv)."""
    with (DATA / "acronyms.tsv").open(encoding="utf-8", newline="") as file:
        return {row["english"]: row["french"] for row in csv.DictReader(file, delimiter="\t")}


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """English words and phrases, English acronyms, and days of a trial with an English letter."""
    for span, french in days(passage, context):
        yield passage.finding(
            RULE.name,
            span,
            f"“{span.of(passage.text)}” counts days in English, French says {french}",
            severity=Severity.MINOR,
            confidence=0.6,
            evidence={"french": french},
        )
    words = passage.words
    asked = asked_once(passage, context, _seen, _ask)
    if asked is None:
        return
    around = Surroundings(passage)
    scores = _scores(asked, words, around, context)
    for run in _runs(scores, words, passage.text):
        if _masthead(run, words):
            continue
        confidence = _run_confidence(run, scores, words, around)
        if _like_name(run, words, habits(context), around, confidence):
            confidence = min(confidence, RULE.threshold - 0.05)
        if confidence > 0:
            first, last = words[run[0]], words[run[-1]]
            yield passage.finding(
                RULE.name,
                Span(first.start, last.end),
                _message(passage.text[first.start : last.end]),
                severity=RULE.severity,
                confidence=confidence,
            )
    known = acronyms()
    for i in asked.shorts:
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


_MEDIA = frozenset(
    """News Weekly Times Post Daily Herald Tribune Magazine Review Records Studios Pictures
    Press""".split()
)


_PAPERS = frozenset(("Times", "Herald", "Tribune", "Gazette", "Chronicle"))
"""What hardly anything but a paper is called by."""


def _masthead(run: Sequence[int], words: Sequence[Token]) -> bool:
    """Whether a run is or ends the name of a paper or a label.

    "Economic Times"; "LA Weekly", "Yahoo! News".
    """
    texts = [words[i].text for i in run]
    if len(texts) > 1 and texts[-1] in _PAPERS and all(text[0].isupper() for text in texts):
        return True
    before = words[run[0] - 1].text if run[0] else ""
    return before[:1].isupper() and all(text in _MEDIA for text in texts)


def _like_name(
    run: Sequence[int],
    words: Sequence[Token],
    document: Habits,
    around: Surroundings,
    confidence: float,
) -> bool:
    """Whether only words with capitals are meant, in running prose in French.

    A document of some length that has no code and hardly any other English words is prose as well,
    where capitals make names: "le St Brigid's Medical Centre", "Skyward Pacific commande".
    """
    first, last = words[run[0]], words[run[-1]]
    if first.text[0].islower() or last.text[0].islower():
        return False
    if any(words[i].text[0].islower() and words[i].text not in GLUE for i in run):
        return False
    if document.article() and document.code() <= _MORE_CODE:
        opens = around.starts_sentence(first) and len(run) == 1
        return not opens or confidence < _CAPITAL  # "However, le", "Days après"
    if confidence >= _CAPITAL or any(words[i].text[0].islower() for i in run):
        return False
    if len(words) < 8 or sum(t.text[0].isupper() for t in words) > 0.3 * len(words):
        return False
    name = first.text
    if document.length <= _SHORT:
        return not (document.english(name) or document.glued(name))
    few = document.foreign(name) <= _MOST * document.length
    return few and not document.glued(name) and document.code() <= _MORE_CODE


def _message(text: str) -> str:
    shape = form(text) if " " not in text else None
    if shape is not None and shape.pieces > 1 and not shape.hyphened:
        return f"“{text}” is words stuck together"
    return f"“{text}” is English"


def _is_french(words: Sequence[Token]) -> bool:
    """Whether most words are; a passage in another language is no French with leftovers."""
    lower = [t.text for t in words if t.text.islower() and len(t.text) > 1][:60]
    return 2 * sum(knowledge(text).french for text in lower) >= len(lower)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a passage is asked about, by the indices of its words.

    Attributes:
        chances: how likely the trees hold it that a word was left over.
        seen: the evidence for it.
        shorts: English acronyms.
    """

    chances: dict[int, float]
    seen: dict[int, dict[str, float]]
    shorts: list[int]


_seen: WeakKeyDictionary[Passage, _Asked | None] = WeakKeyDictionary()


def _ask(passages: Sequence[Passage], context: Context) -> list[_Asked | None]:
    """For each passage what is asked; None if that is nothing or the passage is not in French."""
    found = [_candidates(passage, context) for passage in passages]
    seen = [e for one in found if one for e in one[0].values()]
    chances = iter(leftover.probabilities(seen, plain=_is_plain(habits(context))))
    return [one and _Asked({i: next(chances) for i in one[0]}, *one) for one in found]


def _candidates(
    passage: Passage, context: Context
) -> tuple[dict[int, dict[str, float]], list[int]] | None:
    """The evidence for the words that may be left over, and the acronyms."""
    words = passage.words
    known = acronyms()
    shorts = [i for i, token in enumerate(words) if token.text in known]
    candidates = [i for i, token in enumerate(words) if leftover.candidate(token.text)]
    if not (candidates or shorts) or not _is_french(words):
        return None
    around = Surroundings(passage)
    document = habits(context)
    evidence = {
        i: leftover.evidence(i, words, around, document)
        for i in candidates
        if words[i].text not in context.names
        and not around.in_quotes(words[i])
        and not _in_title(i, words, around)
        and not passage.text[words[i].start - 1 : words[i].start].isdigit()  # "A321neo"
    }
    return evidence, shorts


def _scores(
    asked: _Asked, words: Sequence[Token], around: Surroundings, context: Context
) -> dict[int, float]:
    """How sure it is that each word was left over, by itself; without those that were not."""
    document = habits(context)
    found: dict[int, float] = {}
    for i, chance in asked.chances.items():
        score = _weighed(chance, i, words, around)
        if score < _STUCK and _stuck(words[i].text) and not document.code():
            score = _STUCK
        if score < _BARE and (
            _bare(i, words, document, asked.seen[i])
            or _strange(i, words, document, asked.seen[i])
            or (translated(context) and _unknown(i, words, document, asked.seen[i]))
        ):
            score = _BARE
        if score > 0:
            found[i] = score
    return found


def _weighed(score: float, i: int, words: Sequence[Token], around: Surroundings) -> float:
    """A word's score with what the source and its place as the first of a sentence say."""
    token = words[i]
    source = around.passage.source
    if source is not None and score > 0.05 and token.text.islower() and len(token.text) > 3:
        if not _has_word(source, token.text):
            score *= 0.7
        elif not knowledge(token.low).french:  # "local" is the same in both languages
            score = min(0.95, score + _COPIED)
    if i == 0 or around.starts_sentence(token):
        score = max(score, _opening(i, words, around))
    elif source is not None and token.text[0].isupper() and _named(source, token.text):
        score *= 0.6
    return score


def _named(source: str, word: str) -> bool:
    """Whether the source has a capital inside a sentence there too: a name, "on BBC Two"."""
    return re.search(rf"[\w,;’'] {re.escape(word)}(?!\w)", source) is not None


def _slipped(text: str, document: Habits) -> bool:
    """Whether a text has a few English words, and grammar words among them.

    Terms come without: "les employees du groupe and leurs clients" speaks of none.
    """
    glue = document.grammar(text)
    if document.length < 2 * _SHORT:
        return document.foreign(text) <= _A_FEW and (text in GLUE or glue > 0)
    if document.foreign(text) > _MOST * document.length:
        return False
    return glue > 0 or (text in GLUE and form(text).surplus >= _FAR)


_A_FEW = 3
_MOST = 0.015
"""Other English words in a word of a text whose English words are slips rather than terms."""


def _set_apart(seen: Mapping[str, float]) -> bool:
    """Whether a word stands in quotes, in parentheses or in code."""
    return any(seen.get(name) for name in ("quoted", "parentheses", "code"))


def _bare(i: int, words: Sequence[Token], document: Habits, seen: Mapping[str, float]) -> bool:
    """Whether an English word stands in French prose, alone and once ("les employees sont").

    The trees take the document's habits for more than that.
    """
    text = words[i].text
    shape = form(text)
    if not text.islower() or shape.french or shape.compound or text in _SOUNDS:
        return False
    if shape.pieces > 1 and not (shape.hyphened > 1 and not GLUE.isdisjoint(text.split("-"))):
        return False  # "year-over-year"
    if shape.english < _FREQUENT or shape.surplus < _FAR:
        return False
    if not _is_plain(document):
        return False
    if document.english(text) > _SOME_ENGLISH and not _slipped(text, document):
        return False
    if document.counts[text] > 1 or (i and words[i - 1].low in _MENTIONED):
        return False
    alone = text not in GLUE and shape.pieces == 1
    if alone and (seen["kept"] > 0.1 or seen["translated"] < _TRANSLATED):
        return False
    if _set_apart(seen):
        return False
    beside = ("french", "determiner", "preposition")
    left = any(seen.get(f"left:{name}") for name in beside)
    right = any(seen.get(f"right:{name}") for name in (*beside, "mark", "none"))
    if text in GLUE:
        right = right or bool(seen.get("right:capital"))
    if not left and seen.get("left:mark"):
        left = not (seen.get("right:mark") or seen.get("right:none"))
    left = left or (i > 0 and _pairs(words[i - 1].text, text))
    right = right or (i + 1 < len(words) and _pairs(text, words[i + 1].text))
    return left and right


_SELDOM, _KNOWN, _MUCH = 1.0, 2.8, 1.4
"""In an article: the Zipf frequency in French up to which an English word is no loan, the one in
English from which it is a word, and by how many powers of ten it must be more frequent there."""


def _strange(i: int, words: Sequence[Token], document: Habits, seen: Mapping[str, float]) -> bool:
    """Whether an article has an English word that French texts do not have: "des diapers".

    Two such words side by side may each be met in French now and then ("weather permitting").
    """
    text = words[i].text
    if not document.article() or not _is_plain(document) or document.counts[text] > 1:
        return False
    if _set_apart(seen):
        return False
    if i and (words[i - 1].low in _MENTIONED or words[i - 1].text[0].isupper()):
        return False
    shape = form(text)
    if not text.islower() or shape.french or shape.compound:
        return False
    if shape.hyphened:
        parts = text.split("-")
        return (
            knowledge(text).zipf == 0
            and all(map(_is_english, parts))
            and not all(knowledge(part).french for part in parts)
        )
    if shape.pieces > 1 or shape.english < _KNOWN or shape.surplus < _MUCH:
        return False
    beside = (words[j].text for j in (i - 1, i + 1) if 0 <= j < len(words))
    return knowledge(text).zipf <= _SELDOM or any(
        _strange_too(other) and (text.endswith(_OF_CLAUSES) or other.endswith(_OF_CLAUSES))
        for other in beside
    )


_RARE, _MORE, _TEN_TIMES = 3.0, 0.5, 2.0
"""In a document that is word for word from English: the Zipf frequency in French up to which an
English word counts, by how many powers of ten it is more frequent in English, and by how many a
grammar word. All 12 such words that nothing else reports in the articles of corpora/articles that
were read are errors."""


def _unknown(i: int, words: Sequence[Token], document: Habits, seen: Mapping[str, float]) -> bool:
    """Whether a word is English and French hardly has it; for a document known as translated."""
    text = words[i].text
    if not text.islower() or document.counts[text] > 1 or document.code() > _MORE_CODE:
        return False
    if _set_apart(seen):
        return False
    before = words[i - 1] if i else None
    if before and (before.low in _MENTIONED or (before.text[0].isupper() and not _opens(before))):
        return False
    shape = form(text)
    if shape.french:
        return False
    if text in GLUE:
        return shape.surplus >= _TEN_TIMES
    known = not shape.compound or shape.pieces == 1
    return known and knowledge(text).zipf <= _RARE and shape.surplus >= _MORE


def _opens(word: Token) -> bool:
    """Whether a word with a capital can open a sentence and names nobody: "Un walkout"."""
    return word.low in DETERMINERS


def _strange_too(text: str) -> bool:
    """Whether a neighbour is as English: "private equity", two nouns, is a term."""
    shape = form(text)
    return text.islower() and not shape.french and shape.surplus >= _MUCH and _is_english(text)


def _is_english(text: str) -> bool:
    """Whether a word is one of English more than of French."""
    return text in GLUE or (knowledge(text).english >= _KNOWN and englishness(text) > 0.5)


def _is_plain(document: Habits) -> bool:
    """Whether a document is no manual: without code, and without the terms that come with it."""
    if document.code() > (_SOME_CODE if document.length < 2 * _SHORT else _MORE_CODE):
        return False
    return document.length <= _SHORT or document.technical() <= _TECHNICAL


_OF_CLAUSES = ("ly", "ing", "ed", "en", "wn")


def _pairs(first: str, second: str) -> bool:
    """Whether two words are an English phrase that is no term: "statistically significant"."""
    if not (_all_english(first) and _all_english(second)):
        return False
    ends = first.endswith(_OF_CLAUSES) or second.endswith(_OF_CLAUSES)
    return ends or _is_glue(first) or _is_glue(second)


@lru_cache(maxsize=4096)
def _all_english(text: str) -> bool:
    shape = form(text)
    english = shape.english >= _FREQUENT and shape.surplus >= _FAR
    return text.islower() and (_is_glue(text) or (english and not shape.french))


def _stuck(text: str) -> bool:
    """Whether two words of some length, one of them English, lost the space between them."""
    shape = form(text)
    return (
        text[0].islower()
        and shape.pieces == shape.known == 2
        and not shape.hyphened
        and shape.surplus > 0.8
        and 4 <= len(shape.last) <= len(text) - 4
    )


def _has_word(source: str, word: str) -> bool:
    at = source.find(word)
    while at >= 0:
        end = at + len(word)
        if not source[at - 1 : at].isalpha() and not source[end : end + 1].isalpha():
            return True
        at = source.find(word, end)
    return False


def _in_title(i: int, words: Sequence[Token], around: Surroundings) -> bool:
    """Whether it is a grammar word between capitals: "Bridge over Troubled Water"."""
    token = words[i]
    if not token.text.islower():
        return False
    beside = []
    for j in (i - 1, i + 1):
        if not 0 <= j < len(words):
            return False
        gap = around.text[min(words[j].end, token.end) : max(words[j].start, token.start)]
        beside.append(not words[j].text[0].islower() and not gap.strip(" "))
    return all(beside)


def _runs(scores: dict[int, float], words: Sequence[Token], text: str) -> Iterator[Sequence[int]]:
    """Flagged words next to each other, with English grammar words beside or between them."""
    taken: list[int] = []
    for i in sorted(i for i, score in scores.items() if score >= _FLOOR):
        if taken and i <= taken[-1]:
            continue
        if taken and _joined(taken[-1], i, words, text):
            taken = list(range(taken[0], i + 1))
        else:
            if taken:
                yield _with_glue(taken, words, text)
            taken = [i]
    if taken:
        yield _with_glue(taken, words, text)


def _joined(i: int, j: int, words: Sequence[Token], text: str) -> bool:
    """Whether two words stand side by side, or an English grammar word alone parts them."""
    if j - i > 2:
        return False
    between = text[words[i].end : words[j].start]
    if j - i == 1:
        return not between.strip(" '’")
    middle = words[i + 1]
    return middle.text in GLUE and between.replace(middle.text, "", 1).strip(" ") == ""


def _with_glue(run: Sequence[int], words: Sequence[Token], text: str) -> Sequence[int]:
    """The run with the English grammar words that touch it ("they" not "were")."""
    low, high = run[0], run[-1]
    while (
        low and _is_glue(words[low - 1].text) and text[words[low - 1].end : words[low].start] == " "
    ):
        low -= 1
    while (
        high + 1 < len(words)
        and _is_glue(words[high + 1].text)
        and text[words[high].end : words[high + 1].start] == " "
    ):
        high += 1
    return range(low, high + 1)


def _is_glue(word: str) -> bool:
    return word in GLUE and not knowledge(word).french


def _run_confidence(
    run: Sequence[int], scores: dict[int, float], words: Sequence[Token], around: Surroundings
) -> float:
    """How sure it is that a run of words was left behind."""
    best = max(scores.get(i, 0.0) for i in run)
    tokens = [words[i] for i in run]
    glue = sum(t.text in GLUE for t in tokens)
    small = [t for t in tokens if t.text.islower()]
    if (
        len(small) == len(tokens) >= 2
        and glue
        and not any(around.in_code(t) for t in tokens)
        and any(englishness(t.text) > 0.8 for t in tokens)
        and not _capital_beside(run, words, around)
    ):  # An English phrase: no borrowing holds together with grammar words.
        best = max(best, 0.45 + 0.2 * min(glue, 2))
    return round(min(best, 0.95), 2)


def _opening(i: int, words: Sequence[Token], around: Surroundings) -> float:
    """A sentence that opens with an English word: "However, le", "Days après"."""
    token = words[i]
    word = token.low
    if i + 1 >= len(words) or not words[i + 1].text.islower() or not token.text.istitle():
        return 0.0
    if not knowledge(words[i + 1].text).french:
        return 0.0
    between = around.text[token.end : words[i + 1].start]
    if between.strip() not in ("", ","):
        return 0.0
    # Names and brands are English words too ("Apple annonce", "Rose,"); what is no noun or so
    # frequent that nobody is called so is not one.
    if englishness(word) > 0 and (word in GLUE or word in _OPENERS):
        return 0.8
    # Most words are surnames too; people do not stand before "après" as "Days après" does.
    timed = words[i + 1].text in ("après", "avant", "plus", "auparavant", "durant", "pendant")
    if Names.load().flags(token.text) and not timed:
        return 0.0
    common = knowledge(word).english >= 5 and englishness(word) >= 1.5
    return 0.55 if common and word.endswith(("s", "ly", "ing", "ed")) else 0.0


def _capital_beside(run: Sequence[int], words: Sequence[Token], around: Surroundings) -> bool:
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
    return False


def _acronym_confidence(
    i: int, words: Sequence[Token], around: Surroundings, context: Context
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
        i == 0 or words[i - 1].low not in ("l'", "l’", "d'", "d’", "des", "les", "aux")
    ):
        return 0.0  # "UN" is the numeral in capitals
    if around.in_parentheses(token):  # the English name stands there with its acronym
        return 0.2
    return 0.7 if words[i - 1 if i else 0].text.islower() else 0.45


_SAID = 0.1
"""P(French | English) from which a French word is what an English one beside it says."""


def _said_beside(span: Span, passage: Passage) -> Span | None:
    """What to delete where a word's translation stands beside it; None elsewhere.

    "a dit que that la situation", "au moins at least douze": the engine wrote both.
    """
    text, words = passage.text, passage.words
    run = [i for i, word in enumerate(words) if span.start <= word.start < span.end]
    if not run or text[span.start].isupper():
        return None
    content = [words[i].text for i in run if words[i].text not in GLUE] or [words[run[-1]].text]
    said = {
        french for word in content for french, p in Dictionary.load().french(word) if p >= _SAID
    }
    before, after = run[0] - 1, run[-1] + 1
    if before >= 0 and words[before].low in said:
        gap = Span(words[before].end, span.start)
        if gap.of(text).isspace():
            return Span(gap.start, span.end)
    if after < len(words) and words[after].low in said:
        gap = Span(span.end, words[after].start)
        if gap.of(text).isspace():
            return Span(span.start, gap.end)
    return None


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
    twice = _said_beside(finding.span, passage)
    if twice is not None:
        yield from in_turn(finding, twice, ("",), "dictionary")
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
