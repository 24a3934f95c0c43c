"""What the parser ties together and the lexicon says does not agree; what the rules share.

Each arc of a sentence's tree between a noun and its determiner, numeral, adjective or participle,
and between a verb or predicate and its subject, is looked at; where the inflections that the
lexicon knows for both words have nothing in common, that is a :class:`Clash`. A clash carries a
confidence: see ``confidence.py``. What French lets disagree is left out, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from mtrepair.core import Finding, Span
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.grammar import Slots
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement.certain import CERTAIN, certain
from mtrepair.rules.agreement.clash import DETERMINERS, Clash
from mtrepair.rules.agreement.confidence import confidence as by_experts
from mtrepair.rules.agreement.nominal import (
    adjective,
    determiner,
    measured,
    numeral,
    of_object,
    opening,
)
from mtrepair.rules.agreement.sentence import SUBJECTS, Sentence, renews
from mtrepair.rules.agreement.verbal import subject
from mtrepair.rules.agreement.weighed import EASED, LEAST, confidence, weighed
from mtrepair.rules.calques.translated import translated
from mtrepair.rules.parsed import mood_of, parse, parsed
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context
from mtrepair.rules.together import asked_once

_Judged = tuple[list[Clash], list[tuple[Clash, float]]]
"""The clashes of a passage, and its ties that do not agree with what the trees say of each."""
_seen: WeakKeyDictionary[Passage, _Judged] = WeakKeyDictionary()


def clashes(passage: Passage) -> list[Clash]:
    """The clashes of a passage, in no order; worked out once for all rules."""
    if passage not in _seen:
        _seen[passage] = _judge_all([passage])[0]
    return _seen[passage][0]


def _judge_all(passages: Sequence[Passage], context: Context | None = None) -> list[_Judged]:
    """Parser and trees are asked about all passages at once."""
    del context
    parse(passages)
    sentences = [[Sentence(sentence) for sentence in parsed(passage)] for passage in passages]
    by_hand = [
        [
            clash
            for sentence in some
            for clash in _judge(sentence)
            if not sentence.seam(clash.controller - sentence.first, clash.target - sentence.first)
        ]
        for some in sentences
    ]
    return list(zip(by_hand, weighed(sentences), strict=True))


LOWEST = 0.2
"""Confidence below which a clash is not even shown to those who ask for the unsure ones."""
DOUBTED = 0.35
"""Confidence from which a clash is reported in a document that is word for word from English."""
DOUBTFUL = {
    "adjective": 0.3,
    "second-verb": 0.3,
    "determiner": 0.5,
    "verb": 0.15,
    "predicate": 0.08,
}
"""What the trees must say of two words for their clash to be reported, by its kind. Of the first
two kinds 13 clashes below that in 446,000 words of clean/dev were read, and 10 were no errors."""


def _held(passage: Passage, clash: Clash, tie: float) -> bool:
    """Whether the trees hold a clash for possible; a determiner beside its noun is plain."""
    low = passage.tokens[min(clash.target, clash.controller)].low
    beside = abs(clash.target - clash.controller) == 1 and low not in grammar.PRONOUN_LIKE
    return tie >= DOUBTFUL.get(clash.kind, 0.0) or (clash.kind == "determiner" and beside)


def reported(passage: Passage, context: Context, *kinds: str) -> Iterator[tuple[Clash, float]]:
    """The clashes of some kinds that are worth a finding and how sure each is, in reading order."""
    mood = mood_of(context)  # parses the whole document, the quickest way
    by_hand, ties = asked_once(passage, context, _seen, _judge_all)
    said: dict[tuple[int, int], float] = {}
    for clash, chance in ties:
        key = clash.target, clash.controller
        said[key] = max(said.get(key, 0.0), chance)
    least = EASED if _others(passage, context) else LEAST
    found = [(clash, confidence(chance, least)) for clash, chance in ties if clash.kind in kinds]
    for clash in by_hand:
        none = (
            0.0 if clash.kind == "adjective" else 1.0
        )  # ties leave out few adjectives for nothing
        tie = said.get((clash.target, clash.controller), none)
        if clash.kind in kinds and _held(passage, clash, tie):
            sure = by_experts(clash.kind, clash.evidence, mood)
            if sure < CERTAIN and certain(passage, clash):
                sure = CERTAIN
            found.append((clash, sure))
    found = [
        (c, sure)
        for c, sure in found
        if sure >= LOWEST
        and not (_noun_alone(passage, c) or _of_object(passage, c) or _at_a_time(passage, c))
        and not _no_clash(passage, c)
    ]
    if any(DOUBTED <= sure < CERTAIN for _, sure in found) and translated(context):
        found = [(c, max(sure, CERTAIN) if _eased(passage, c, sure) else sure) for c, sure in found]
    seen: set[int] = set()
    for clash, sure in sorted(found, key=lambda c: (c[0].marked, -c[1])):
        if clash.marked not in seen:
            seen.add(clash.marked)
            yield clash, sure


def _eased(passage: Passage, clash: Clash, sure: float) -> bool:
    """Whether a clash is doubtful no more.

    "Vêtus de blanc, un bâton à la main, ils" stays so, and "ces bois, dit-il, stockent".
    """
    between = passage.tokens[clash.controller + 1 : clash.target]
    spoken = clash.kind.endswith("verb") and any(token.text == "," for token in between)
    return sure >= DOUBTED and clash.kind != "opening" and not spoken


_PARTS = frozenset(":;")
_OF_BOTH = frozenset("pire pires".split())
"""Nouns that the lexicon has in one gender, and adjectives of both without their noun."""


def _no_clash(passage: Passage, clash: Clash) -> bool:
    """Whether two words that do not fit need not.

    "quelque 12 000 puits", "la pire qu'il ait connue", "Les hommages affluent"; nor has a verb its
    subject before a colon.
    """
    tokens = passage.tokens
    first, last = sorted((clash.controller, clash.target))
    between = tokens[first + 1 : last]
    if not _OF_BOTH.isdisjoint((tokens[first].low, tokens[last].low)):
        return True
    if tokens[first].low == "quelque" and any(token.kind == "number" for token in between):
        return True
    if clash.kind.endswith("verb") and any(token.text in _PARTS for token in between):
        return True
    verb = clash.kind == "adjective" and not between and "3p" in grammar.persons(tokens[last].low)
    return verb and any(slot[1] == "p" for slot in grammar.slots(tokens[first].low, "N") or ())


_MANY = grammar.PLURAL | {"des", "aux", "plusieurs", "quelques"}


def _noun_alone(passage: Passage, clash: Clash) -> bool:
    """Whether all around a noun is plural, and the noun is not: "les technologie changent".

    The finding on the noun and its determiner says what is wrong there.
    """
    if clash.kind not in ("adjective", "verb", "predicate") or not clash.controller:
        return False
    determiner = passage.tokens[clash.controller - 1]
    noun, word = passage.tokens[clash.controller], passage.tokens[clash.target]
    found = grammar.slots(noun.text, "N")
    if determiner.low not in _MANY or found is None or any(slot[1] == "p" for slot in found):
        return False
    if clash.kind == "verb":
        return "3p" in grammar.persons(word.text)
    return any(slot[1] == "p" for slot in grammar.slots(word.text, "AK") or ())


_JUDGING = frozenset(
    """juger estimer trouver croire considérer penser dire déclarer supposer rendre laisser voir
    vouloir préférer imaginer savoir sentir""".split()
)
_RELATIVE = 8


def _of_object(passage: Passage, clash: Clash) -> bool:
    """Whether it is said of an object before its verb: "un but que certains jugent modeste"."""
    if clash.kind != "predicate" or clash.target <= clash.controller:
        return False
    tokens = passage.tokens
    verbs = tokens[clash.controller + 1 : clash.target]
    if not any(not _JUDGING.isdisjoint(grammar.lemmas(token.low, "V")) for token in verbs):
        return False
    before = tokens[max(0, clash.controller - _RELATIVE) : clash.controller]
    return any(token.low in ("que", "qu'") for token in before)


_TIMES = frozenset("matin midi soir après-midi nuit".split())
_DAYS = frozenset("hier lundi mardi mercredi jeudi vendredi samedi dimanche".split())


def _at_a_time(passage: Passage, clash: Clash) -> bool:
    """Whether the noun only says when: "restaient jeudi soir privés de courant"."""
    noun, before = clash.controller, passage.tokens[max(0, clash.controller - 1)].low
    low = passage.tokens[noun].low
    word = passage.tokens[clash.target].low
    return clash.kind == "adjective" and (
        (low in _TIMES and before in _DAYS)
        or renews(low, word)
        or (low in _DAYS and low != "hier" and before not in grammar.DETERMINERS)
    )


def _others(passage: Passage, context: Context) -> bool:
    """Whether another passage of the document has a tie that is hardly right."""
    strong = context.cache.get("agreement ties")
    if not isinstance(strong, set):
        strong = {
            place
            for place, one in enumerate(context.passages)
            if any(chance >= LEAST for _, chance in asked_once(one, context, _seen, _judge_all)[1])
        }
        context.cache["agreement ties"] = strong
    return bool(strong - {passage.index})


def span(passage: Passage, index: int) -> Span:
    """Where a token stands."""
    token = passage.tokens[index]
    return Span(token.start, token.end)


def inflected(word: str, wanted: Slots, kind: str) -> list[str]:
    """The forms of a word for ``wanted``, in its case; the likeliest first."""
    found = grammar.inflected(word, wanted, kind)
    if word[:1].isupper():
        found = [form.upper() if word.isupper() else form[0].upper() + form[1:] for form in found]
    return found


def conjugated(verb: str, person: str) -> list[str]:
    """The forms of a verb for ``person``, tense and mood kept, in its case; the frequent first."""
    lexicon = Lexicon.load()
    found: dict[str, float] = {}
    readings = [reading for reading in lexicon.readings(verb) if reading.category == "V"]
    present = {r.lemma for r in readings if any(f[0] == "P" for f in r.features if f)}
    for reading in readings:
        if present and reading.lemma not in present:
            continue  # "vit" is "vivre" before it is the past of "voir"
        tenses = {f[0] for f in reading.features if len(f) == 3 and f[1] in "123"} - {"Y"}
        # "pensent" is indicative and subjunctive alike; the indicative is the likelier.
        if "P" in tenses:
            tenses.discard("S")
        wanted = {tense + person for tense in tenses}
        for form, features in lexicon.forms(reading.lemma, "V"):
            if features & wanted and form != verb.lower():
                found[form] = lexicon.zipf(form)
    forms = sorted(found, key=lambda f: (-found[f], f))
    return [f[0].upper() + f[1:] for f in forms] if verb[:1].isupper() else forms


def apart(
    passage: Passage, context: Context, near: Sequence[Finding], *kinds: str
) -> Iterator[tuple[Clash, float, Span, str]]:
    """Words that clash with their subjects outside of ``near``: also how sure, where, message."""
    for clash, sure in reported(passage, context, *kinds):
        place = span(passage, clash.target)
        if any(finding.span.overlap(place) for finding in near):
            continue
        subject = passage.tokens[clash.controller].text
        says = f"“{place.of(passage.text)}” does not fit its subject “{subject}”"
        yield clash, sure, place, says


def _judge(sentence: Sentence) -> Iterator[Clash]:
    tree = sentence.tree
    for i, relation in enumerate(tree.relations):
        head = tree.heads[i]
        if head < 0:
            continue
        if relation == "det" or (relation == "amod" and sentence.low[i] in DETERMINERS):
            made = determiner(sentence, i, head)
        elif relation == "nummod":
            made = (
                determiner(sentence, i, head)
                if sentence.low[i] in DETERMINERS
                else numeral(sentence, i, head)
            )
        elif relation == "nmod" and i > 1 and sentence.low[i - 1] in ("de", "d'"):
            made = measured(sentence, i)
        elif relation == "xcomp":
            made = of_object(sentence, i, head)
        elif relation in ("advcl", "acl") and i == 0:
            made = opening(sentence, i)
        elif relation in ("amod", "acl") and i > 0:
            made = adjective(sentence, i, head, (i,))
        elif relation in SUBJECTS:
            yield from subject(sentence, i, head)
            continue
        elif relation == "conj" and tree.relations[head] in ("amod", "acl"):
            made = adjective(sentence, i, tree.heads[head], (i, head))
        else:
            continue
        if made is not None:
            yield made
