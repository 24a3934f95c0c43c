"""Clashes around a noun: its determiner, numeral and adjectives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.grammar import Slots
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement.clash import (
    ACRONYMS,
    APPOSED,
    DETERMINERS,
    FP,
    FS,
    MS,
    Clash,
)
from mtrepair.rules.agreement.sentence import (
    COLLECTIVE,
    JOINING,
    MONTHS,
    NEVER,
    NUMERALS,
    PERSONS,
    PRONOUN_SLOTS,
    SUBJECTS,
    Sentence,
    clash_of,
    gerund,
    noun_slots,
)

COLOURS = frozenset(
    "bleu vert rouge jaune brun gris blanc noir blond châtain violet rose orange marron".split()
)


_FIXED = {"haut": ("de",), "grand": ("public", "chose"), "mini": ()}
"""Adjectives that do not agree before a certain word, or at all: "des robinets haut de gamme"."""


def fixed(s: Sentence, i: int) -> bool:
    """Whether an adjective does not agree where it stands."""
    if s.low[i] in COLOURS and i + 1 < len(s.low) and s.words[i + 1].kind == "word":
        return True  # "une boîte bleu nuit"
    following = _FIXED.get(s.low[i])
    return following is not None and (
        not following or s.low[i + 1 : i + 2] in [[w] for w in following]
    )


_CERTAIN = {"certain": MS, "certaine": FS}


def determiner(s: Sentence, i: int, head: int) -> Clash | None:
    """A determiner at ``i`` before the noun at ``head``."""
    fits = DETERMINERS.get(s.low[i]) or _CERTAIN.get(s.low[i])
    if fits is None or i > head or s.tree.tags[head] != "NOUN" or not s.usable(head):
        return None
    found = noun_slots(s.low[head])
    if found is None or found & fits:
        return None
    # "les nom et prénom", "l'un des", "quatre-vingt et un jours", "les 3e et 4e alinéa".
    if any(slot[1] == "p" for slot in fits) and (s.joined(head) or s.joined(i)):
        return None
    between = s.between(i, head)
    linked = JOINING | grammar.PREPOSITIONS
    if any(low in linked or low.endswith("-d'") for low in between):
        return None  # "une sémantique claire pour les liens", "dix chefs-d'œuvre"
    if any(s.words[j].kind == "punct" for j in range(i + 1, head)):
        return None  # "notre (les prêcheurs) soutien"
    if any(s.words[j].text[:1].isupper() for j in range(i + 1, head)):
        return None  # "l'Assistant fonctions"
    if listed(s, i, head, fits):
        return None
    if s.low[i] in ("un", "une") and i and s.low[i - 1] in ("l'", "et", "quelqu'", "les"):
        return None
    # "que nous l'avions", "le sept novembre", "un enfant sur quatre blessé".
    if i and s.low[i] in grammar.PRONOUN_LIKE:
        before = s.low[i - 1]
        if before == "en" and s.low[head].endswith("ant"):
            return None  # "en la rendant performante"
        if before in PERSONS or before == "sur" or s.low[head] in MONTHS:
            return None
    clash = clash_of(s, "determiner", head, i, fits, i)
    if not {slot[1] for slot in found} & {slot[1] for slot in fits}:
        clash.evidence["number"] = 1.0
    return clash


def listed(s: Sentence, i: int, head: int, fits: Slots) -> bool:
    """Whether a plural determiner has several nouns in the singular: "ses père et mère"."""
    if any(slot[1] == "s" for slot in fits) or head + 2 >= len(s.low):
        return False
    if s.low[i] in NUMERALS and s.low[head].endswith("ant"):
        return True  # "les semestres trois à dix formant le tronc commun"
    following, then = s.low[head + 1], s.low[head + 2]
    if then in ("et", "mais"):
        return False
    return following in (",", "et") and then not in DETERMINERS and "N" in grammar.categories(then)


def numeral(s: Sentence, i: int, head: int) -> Clash | None:
    """A number above one at ``i`` before a noun in the singular."""
    text = s.words[i].text
    big = head == i + 2 and s.words[i + 1].text == "000"  # "200 000"
    if not (head == i + 1 or big) or not text.isdecimal() or not 2 <= int(text) < 1000:
        return None
    if text[0] == "0":
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
    if s.joined(head) or s.low[head] in MONTHS:
        return None
    if s.low[i - 1] in ("au", "du") and i:  # "au 85 boulevard Voltaire"
        return None
    return clash_of(s, "numeral", head, i, frozenset({"mp", "fp"}), i)


def _nobody(s: Sentence, head: int) -> bool:
    """Whether "personne" is the pronoun: no determiner stands before it."""
    return s.low[head] == "personne" and not s.children(head, "det")


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


def measured(s: Sentence, i: int) -> Clash | None:
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
    return clash_of(s, "numeral", i, i - 2, frozenset({"mp", "fp"}), i)


_STATES = frozenset("reste restent demeure demeurent semble semblent paraît paraissent".split())


def adjective(s: Sentence, i: int, head: int, arcs: tuple[int, ...]) -> Clash | None:
    """An adjective or participle at ``i`` that belongs to the noun at ``head``."""
    if fixed(s, i):
        return None
    tree = s.tree
    if head < 0 or not s.is_noun(head) or tree.tags[i] not in ("ADJ", "VERB"):
        return None
    if (
        s.low[i] in NEVER | APPOSED
        or not s.usable(i)
        or s.low[head] in ("fois", "chose")
        or _nobody(s, head)
    ):
        return None
    if i > head and any(s.low[j] in _STATES for j in range(head + 1, i)):
        return None  # "la question de savoir qui paiera les travaux reste entière"
    if i < head and any(s.words[j].kind == "number" for j in range(i + 1, head)):
        return None  # "accessible 24 heures sur 24"
    if tree.tags[i] == "VERB" and (
        grammar.slots(s.low[i], "K") is None or s.children(i, "aux", "aux:pass", *SUBJECTS)
    ):
        return None
    if s.children(i, "det", "case", "mark", "cop", "nsubj"):
        return None  # "des plus beaux", "quelque chose de nouveau", clauses of their own
    found = grammar.slots(s.low[i], "AK")
    noun = s.noun(head)
    if found is None or noun is None or found & noun or gerund(s, i):
        return None
    if i < head and any(s.tree.tags[j] in ("DET", "ADP") for j in range(i + 1, head)):
        return None  # "en temps réel les positions"
    if i < head and (elsewhere(s, i, head) or _verb_behind(s, i, head)):
        return None
    if i == head + 1 and any("3" + slot[1] in grammar.persons(s.low[i]) for slot in noun):
        return None  # "certains usages émergent"
    if i > head and (_rather_beside(s, i, head, found) or of_none(s, i, head)):
        return None
    if (i == head + 1 and apposed(s.low[i])) or (i > head and s.low[i].endswith(DOERS)):
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
        or any(low in JOINING for low in s.between(head, i))
        or s.low[head] in COLLECTIVE
    ):
        return None
    # "les langues française et anglaise", "les articles premier, deux et trois".
    if numbers == {"p"} and not plural:
        if s.joined(i) or len(s.children(head, "amod")) > 1:
            return None
        if i + 1 < len(s.low) and (s.low[i + 1] == "," or joins_adjective(s, i + 1)):
            return None
    # Colours of two words stay: "des robes bleu clair", "vert pomme".
    if s.low[i] in COLOURS and i + 1 < len(s.low) and s.words[i + 1].kind == "word":
        return None
    if i and s.low[i - 1] in COLOURS and i > head:
        return None
    if i > head and (chained(s, head, found) or _explained(s, i, head, found)):
        return None
    return clash_of(s, "adjective", i, head, noun, *arcs)


_WEEKDAYS = frozenset("lundi mardi mercredi jeudi vendredi samedi dimanche".split())


def elsewhere(s: Sentence, i: int, head: int) -> bool:
    """Whether an adjective before a noun rather belongs to what stands before itself.

    "une liste sera rendue publique mercredi", "le Journal officiel associations", "(particulier,
    entreprise)", "les cinquième et sixième lignes".
    """
    if s.low[head] in _WEEKDAYS or any(s.words[j].kind == "punct" for j in range(i + 1, head)):
        return True
    before = s.low[i - 1] if i else ""
    if before in JOINING:
        return True
    if not grammar.PRENOMINAL.isdisjoint(grammar.lemmas(s.low[i], "A")):
        return False
    return "N" in grammar.categories(before) and before not in DETERMINERS


def _verb_behind(s: Sentence, i: int, head: int) -> bool:
    """Whether the noun behind an adjective is rather a verb: "des sites fiables aide à voir"."""
    if not grammar.PRENOMINAL.isdisjoint(grammar.lemmas(s.low[i], "A")):
        return False
    return bool(grammar.persons(s.low[head])) and not s.children(head, "det", "case", "nummod")


def _rather_beside(s: Sentence, i: int, head: int, found: Slots) -> bool:
    """Whether an adjective belongs to a noun that touches it rather than to one further left.

    "les termes du présent contrat", "l'acte fait pleine foi", "la valeur du bien donné par lui",
    "les étudiants L'identifiant national".
    """
    if i - head < 2:
        return False
    beside = [s.low[i - 1]]
    if i + 1 < len(s.low) and s.tree.tags[i + 1] == "NOUN":
        beside.append(s.low[i + 1])
    return any(
        low not in DETERMINERS
        and "N" in grammar.categories(low)
        and bool((grammar.slots(low, "N") or frozenset()) & found)
        for low in beside
    )


def of_none(s: Sentence, i: int, head: int) -> bool:
    """Whether an adjective behind a noun is part of a phrase, or of a compound tense.

    "quatre casinos en propre", "jugé pour vol courant 2014", "les règles qui seraient à l'avenir
    nécessaires", "en la rendant performante", "ils n'ont pas, depuis leur visite, résidé", "des
    factures, reçus et autres pièces", "par actes séparés pourvu que".
    """
    following = s.low[i + 1] if i + 1 < len(s.low) else ""
    if s.low[i] == "courant" and (following.isdecimal() or following in MONTHS):
        return True
    if s.low[i - 1] in grammar.PREPOSITIONS or s.low[head - 2 : head + 1] == ["à", "l'", "avenir"]:
        return True
    if s.low[head].endswith("ant") and s.low[head - 1] in _OBJECTS:
        return "V" in grammar.categories(s.low[head])
    if s.low[i] == "pourvu" and following in ("que", "qu'"):
        return True
    if s.low[i - 1] != ",":
        return False
    return "N" in grammar.categories(s.low[i]) or any(
        grammar.is_form_of(low, "avoir") for low in s.low[:head]
    )


_OBJECTS = frozenset("la le les l' en se s' nous vous lui leur me m'".split())
_LINKS = frozenset("de d' du des à au aux en pour sur sans".split())


def chained(s: Sentence, head: int, found: Slots) -> bool:
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


def joins_adjective(s: Sentence, i: int) -> bool:
    """Whether the word at ``i`` joins what may be another adjective ("française et anglaise")."""
    if s.low[i] not in JOINING:
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


def _perhaps_verb(s: Sentence, head: int, i: int) -> bool:
    """Whether the noun may be a verb that the parser mistook: "qu'elle juge utiles"."""
    if not grammar.persons(s.low[head]) or s.children(head, "nummod"):
        return False
    before = s.low[head - 1] if head else ""
    if i == head - 1:
        return before in ("dernier", "dernière", "premier", "première", "seul", "seule")
    return not s.children(head, "det", "case") and before not in grammar.PREPOSITIONS


DOERS = ("eur", "eurs", "ager", "agers")


@lru_cache(maxsize=16384)
def apposed(word: str) -> bool:
    """Whether a word after a noun may be a noun too ("étude usagers", "fonction raccourci")."""
    readings = Lexicon.load().readings(word)
    adjectives = {r.lemma for r in readings if r.category == "A"}
    nouns = {r.lemma for r in readings if r.category == "N"}
    if word.endswith(("ale", "ales")):  # "internationale": a song, and the adjective's feminine
        nouns -= {form for lemma in adjectives for form in grammar.inflected(lemma, FS | FP, "A")}
    # "des sessions utilisateur", "étude usagers": whom it is for stands so most of all.
    return bool(nouns - adjectives) or bool(nouns and word.endswith(DOERS)) or word in _PEOPLE


_PEOPLE = frozenset("jeunes adultes seniors".split())
"""Whom something is for: "la garantie jeunes"."""


def _explained(s: Sentence, i: int, head: int, found: Slots) -> bool:
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
        if plural and s.low[j] in JOINING and head - 4 < j < head:
            return True
        if s.tree.tags[j] == "PROPN" and j > head:
            return True
        if not sure or j in chain or j > head:
            if s.tree.tags[j] == "PROPN":
                return True
            if s.tree.tags[j] in ("NOUN", "PRON"):
                here = grammar.slots(s.low[j], "N")
                if here is None and s.tree.tags[j] == "PRON":
                    here = PRONOUN_SLOTS.get(s.low[j], frozenset())
                if here is None or here & found:
                    return True
        if (
            j < head
            and not sure
            and (s.low[j] in (";", ":") or (s.tree.tags[j] == "VERB" and not detached))
        ):
            break
    return False


def of_object(s: Sentence, i: int, head: int) -> Clash | None:
    """An adjective at ``i`` that a verb such as "rendre" gives to its object."""
    if s.low[head] not in _MAKE or s.tree.tags[i] != "ADJ" or not s.usable(i):
        return None
    things = [j for j in s.children(head, "obj") if head < j < i and s.tree.tags[j] == "NOUN"]
    if len(things) != 1 or s.low[i] in NEVER or s.children(i, "det", "case", "mark"):
        return None
    found, noun = grammar.slots(s.low[i], "A"), s.noun(things[0])
    if found is None or noun is None or found & noun or s.joined(things[0]):
        return None
    return clash_of(s, "object", i, things[0], noun, i, things[0])


_MAKE = frozenset(
    """rend rendent rendait rendra rendre rendant garde gardent garder gardant maintient
    maintiennent maintenir laisse laissent laisser""".split()
)


def opening(s: Sentence, i: int) -> Clash | None:
    """A participle that opens the sentence, before the comma and the subject it belongs to."""
    if s.tree.tags[i] != "VERB" or grammar.slots(s.low[i], "K") is None:
        return None
    if s.children(i, "aux", "aux:pass", "mark", *SUBJECTS) or grammar.persons(s.low[i]):
        return None
    if s.low[i] in NEVER or s.low[i] in ("étant", "situé", "né", "née") or "," not in s.low:
        return None
    for j in (k for r in SUBJECTS for k, x in enumerate(s.tree.relations) if x == r):
        comma = max((k for k in range(j) if s.low[k] == ","), default=-1)
        if comma < 0 or not all(s.tree.tags[k] in ("DET", "ADJ") for k in range(comma + 1, j)):
            continue
        if s.tree.relations[s.tree.heads[j]] != "root" or s.tree.tags[j] != "NOUN":
            continue
        if not PERSONS.keys().isdisjoint(s.low[j + 1 : s.tree.heads[j]]):
            return None  # "Vêtus de blanc, un bâton à la main, ils marchent"
        found, noun = grammar.slots(s.low[i], "K"), s.noun(j)
        if found is None or noun is None or found & noun or s.joined(j) or not s.usable(j):
            return None
        return clash_of(s, "opening", i, j, noun, j)
    return None
