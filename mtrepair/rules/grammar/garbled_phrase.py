"""Words that do not make French together, whatever each means.

Why: engines keep the English order ("haut contraste optique"), put a verb where a noun belongs, or
string nouns together as English does. No single rule of grammar names what is wrong; a parser
that knows French is at a loss there.

Examples:
    - Le [[moteur huile pompe joint fuite répare]] vous pouvez.
    - Ce léger [[cuir chaussure semelle caoutchouc]] permet marcher toute journée.
    = Le conseil a voté le budget de la commune lundi soir.
    = Ce que tu dis est vrai, mais personne ne le croit.
    = La mairie de Paris, dont le projet avance, recrute.

Whether a word is reported depends on the sentence and on the whole document: in a text that is
garbled elsewhere less is needed.

Fix safety: none of its own; a model may rewrite the words.

Source: own observation; trained on the experts' marks of WMT 2019-2020 (quality estimation of
documents). How a word's evidence becomes a probability: garble.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from mtrepair.core import Finding, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.rules.grammar import garble
from mtrepair.rules.parsed import mood_of
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.together import asked_once
from mtrepair.rules.words.habits import habits
from mtrepair.rules.words.surroundings import Surroundings
from mtrepair.rules.words.vocabulary import knowledge

RULE = RuleInfo(
    name="garbled-phrase",
    group="grammar",
    severity=Severity.MAJOR,
    summary="words that do not make French together",
    priority=Priority.LEARNED,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    # At 0.57 (single words 0.65): no alarm in 78,000 words of clean/dev; in mt/dev/wmt_qe_docs 82
    # in 100 findings are on an expert's span (docs/measured/rules-wmt-qe-docs.txt; words alone:
    # docs/measured/garble.txt). At 0.5 there are a quarter more findings there, and in biomedical
    # abstracts 17 instead of 4, most of them wrong.
    threshold=0.57,
)

_FLOOR = 0.42
"""A neighbour of a word that is reported joins it from this probability on."""
_ALONE = 0.65
"""A word between others that are in order needs this much."""
_TERM = 0.8
"""A word that French hardly knows is a term rather than out of place; it needs this much. Several
of them in a row are a name, a command or another language."""
_RARE = 2.5
"""Zipf frequency below which a French word counts as one that is hardly known."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Runs of words that are likely garbled."""
    chances = _chances(passage, context)
    if not chances:
        return
    around = Surroundings(passage)
    chances = [(t, chance) for t, chance in chances if not _apart(t, around)]
    document = habits(context)
    least = 0.0 if document.length >= _WORDS else _SHORT
    for tokens, confidence in _runs(chances):
        if confidence < least:
            continue
        first, last = tokens[0], tokens[-1]
        span = Span(first.start, last.end)
        if len(tokens) == 1 and confidence < _ALONE:
            continue
        odd = [token for token in tokens if not _in_place(token)]
        if 2 * len(odd) > len(tokens) and (confidence < _TERM or len(tokens) > 1):
            continue
        if any(passage.text.count(token.text) > 1 for token in odd):
            continue  # "la commande git add. git add prépare": a term comes back
        if _mostly_names(tokens, around):
            continue  # "Luc Chevalier", "Conan le"
        if len(tokens) > 1 and len({token.low for token in tokens}) == 1:
            continue  # "toc toc toc": the rules of repetition judge that
        if len(tokens) > 1 and passage.text.count(span.of(passage.text)) > 1:
            continue
        if not passage.touches_object(span) and _is_french(passage, span):
            if document.article():
                confidence = min(confidence, RULE.threshold - 0.05)
            yield passage.finding(
                RULE.name,
                span,
                f"“{span.of(passage.text)}” makes no sense here",
                severity=RULE.severity,
                confidence=round(confidence, 2),
            )


_SHORT = 0.75
_WORDS = 60
"""What a document of fewer words needs: how garbled all of it is says half of what is known."""


def _apart(token: Token, around: Surroundings) -> bool:
    """Whether a word is code, a quotation or a compound, which grammar does not hold."""
    return "-" in token.text or around.in_code(token) or around.in_quotes(token)


def _mostly_names(tokens: Sequence[Token], around: Surroundings) -> bool:
    """Whether more than half of the longer words have a capital that no place explains.

    A French word that opens a sentence is excused, unless another capital follows it.
    """
    words = [token for token in tokens if len(token.text) > 3] or tokens
    names = [token for token in words if token.text[0].isupper()]
    if names and names[0] is tokens[0] and around.starts_sentence(names[0]):
        facts = knowledge(names[0].low)
        if facts.french and facts.zipf >= _RARE and len(names) == 1:
            names = []
    return 2 * len(names) > len(words)


def _in_place(token: Token) -> bool:
    """Whether a word can be judged by its place: one that is more French than English."""
    facts = knowledge(token.low)
    return facts.french and facts.zipf >= max(_RARE, facts.english - 1)


def _is_french(passage: Passage, span: Span) -> bool:
    """Whether the other words of the sentence are French."""
    for sentence in passage.sentences:
        if sentence.covers(span):
            words = [
                token.low
                for token in passage.words
                if sentence.start <= token.start < sentence.end
                and not span.start <= token.start < span.end
            ]
            known = sum(knowledge(w).french and knowledge(w).zipf > 2 for w in words)
            return 3 * known >= 2 * len(words)
    return True


_Chances = Sequence[tuple[Token, float]]
_seen: WeakKeyDictionary[Passage, _Chances] = WeakKeyDictionary()


def _chances(passage: Passage, context: Context) -> _Chances:
    """The words of a passage that may be garbled, with their probabilities."""
    return asked_once(passage, context, _seen, _ask)


def _ask(passages: Sequence[Passage], context: Context) -> Sequence[_Chances]:
    """For each passage its words of :data:`_FLOOR` and more."""
    words, table = garble.rows(passages, mood_of(context))
    place = {id(passage): n for n, passage in enumerate(passages)}
    found: list[list[tuple[Token, float]]] = [[] for _ in passages]
    if words:
        for (passage, token), chance in zip(
            words, garble.trees().probabilities(table).tolist(), strict=True
        ):
            if chance >= _FLOOR:
                found[place[id(passage)]].append((token, chance))
    return found


def _runs(chances: Sequence[tuple[Token, float]]) -> Iterator[tuple[list[Token], float]]:
    """Words next to each other and the highest of their probabilities."""
    run: list[Token] = []
    best = 0.0
    for token, chance in chances:
        if run and token.start - run[-1].end > 1:
            yield run, best
            run, best = [], 0.0
        run.append(token)
        best = max(best, chance)
    if run:
        yield run, best
