"""What the parser ties together and the lexicon says does not agree; what the rules share.

Each arc of a sentence's tree between a noun and its determiner, numeral, adjective or participle,
and between a verb or predicate and its subject, is looked at; where the inflections that the
lexicon knows for both words have nothing in common, that is a :class:`Clash`. A clash carries a
confidence: see :func:`confidence`. What French lets disagree is left out, each with its reason.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from weakref import WeakKeyDictionary

from mtrepair.core import Finding, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.grammar import Slots
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement.certain import CERTAIN, certain
from mtrepair.rules.agreement.clash import (
    ACRONYMS,
    APPOSED,
    DETERMINERS,
    FP,
    FS,
    MP,
    MS,
    Clash,
    may_be_woman,
)
from mtrepair.rules.parsed import Mood, Parsed, is_parsed, logits, mood_of, parse, parsed
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context
from mtrepair.rules.together import together

COLLECTIVE = frozenset(
    """majorité minorité plupart nombre partie moitié tiers quart série groupe ensemble foule
    multitude quantité dizaine douzaine quinzaine vingtaine trentaine quarantaine cinquantaine
    centaine millier infinité poignée totalité reste part pourcentage tas masse paire couple
    million milliard maximum minimum variété flot troupe bande peu beaucoup combien total sorte
    type espèce gamme lot équipe kilo tonne litre mètre proportion fraction un une cortège armée
    nuée éventail panel liste succession suite choix""".split()
)
"""Heads after which the verb or adjective may follow the sense (Le bon usage, § 431)."""
_NEVER = frozenset(
    """demi nu possible compris inclus excepté joint vu ci-joint passé standard clair foncé pâle
    marine cher haut bas fort court net droit faux juste bon mieux plein ensemble debout quelque
    même tel tels telle telles quel quels quelle quelles tout tous toute toutes certain certains
    certaines certaine chacun chacune un une autre autres deux premier seul seule seuls""".split()
)
"""Adjectives that are adverbs, prepositions or pronouns as well."""
_AFTER_BE = frozenset("inclus compris possible passé plein net clair nu".split())
"""Those of them that agree after "être"."""
_COLOURS = frozenset(
    "bleu vert rouge jaune brun gris blanc noir blond châtain violet rose orange marron".split()
)
_BE = frozenset(("être",))


def may_stay(word: str) -> bool:
    """Whether a word behind "être" need not agree: "elle est plein sud"."""
    return word in _NEVER and word not in _AFTER_BE


_SUBJECTS = ("nsubj", "nsubj:pass")
_PERSONS = {
    "je": "1s", "j'": "1s", "tu": "2s", "il": "3s", "elle": "3s", "on": "3s", "ça": "3s",
    "cela": "3s", "ceci": "3s", "nous": "1p", "vous": "2p", "ils": "3p", "elles": "3p",
}  # fmt: skip
_PRONOUN_SLOTS: dict[str, Slots] = {
    "il": MS, "elle": FS, "ils": MP, "elles": FP, "je": MS | FS, "j'": MS | FS, "tu": MS | FS,
}  # fmt: skip
_JOINING = frozenset(("et", "ou", "ni", "&", "/", "et/ou", "puis", "+", "ainsi", "-", "–", "x"))

_seen: WeakKeyDictionary[Passage, list[Clash]] = WeakKeyDictionary()


def clashes(passage: Passage) -> list[Clash]:
    """The clashes of a passage, in no order; worked out once for all rules."""
    found = _seen.get(passage)
    if found is None:
        found = [clash for sentence in parsed(passage) for clash in _judge(sentence)]
        _seen[passage] = found
    return found


LOWEST = 0.2
"""Confidence below which a clash is not even shown to those who ask for the unsure ones."""


def reported(passage: Passage, context: Context, *kinds: str) -> Iterator[tuple[Clash, float]]:
    """The clashes of some kinds that are worth a finding and how sure each is, in reading order."""
    found: list[tuple[Clash, float]] = []
    mood = mood_of(context)  # parses the whole document, the quickest way
    if not is_parsed(passage):
        parse(together(passage, context))
    for clash in clashes(passage):
        if clash.kind in kinds:
            sure = confidence(clash.kind, clash.evidence, mood)
            if sure < CERTAIN and certain(passage, clash):
                sure = CERTAIN
            if sure >= LOWEST:
                found.append((clash, sure))
    seen: set[int] = set()
    for clash, sure in sorted(found, key=lambda c: (c[0].marked, -c[1])):
        if clash.marked not in seen:
            seen.add(clash.marked)
            yield clash, sure


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


class _Sentence:
    """A parsed sentence and the questions that are asked about its words."""

    def __init__(self, sentence: Parsed) -> None:
        self.words = sentence.words
        self.first = sentence.first
        self.low = [token.low for token in sentence.words]
        self.tree = sentence.tree
        self.below: dict[int, list[int]] = defaultdict(list)
        for i, head in enumerate(self.tree.heads):
            self.below[head].append(i)

    @cached_property
    def oddness(self) -> float:
        """The log-odds of "odd" over its words."""
        return float(logits(self.tree.odd).sum())

    def children(self, head: int, *relations: str) -> list[int]:
        return [i for i in self.below.get(head, ()) if self.tree.relations[i] in relations]

    def usable(self, i: int) -> bool:
        """Whether a word is French, in lower case (or first) and not part of a longer one."""
        token = self.words[i]
        text = token.text
        if text in ACRONYMS:
            return True
        if token.kind != "word" or not text.isalpha() or len(text) < 3:
            return False
        if text != self.low[i] and not (i == 0 and text[1:] == self.low[i][1:]):
            return False
        if grammar.may_be_country(text):
            return False
        if i + 1 < len(self.words):
            after = self.words[i + 1]
            dash = text_of(self.words, i + 1, 2) == "--"  # a dash, as typewriters had it
            if (
                after.start == token.end
                and (after.text[0] in "-'’(/_·." and after.text != ".")
                and not dash
            ):
                return False
        lexicon = Lexicon.load()
        french, english = lexicon.zipf(text), lexicon.english_zipf(text)
        return english < french + 1.2 if french >= 2 else english < 2.5

    def noun(self, i: int) -> Slots | None:
        """The slots of a noun, in the number of its determiner where both are possible."""
        found = ACRONYMS.get(self.words[i].text) or noun_slots(self.low[i])
        if found is None:
            return None
        for d in self.children(i, "det"):
            fits = DETERMINERS.get(self.low[d])
            if fits is not None and d < i and fits & found:
                found &= fits
        return found

    def is_noun(self, i: int) -> bool:
        """Whether a word is a noun, or an acronym that French has as one."""
        return self.tree.tags[i] == "NOUN" or self.words[i].text in ACRONYMS

    def joined(self, i: int) -> bool:
        """Whether a word is one of several that are coordinated."""
        return bool(self.children(i, "conj", "cc")) or self.tree.relations[i] == "conj"

    def between(self, a: int, b: int) -> list[str]:
        low, high = min(a, b), max(a, b)
        return self.low[low + 1 : high]

    def evidence(self, target: int, controller: int, *arcs: int) -> dict[str, float]:
        tree = self.tree
        return {
            "sure": min((tree.sure[i] for i in arcs), default=1.0),
            "known": min(tree.known[target], tree.known[controller]),
            "odd": tree.odd[target],
            "other": tree.odd[controller],
            "far": float(abs(target - controller) - 1),
            "words": float(len(self.words)),
            "oddness": self.oddness,
        }


def text_of(words: Sequence[Token], first: int, number: int) -> str:
    """The texts of some tokens in a row."""
    return "".join(token.text for token in words[first : first + number])


def noun_slots(noun: str) -> Slots | None:
    """Gender and number of a noun; both genders where it is a person's (see below)."""
    found = grammar.slots(noun, "N")
    if found is None or "N" not in grammar.categories(noun):
        return None
    if noun == "gens":  # DELA has an old singular ("la gens")
        return MP | FP
    if all(slot[0] == "m" for slot in found) and may_be_woman(noun):
        found |= {"f" + slot[1] for slot in found}
    return found


def _judge(parsed_: Parsed) -> Iterator[Clash]:
    sentence = _Sentence(parsed_)
    tree = sentence.tree
    for i, relation in enumerate(tree.relations):
        head = tree.heads[i]
        if head < 0:
            continue
        if relation == "det":
            made = _determiner(sentence, i, head)
        elif relation == "nummod":
            made = (
                _determiner(sentence, i, head)
                if sentence.low[i] in DETERMINERS
                else _numeral(sentence, i, head)
            )
        elif relation == "nmod" and i > 1 and sentence.low[i - 1] in ("de", "d'"):
            made = _measured(sentence, i)
        elif relation == "xcomp":
            made = _object(sentence, i, head)
        elif relation in ("advcl", "acl") and i == 0:
            made = _opening(sentence, i)
        elif relation in ("amod", "acl") and i > 0:
            made = _adjective(sentence, i, head, (i,))
        elif relation in _SUBJECTS:
            yield from _subject(sentence, i, head)
            continue
        elif relation == "conj" and tree.relations[head] in ("amod", "acl"):
            made = _adjective(sentence, i, tree.heads[head], (i, head))
        else:
            continue
        if made is not None:
            yield made


def _clash(
    s: _Sentence, kind: str, target: int, controller: int, wanted: frozenset[str], *arcs: int
) -> Clash:
    return Clash(
        kind=kind,
        target=s.first + target,
        controller=s.first + controller,
        wanted=wanted,
        evidence=s.evidence(target, controller, *arcs),
    )


def _determiner(s: _Sentence, i: int, head: int) -> Clash | None:
    """A determiner at ``i`` before the noun at ``head``."""
    fits = DETERMINERS.get(s.low[i])
    if fits is None or i > head or s.tree.tags[head] != "NOUN" or not s.usable(head):
        return None
    found = noun_slots(s.low[head])
    if found is None or found & fits:
        return None
    # "les nom et prénom", "l'un des", "quatre-vingt et un jours", "les 3e et 4e alinéa".
    if any(slot[1] == "p" for slot in fits) and (s.joined(head) or s.joined(i)):
        return None
    if any(low in _JOINING for low in s.between(i, head)):
        return None
    if any(s.words[j].kind == "punct" for j in range(i + 1, head)):
        return None  # "notre (les prêcheurs) soutien"
    if s.low[i] in ("un", "une") and i and s.low[i - 1] in ("l'", "et", "quelqu'", "les"):
        return None
    # "que nous l'avions", "le sept novembre", "un enfant sur quatre blessé".
    if i and s.low[i] in grammar.PRONOUN_LIKE:
        before = s.low[i - 1]
        if before in _PERSONS or before == "sur" or s.low[head] in _MONTHS:
            return None
    clash = _clash(s, "determiner", head, i, fits, i)
    if not {slot[1] for slot in found} & {slot[1] for slot in fits}:
        clash.evidence["number"] = 1.0
    return clash


def _numeral(s: _Sentence, i: int, head: int) -> Clash | None:
    """A number above one at ``i`` before a noun in the singular."""
    text = s.words[i].text
    if head != i + 1 or not text.isdigit() or not 2 <= int(text) < 1000 or text[0] == "0":
        return None
    if s.tree.tags[head] != "NOUN" or not s.usable(head) or len(s.low[head]) < 4:
        return None
    found = noun_slots(s.low[head])
    if found is None or any(slot[1] == "p" for slot in found):
        return None
    if any(r.category in ("UNIT", "ABBR") for r in Lexicon.load().readings(s.low[head])):
        return None
    # "article 3 alinéa 2", "le 14 juillet", "page 12 annexe".
    if i and (s.words[i - 1].kind != "word" or s.tree.tags[i - 1] in ("NOUN", "PROPN", "DET")):
        return None
    if s.joined(head) or s.low[head] in _MONTHS:
        return None
    if s.low[i - 1] in ("au", "du") and i:  # "au 85 boulevard Voltaire"
        return None
    return _clash(s, "numeral", head, i, frozenset({"mp", "fp"}), i)


_SETS = frozenset(
    """dizaine dizaines douzaine douzaines quinzaine vingtaine trentaine quarantaine cinquantaine
    centaine centaines millier milliers""".split()
)
_MILLIONS = frozenset("million millions milliard milliards".split())
_COUNTED = frozenset(
    """dollar euro franc livre yen personne habitant utilisateur client tonne baril action année
    kilomètre abonné exemplaire logement emploi enfant dose ménage unité voiture véhicule compte
    réfugié électeur salarié employé visiteur spectateur téléchargement appareil téléphone membre
    consommateur lecteur femme homme citoyen touriste passager""".split()
)
"""What millions are counted in; "trois millions de bénéfice" is no such thing."""


def _measured(s: _Sentence, i: int) -> Clash | None:
    """A noun in the singular at ``i`` behind "dizaines de", "millions de"."""
    number, low = s.low[i - 2], s.low[i]
    if not (number in _SETS or (number in _MILLIONS and low in _COUNTED)):
        return None
    found = noun_slots(low) if s.tree.tags[i] == "NOUN" and s.usable(i) else None
    if found is None or any(slot[1] == "p" for slot in found) or len(low) < 4:
        return None
    following = s.low[i + 1] if i + 1 < len(s.low) else ""
    if following in ("de", "d'", "-") or low in ("mille", "monde", "plus", "moins"):
        return None
    return _clash(s, "numeral", i, i - 2, frozenset({"mp", "fp"}), i)


_MONTHS = frozenset(
    """janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    pouce pourcent""".split()
)


def _adjective(s: _Sentence, i: int, head: int, arcs: tuple[int, ...]) -> Clash | None:
    """An adjective or participle at ``i`` that belongs to the noun at ``head``."""
    tree = s.tree
    if head < 0 or not s.is_noun(head) or tree.tags[i] not in ("ADJ", "VERB"):
        return None
    if (
        s.low[i] in _NEVER | APPOSED
        or not s.usable(i)
        or s.low[head] in ("fois", "chose", "personne")
    ):
        return None
    if tree.tags[i] == "VERB" and (
        grammar.slots(s.low[i], "K") is None or s.children(i, "aux", "aux:pass", *_SUBJECTS)
    ):
        return None
    if s.children(i, "det", "case", "mark", "cop", "nsubj"):
        return None  # "des plus beaux", "quelque chose de nouveau", clauses of their own
    found = grammar.slots(s.low[i], "AK")
    noun = s.noun(head)
    if found is None or noun is None or found & noun or _gerund(s, i):
        return None
    if i < head and any(s.tree.tags[j] in ("DET", "ADP") for j in range(i + 1, head)):
        return None  # "en temps réel les positions"
    if (i == head + 1 and _apposed(s.low[i])) or (i > head and s.low[i].endswith(DOERS)):
        return None
    if not _QUOTES.isdisjoint(s.between(i, head)) or _perhaps_verb(s, head, i):
        return None
    if s.low[head] == "air" and i > head and looks(s.low, head):
        return None
    if head and s.low[head - 1] == "chaque" and i > head:
        return None  # "une ville chaque jour affaiblie"
    if not s.usable(head) and s.words[head].text != s.low[head]:
        return None
    if s.words[head].text in ACRONYMS and (i != head + 1 or tree.tags[i] != "ADJ"):
        return None
    numbers = {slot[1] for slot in noun}
    plural = any(slot[1] == "p" for slot in found)
    if plural and (
        s.joined(head)
        or any(low in _JOINING for low in s.between(head, i))
        or s.low[head] in COLLECTIVE
    ):
        return None
    # "les langues française et anglaise", "les articles premier, deux et trois".
    if numbers == {"p"} and not plural:
        if s.joined(i) or len(s.children(head, "amod")) > 1:
            return None
        if i + 1 < len(s.low) and (s.low[i + 1] == "," or _joins_adjective(s, i + 1)):
            return None
    # Colours of two words stay: "des robes bleu clair", "vert pomme".
    if s.low[i] in _COLOURS and i + 1 < len(s.low) and s.words[i + 1].kind == "word":
        return None
    if i and s.low[i - 1] in _COLOURS and i > head:
        return None
    if i > head and (_chained(s, head, found) or _explained(s, i, head, found)):
        return None
    return _clash(s, "adjective", i, head, noun, *arcs)


_SUCH = frozenset("tel tels telle telles ainsi tant".split())


def _exemplifies(s: _Sentence, noun: int) -> bool:
    """Whether a noun is an example of the subject before it: "des troubles tels que la fièvre"."""
    before = range(max(1, noun - 3), noun)
    return any(s.low[j] in ("que", "qu'") and s.low[j - 1] in _SUCH for j in before) or any(
        s.low[j] in ("comme", "notamment") for j in before
    )


_LINKS = frozenset("de d' du des à au aux en pour sur sans".split())


def _chained(s: _Sentence, head: int, found: Slots) -> bool:
    """Whether the noun at ``head`` hangs on one that an adjective behind it fits.

    "une solution de rechange prometteuse", whatever the parser makes of it.
    """
    here = head - 1
    linked = False
    while here >= 0 and s.words[here].kind == "word":
        low = s.low[here]
        if low in _LINKS:
            linked = True
        elif low not in DETERMINERS:
            if "N" in grammar.categories(low):
                slots = grammar.slots(low, "N")
                if linked and (slots is None or slots & found):
                    return True
                linked = False
            elif not grammar.categories(low) <= {"A", "V"} or grammar.persons(low):
                return False
        here -= 1
    return False


def _joins_adjective(s: _Sentence, i: int) -> bool:
    """Whether the word at ``i`` joins what may be another adjective ("française et anglaise")."""
    if s.low[i] not in _JOINING:
        return False
    following = s.low[i + 1] if i + 1 < len(s.low) else ""
    return not grammar.persons(following) or grammar.slots(following, "AK") is not None


_QUOTES = frozenset('(«»"“”')


def looks(words: Sequence[str], air: int) -> bool:
    """Whether somebody has the "air", so that the adjective is theirs: "elle a l'air contente"."""
    return any(
        reading.lemma == "avoir"
        for low in words[max(0, air - 5) : air - 1]
        for reading in Lexicon.load().readings(low)
        if reading.category == "V"
    )


def _perhaps_verb(s: _Sentence, head: int, i: int) -> bool:
    """Whether the noun may be a verb that the parser mistook: "qu'elle juge utiles"."""
    if not grammar.persons(s.low[head]) or s.children(head, "nummod"):
        return False
    before = s.low[head - 1] if head else ""
    if i == head - 1:
        return before in ("dernier", "dernière", "premier", "première", "seul", "seule")
    return not s.children(head, "det", "case") and before not in grammar.PREPOSITIONS


DOERS = ("eur", "eurs", "ager", "agers")


@lru_cache(maxsize=16384)
def _apposed(word: str) -> bool:
    """Whether a word after a noun may be a noun too ("étude usagers", "fonction raccourci")."""
    readings = Lexicon.load().readings(word)
    adjectives = {r.lemma for r in readings if r.category == "A"}
    nouns = {r.lemma for r in readings if r.category == "N"}
    if word.endswith(("ale", "ales")):  # "internationale": a song, and the adjective's feminine
        nouns -= {form for lemma in adjectives for form in grammar.inflected(lemma, FS | FP, "A")}
    # "des sessions utilisateur", "étude usagers": whom it is for stands so most of all.
    return bool(nouns - adjectives) or bool(nouns and word.endswith(DOERS))


def _gerund(s: _Sentence, i: int) -> bool:
    """Whether a word in "-ant" may be the participle that never agrees ("venant de loin")."""
    if not s.low[i].endswith(("ant", "ants")):
        return False
    if s.tree.tags[i] != "ADJ" or "A" not in grammar.categories(s.low[i]):
        return True
    if not s.low[i].endswith("ant"):
        return False
    # "des lumières venant du balcon": a preposition or an article after it makes it a verb.
    after = s.low[i + 1] if i + 1 < len(s.low) else ""
    if after in grammar.PREPOSITIONS or after in grammar.DETERMINERS:
        return True
    return bool(s.children(i, "obj", "obl", "xcomp", "obl:agent"))


def _explained(s: _Sentence, i: int, head: int, found: Slots) -> bool:
    """Whether another noun to the left could be what the adjective at ``i`` agrees with.

    After "N de N" that is the first noun as well as the second; where the parser is not sure of
    the head, it is any noun of the clause.
    """
    chain: set[int] = set()
    up = head
    while up >= 0 and s.tree.relations[up] in ("nmod", "obl", "conj", "appos", "flat", "obj"):
        up = s.tree.heads[up]
        if up in chain:
            break  # the heads are chosen one by one, so they can go in a circle
        chain.add(up)
    # Behind a comma it may belong to anything before: "des patients testés en France, motivés par".
    detached = "," in s.low[head + 1 : i]
    sure = s.tree.sure[i] >= 0.6 and not detached
    plural = any(slot[1] == "p" for slot in found)
    reach = max(-1, i - 16)
    for j in range(i - 1, reach, -1):
        if j == head:
            continue
        word = s.words[j]
        if word.kind == "object":
            return True
        if plural and s.low[j] in _JOINING and head - 4 < j < head:
            return True
        if s.tree.tags[j] == "PROPN" and j > head:
            return True
        if not sure or j in chain or j > head:
            if s.tree.tags[j] == "PROPN":
                return True
            if s.tree.tags[j] in ("NOUN", "PRON"):
                here = grammar.slots(s.low[j], "N")
                if here is None and s.tree.tags[j] == "PRON":
                    here = _PRONOUN_SLOTS.get(s.low[j], frozenset())
                if here is None or here & found:
                    return True
        if (
            j < head
            and not sure
            and (s.low[j] in (";", ":") or (s.tree.tags[j] == "VERB" and not detached))
        ):
            break
    return False


def _object(s: _Sentence, i: int, head: int) -> Clash | None:
    """An adjective at ``i`` that a verb such as "rendre" gives to its object."""
    if s.low[head] not in _MAKE or s.tree.tags[i] != "ADJ" or not s.usable(i):
        return None
    things = [j for j in s.children(head, "obj") if head < j < i and s.tree.tags[j] == "NOUN"]
    if len(things) != 1 or s.low[i] in _NEVER or s.children(i, "det", "case", "mark"):
        return None
    found, noun = grammar.slots(s.low[i], "A"), s.noun(things[0])
    if found is None or noun is None or found & noun or s.joined(things[0]):
        return None
    return _clash(s, "object", i, things[0], noun, i, things[0])


_MAKE = frozenset(
    """rend rendent rendait rendra rendre rendant garde gardent garder gardant maintient
    maintiennent maintenir laisse laissent laisser""".split()
)


def _opening(s: _Sentence, i: int) -> Clash | None:
    """A participle that opens the sentence, before the comma and the subject it belongs to."""
    if s.tree.tags[i] != "VERB" or grammar.slots(s.low[i], "K") is None:
        return None
    if s.children(i, "aux", "aux:pass", "mark", *_SUBJECTS) or grammar.persons(s.low[i]):
        return None
    if s.low[i] in _NEVER or s.low[i] in ("étant", "situé", "né", "née") or "," not in s.low:
        return None
    for j in (k for r in _SUBJECTS for k, x in enumerate(s.tree.relations) if x == r):
        comma = max((k for k in range(j) if s.low[k] == ","), default=-1)
        if comma < 0 or not all(s.tree.tags[k] in ("DET", "ADJ") for k in range(comma + 1, j)):
            continue
        if s.tree.relations[s.tree.heads[j]] != "root" or s.tree.tags[j] != "NOUN":
            continue
        found, noun = grammar.slots(s.low[i], "K"), s.noun(j)
        if found is None or noun is None or found & noun or s.joined(j) or not s.usable(j):
            return None
        return _clash(s, "opening", i, j, noun, j)
    return None


def _subject(s: _Sentence, i: int, head: int) -> Iterator[Clash]:
    """The subject at ``i`` and its verb or predicate at ``head``."""
    tree = s.tree
    low = s.low[i]
    person: frozenset[str] | None = None
    slots: Slots | None = None
    arcs = [i]
    controller = i
    if low == "qui" and (meant := _meant(s, i)) is not None:
        yield from _finite(s, meant[0], head, meant[1], [i])
        return
    if low in _MANY and (found := _quantity(s, i)) is not None:
        yield from _finite(s, i, head, frozenset({"3p"}), [i, found])
        return
    if low == "qui" and tree.relations[head] in ("acl:relcl", "acl"):
        controller = tree.heads[head]
        if controller < 0 or controller > i or tree.tags[controller] != "NOUN":
            return
        # "un des voisins qui part", "c'est vous qui": who is meant may stand further left.
        if i - controller > 6 or s.low[controller] in COLLECTIVE:
            return
        if _antecedent_unsure(s, controller, i):
            return
        arcs.append(head)
    if s.is_noun(controller):
        if not s.usable(controller) or s.low[controller] in COLLECTIVE:
            return
        if _exemplifies(s, controller):
            return
        slots = s.noun(controller)
        if slots is None:
            return
        dets = s.children(controller, "det")
        if any((fits := DETERMINERS.get(s.low[d])) is not None and not fits & slots for d in dets):
            return  # which of the two is wrong is not known
        if any(s.low[d] in ("combien", "tant", "plus", "moins") for d in dets):
            return
        if low != "qui" and not s.children(controller, *_DRESS):
            return  # "Gates a", "stations : permet": a name, or what stands in code
        # "Dix euros est un bon prix", but "les dix euros sont".
        counted = s.children(controller, "nummod") and all(
            DETERMINERS.get(s.low[d], MS) != MP | FP for d in dets
        )
        if counted or tree.relations[controller] in ("flat", "appos", "conj"):
            return
        if s.joined(controller) and {n[1] for n in slots} == {"s"}:
            if low != "qui" and _both(s, controller, head):
                yield from _finite(s, controller, head, frozenset({"3p"}), arcs)
                yield from _predicate(s, controller, head, MP | FP, arcs, both=True)
            return
        if s.joined(controller):
            slots = frozenset({"mp", "fp"}) if slots <= {"mp", "fp"} else None
            if slots is None:
                return
            slots = frozenset({"mp", "fp"})
        person = frozenset("3" + slot[1] for slot in slots)
    elif low in _PERSONS:  # a pronoun
        person = frozenset({_PERSONS[low]})
        slots = _PRONOUN_SLOTS.get(low)
        if s.children(i, "conj", "cc", "appos", "case", "det"):
            return
        if i > head or (i and s.low[i - 1] in ("d'", "de", "entre") and low[-2:] != "il"):
            return
    else:
        return
    if i > head and low != "qui":
        return  # inversion
    if low != "qui" and len(s.children(head, *_SUBJECTS)) > 1:
        return  # one of the two belongs to a clause that the parser has not seen
    if any(low in ("et", "ou", "ni", "&", ",") for low in _head_words(s, controller, head)):
        person3 = person is not None and person == {"3s"}
        if person3 and tree.tags[controller] == "NOUN":
            return
    yield from _finite(s, controller, head, person, arcs)
    for other in s.children(head, "conj"):
        # "les clés tombent et se perd": a second verb of the same subject.
        if other > head and not s.children(other, *_SUBJECTS, "expl:subj", "mark"):
            yield from _finite(s, controller, other, person, [*arcs, other], "second-verb")
    if slots is not None:
        yield from _predicate(s, controller, head, slots, arcs)


_MEANT = {
    "ceux": "3p", "celles": "3p", "celui": "3s", "celle": "3s", "moi": "1s", "toi": "2s",
    "nous": "1p", "vous": "2p",
}  # fmt: skip


def _meant(s: _Sentence, qui: int) -> tuple[int, frozenset[str]] | None:
    """The pronoun right before "qui" and its person: "ceux qui travaillent", "c'est moi qui ai"."""
    before = s.low[qui - 1] if qui else ""
    person = _MEANT.get(before)
    if person is None:
        return None
    if person[0] != "3" and (qui < 3 or not s.low[qui - 2].startswith(("est", "sont", "était"))):
        return None
    if qui > 1 and person[0] == "3" and s.low[qui - 2] in _ONE_OF:
        return None  # "un de ceux qui part"
    return qui - 1, frozenset({person})


_ONE_OF = frozenset("de d' parmi entre".split())
_MANY = frozenset("plupart beaucoup peu trop tant assez".split())


def _quantity(s: _Sentence, i: int) -> int | None:
    """The plural noun that "la plupart des", "beaucoup de" at ``i`` counts, beside it."""
    if i + 2 >= len(s.low) or s.low[i + 1] not in ("des", "de", "d'"):
        return None
    noun = i + 2
    if s.low[noun] in DETERMINERS and noun + 1 < len(s.low):
        noun += 1
    found = s.noun(noun) if s.tree.tags[noun] == "NOUN" else None
    if found is None or not s.usable(noun) or any(slot[1] == "s" for slot in found):
        return None
    return None if s.joined(noun) else noun


def _both(s: _Sentence, controller: int, head: int) -> bool:
    """Whether two nouns with their determiners are the subject: "le maire et son fils"."""
    others = s.children(controller, "conj")
    if len(others) != 1 or not controller < others[0] < head:
        return False
    other = others[0]
    joined = [j for j in s.children(other, "cc") if s.low[j] == "et"]
    if not joined or s.tree.tags[other] != "NOUN" or not s.usable(other):
        return False
    if s.children(other, "case"):
        return False  # "la fortune de l'État et de la ville"
    dets = [s.children(noun, "det") for noun in (controller, other)]
    if not all(dets) or s.low[dets[0][0]] in ("chaque", "tout", "toute", "aucun", "aucune", "nul"):
        return False
    first = dets[0][0]
    if s.low[dets[1][0]] in ("des", "du", "aucune", "aucun") or (
        first and s.words[first - 1].kind != "punct" and s.low[first - 1] not in ("que", "qu'")
    ):
        return False  # "la richesse des profils et des enjeux", "entre les hommes et les femmes"
    if any(s.words[j].kind == "punct" for j in range(controller, head)):
        return False
    return not any(s.low[j] in ("un", "une") for j in range(controller + 1, head + 1))


_DRESS = ("det", "nummod", "amod", "nmod", "acl", "acl:relcl", "case", "conj")
"""What French hardly ever leaves a subject without."""


def _head_words(s: _Sentence, start: int, end: int) -> list[str]:
    return s.low[start + 1 : end] if start < end else []


def _antecedent_unsure(s: _Sentence, noun: int, qui: int) -> bool:
    found = s.noun(noun)
    if found is None or s.joined(noun):
        return True
    numbers = {slot[1] for slot in found}
    for j in range(qui - 1, max(-1, qui - 14), -1):
        if j == noun:
            continue
        if s.low[j] in ("et", "ou", "ni", ",") and "s" in numbers and j > noun - 6:
            return True
        if s.tree.tags[j] in ("NOUN", "PROPN", "PRON", "NUM"):
            if s.tree.tags[j] != "NOUN":
                return True
            here = grammar.slots(s.low[j], "N")
            if here is None or {slot[1] for slot in here} - numbers:
                return True
        if j < noun and s.tree.tags[j] == "VERB":
            break
    return False


def _finite(
    s: _Sentence,
    controller: int,
    head: int,
    person: frozenset[str] | None,
    arcs: list[int],
    kind: str = "verb",
) -> Iterator[Clash]:
    """The finite verb of the clause whose head is ``head``, against the subject's person."""
    if person is None:
        return
    helpers = [
        j
        for j in s.children(head, "aux", "aux:pass", "cop")
        if j > controller and s.tree.tags[j] == "AUX"
    ]
    verb = min(helpers) if helpers else head
    if verb < controller or (not helpers and s.tree.tags[head] not in ("VERB", "AUX")):
        return
    text = s.low[verb]
    if len(text) < 3 and text not in ("a", "as", "ai", "es", "va", "vas"):
        return
    if s.words[verb].text != text or "-" in text:
        return
    found = grammar.persons(text)
    if not found or found & person or _hidden_subject(s, controller, found):
        return
    if grammar.follows_attribute(text, s.low[verb + 1 : verb + 4]):
        return
    if not helpers and grammar.slots(text, "K") is not None:
        return  # "les produits fini": a participle is not judged as a verb
    if not helpers and grammar.is_infinitive(text):
        return
    if not found & {"3s", "3p"} and not person & {"1s", "2s", "1p", "2p"}:
        return
    if _aside(s, verb, head) or (not helpers and _describes(s, verb)):
        return
    # "nous" and "vous" are objects too: "les voisins vous ont vu".
    near = range(max(0, controller - 3), controller)
    if s.low[controller] in ("nous", "vous") and (
        any(s.tree.tags[j] in ("NOUN", "PRON", "PROPN") for j in near)
    ):
        return
    yield _clash(s, kind, verb, controller, person, *arcs, *helpers[:1])


_BEFORE_VERB = frozenset("l' le la les s' se n' ne m' me t' te lui leur y en nous vous".split())


def _describes(s: _Sentence, word: int) -> bool:
    """Whether a word that can be a verb stands before the verb: "la ligne dure l'emporte"."""
    if not grammar.categories(s.low[word]) & {"A", "N"}:
        return False
    at = word + 1
    while at < len(s.low) and s.low[at] in _BEFORE_VERB and at - word < 4:
        at += 1
    if at == word + 1 or at >= len(s.low):
        return False
    low = s.low[at]
    return bool(grammar.persons(low)) and grammar.categories(low) == {"V"}


def _aside(s: _Sentence, verb: int, head: int) -> bool:
    """Whether the verb has its subject behind it: "…", a dit le maire; …, assure le maire."""
    before = s.low[verb - 1] if verb else ""
    if before in _CLOSING or (before == "," and verb > 1 and s.low[verb - 2] in _CLOSING):
        return True
    after = s.low[verb + 1] if verb + 1 < len(s.low) else ""
    if (s.low[verb], after) in (("compte", "tenu"), ("soit", "dit"), ("date", "à")):
        return True
    if before not in (",", "-", "–", "—"):
        return False
    said = {r.lemma for i in (head, verb + 1) if i < len(s.low)
            for r in Lexicon.load().readings(s.low[i]) if r.category == "V"}  # fmt: skip
    return bool(said & _SAYING)


_CLOSING = frozenset(("»", "”", '"', "’’", "''", "’", "'"))
_SAYING = frozenset(
    """dire déclarer affirmer assurer expliquer ajouter estimer souligner noter répondre conclure
    préciser insister indiquer annoncer rappeler remarquer confier écrire juger lancer raconter
    observer poursuivre regretter reconnaître rapporter résumer soutenir commenter avertir penser
    croire admettre avouer promettre demander faire""".split()
)


def _hidden_subject(s: _Sentence, controller: int, persons: frozenset[str]) -> bool:
    """Whether a word further left may be the real subject, in the number that the verb has.

    "les médias d'information grand public du pays ont": the parser took the nearest noun. So may
    the last of several that are joined ("des partis, voire de la société civile, sont").
    """
    if s.tree.tags[controller] != "NOUN":
        return False
    numbers = {person[1] for person in persons if person[0] == "3"}
    start = min([controller, *s.children(controller, "det", "amod", "nummod", "case")])
    for j in range(start - 1, max(-1, start - 13), -1):
        if s.tree.tags[j] in ("VERB", "AUX") or s.low[j] in (";", ":", ".", "que", "qu'"):
            return False
        if "p" in numbers and (s.low[j] in _JOINING or s.low[j] in ("voire", "comme", "ni")):
            return True
        if s.low[j] in COLLECTIVE or s.tree.tags[j] == "PROPN":
            return True
        if s.tree.tags[j] == "NOUN":
            here = grammar.slots(s.low[j], "N")
            if here is None or {slot[1] for slot in here} & numbers:
                return True
    return False


def _predicate(
    s: _Sentence, controller: int, head: int, slots: Slots, arcs: list[int], *, both: bool = False
) -> Iterator[Clash]:
    """Adjective or participle that "être" ties to the subject, and what is joined to it."""
    tree = s.tree
    relation_words = s.children(head, "cop", "aux:pass", "aux")
    if not both and s.joined(controller):
        return
    if _hidden_subject(s, controller, frozenset({"3s", "3p"})):
        return
    if any(grammar.is_form_of(s.low[j], "être") for j in relation_words):
        if s.children(head, "expl", "expl:subj", "obj", "iobj"):
            return  # "elles se sont parlé"
        had = any(
            tree.relations[j] == "aux" and not grammar.is_form_of(s.low[j], "être")
            for j in relation_words
        )
        if had and not any(s.low[j] == "été" for j in relation_words):
            return  # "a vu" does not agree; "a été vu" does
        targets = [head]
    else:
        targets = [
            j
            for j in s.children(head, "xcomp", *(("obj",) if s.low[head] in _STATE else ()))
            if ((tree.tags[j] == "ADJ" and s.low[head] in _STATE) or _made_be(s, j, head))
            and not s.children(j, "mark", "case")
        ]
        arcs = [*arcs, *targets]
    for target in targets:
        joined = [j for j in s.children(target, "conj") if tree.tags[j] in ("ADJ", "VERB")]
        for j in (target, *joined):
            made = _fits_subject(s, controller, j, slots, [*arcs, *((j,) if j != target else ())])
            if made is not None:
                yield made


def _made_be(s: _Sentence, j: int, head: int) -> bool:
    """Whether "être" ties the predicate ``j`` to a modal's subject: "peut être fermé"."""
    if s.children(j, "expl", "obj", "iobj", *_SUBJECTS):
        return False
    be = s.children(j, "cop", "aux:pass", "aux")
    if not be or s.low[be[-1]] != "être" or len(be) > 1:
        return False
    return any(
        r.lemma in ("pouvoir", "devoir", "aller") and r.category == "V"
        for r in Lexicon.load().readings(s.low[head])
    )


_STATE: frozenset[str] = frozenset(
    """reste restent restait restaient restera resteront devient deviennent devenait devenaient
    deviendra deviendront semble semblent semblait semblaient paraît paraissent demeure demeurent
    devient""".split()
)


def _fits_subject(
    s: _Sentence, controller: int, j: int, slots: Slots, arcs: list[int]
) -> Clash | None:
    if j < controller or s.tree.tags[j] not in ("ADJ", "VERB") or not s.usable(j):
        return None
    own = s.children(j, *_SUBJECTS)
    if may_stay(s.low[j]) or (own and controller not in own and j != s.tree.heads[arcs[0]]):
        return None
    if s.children(j, "det", "case", "mark") or _gerund(s, j):
        return None
    if s.low[j].startswith("multi") and s.low[j].endswith("s"):
        return None  # "unitaire ou multicritères"
    participle = grammar.slots(s.low[j], "K")
    if s.tree.tags[j] == "VERB" and participle is None:
        return None
    found = grammar.slots(s.low[j], "AK")
    if found is None or found & slots:
        return None
    return _clash(s, "predicate", j, controller, slots, *arcs)


def observed(evidence: dict[str, float], mood: Mood) -> dict[str, float]:
    """The evidence of a clash as :func:`confidence` weighs it: log-odds, and the surroundings.

    ``sentence`` is how odd the other words of its sentence are, ``mood`` those of the rest of the
    document: where all else is in order a clash is rather the parser's mistake.
    """
    found = {}
    for name in ("sure", "known", "odd", "other"):
        value = min(max(evidence[name], 1e-4), 1 - 1e-4)
        found[name] = math.log(value / (1 - value))
    words, total = evidence["words"], evidence["oddness"]
    found["far"] = min(evidence["far"], 6.0)
    rest = total - found["odd"] - found["other"] + 10 * _CENTRE
    found["sentence"] = rest / (words + 8) - _CENTRE
    found["mood"] = mood.without(total, int(words)) - _CENTRE
    return found


def confidence(kind: str, evidence: dict[str, float], mood: Mood) -> float:
    """How likely a clash is an error: a logistic model; the weights come from data.

    ``scripts/calibrate-agreement`` fits them: clean training text against experts' spans.
    """
    weights = WEIGHTS[kind]
    total = weights["bias"]
    for name, value in observed(evidence, mood).items():
        total += weights.get(name, 0.0) * value
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


_CENTRE = -6.2
"""What the means are counted from; the weights belong to it."""

WEIGHTS: dict[str, dict[str, float]] = {
    "adjective": {
        "bias": 3.153, "sure": -0.037, "known": -0.102, "odd": 0.093, "other": 0.115,
        "far": -0.175, "sentence": 1.305, "mood": 4.751,
    },
    "determiner": {
        "bias": 1.154, "sure": -0.105, "known": 0.113, "odd": 0.216, "other": -0.033,
        "far": -0.222, "sentence": 0.606, "mood": 3.856,
    },
    "predicate": {
        "bias": 3.397, "sure": 0.597, "known": -0.276, "odd": 0.188, "other": 0.366,
        "far": 0.015, "sentence": 0.85, "mood": 1.769,
    },
    "second-verb": {
        "bias": 7.4, "sure": 0.406, "known": -0.435, "odd": -0.241, "other": 0.265,
        "far": -0.849, "sentence": 0.666, "mood": 0.935,
    },
    "verb": {
        "bias": 2.017, "sure": 0.287, "known": -0.074, "odd": 0.065, "other": 0.142,
        "far": -0.126, "sentence": 1.262, "mood": 3.07,
    },
    # Too few to fit: 10, 11 and 2 errors beside 1, 0 and 0 alarms in 359,000 clean words.
    "numeral": {"bias": 0.6},
    "opening": {"bias": 0.6},
    "object": {"bias": 0.6},
}  # fmt: skip
"""At 0.6, the rules' threshold, clashes raise 1.6 alarms in 10,000 words of clean French, many of
them slips of the authors, and find 540 of 629 errors of mt/train/wmt_qe_docs; at 0.5 2.2 and 574
(docs/measured/agreement.txt)."""
