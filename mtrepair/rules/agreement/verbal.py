"""Clashes of a verb or predicate with its subject."""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.grammar import Slots
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement.clash import (
    DETERMINERS,
    FP,
    MP,
    MS,
    Clash,
)
from mtrepair.rules.agreement.sentence import (
    COLLECTIVE,
    JOINING,
    PERSONS,
    PRONOUN_SLOTS,
    SUBJECTS,
    Sentence,
    clash_of,
    gerund,
    may_stay,
)

_BE = frozenset(("être",))


_SUCH = frozenset("tel tels telle telles ainsi tant".split())


def _exemplifies(s: Sentence, noun: int) -> bool:
    """Whether a noun is an example of the subject before it: "des troubles tels que la fièvre"."""
    before = range(max(1, noun - 3), noun)
    return any(s.low[j] in ("que", "qu'") and s.low[j - 1] in _SUCH for j in before) or any(
        s.low[j] in ("comme", "notamment") for j in before
    )


def something(s: Sentence, i: int) -> bool:
    """Whether a noun is half of a pronoun: "quelque chose d'important a été introduit"."""
    return s.low[i] == "chose" and i > 0 and s.low[i - 1] in ("quelque", "autre", "grand")


def subject(s: Sentence, i: int, head: int) -> Iterator[Clash]:
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
        if antecedent_unsure(s, controller, i):
            return
        arcs.append(head)
    if s.is_noun(controller):
        if not s.usable(controller):
            return
        if s.low[controller] in COLLECTIVE:
            if low != "qui" and s.joined(controller) and _both(s, controller, head):
                yield from _finite(s, controller, head, frozenset({"3p"}), arcs)
            return
        if _exemplifies(s, controller) or something(s, controller):
            return
        slots = s.noun(controller)
        if slots is None:
            return
        dets = s.children(controller, "det")
        if any((fits := DETERMINERS.get(s.low[d])) is not None and not fits & slots for d in dets):
            return  # which of the two is wrong is not known
        if any(s.low[d] in ("combien", "tant", "plus", "moins") for d in dets):
            return
        if low != "qui" and not s.children(controller, *DRESS):
            return  # "Gates a", "stations : permet": a name, or what stands in code
        # "Dix euros est un bon prix", but "les dix euros sont".
        counted = s.children(controller, "nummod") and all(
            DETERMINERS.get(s.low[d], MS) != MP | FP for d in dets
        )
        if tree.relations[controller] in ("flat", "appos", "conj"):
            return
        if counted:
            many = frozenset("3" + slot[1] for slot in slots)
            if low != "qui" and i < head and s.low[controller] not in _MEASURES:
                yield from _finite(s, controller, head, many, arcs)
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
    elif low in PERSONS:  # a pronoun
        person = frozenset({PERSONS[low]})
        slots = PRONOUN_SLOTS.get(low)
        if s.children(i, "conj", "cc", "appos", "case", "det"):
            return
        if i > head or (i and s.low[i - 1] in ("d'", "de", "entre") and low[-2:] != "il"):
            return
    else:
        return
    if i > head and low != "qui":
        return  # inversion
    if low != "qui" and (as_well(s, i) or s.children(head, "expl:subj")):
        return  # "des logements, il n'y en a plus"
    if low != "qui" and len(s.children(head, *SUBJECTS)) > 1:
        return  # one of the two belongs to a clause that the parser has not seen
    if any(low in ("et", "ou", "ni", "&", ",") for low in _head_words(s, controller, head)):
        person3 = person is not None and person == {"3s"}
        if person3 and tree.tags[controller] == "NOUN":
            return
    yield from _finite(s, controller, head, person, arcs)
    for other in s.children(head, "conj"):
        # "les clés tombent et se perd": a second verb of the same subject.
        if s.children(other, *SUBJECTS, "expl:subj", "mark") or _own_subject(s, head, other):
            continue
        if other > head:
            yield from _finite(s, controller, other, person, [*arcs, other], "second-verb")
    if slots is not None:
        yield from _predicate(s, controller, head, slots, arcs)


def as_well(s: Sentence, noun: int) -> bool:
    """Whether the noun is the second of two: "tant l'État que la région ont participé"."""
    start = min([noun, *s.children(noun, "det", "amod")])
    if not start or s.low[start - 1] not in ("que", "qu'"):
        return False
    return not _AS.isdisjoint(s.low[max(0, start - 10) : start - 1])


_AS = frozenset("tant autant aussi".split())


def _own_subject(s: Sentence, head: int, verb: int) -> bool:
    """Whether a noun with its determiner stands between "et" and a second verb.

    "l'activité représente une part du budget et ses activités restent prépondérantes"
    """
    at = verb - 1
    while at > head and s.low[at] not in JOINING and s.words[at].kind != "punct":
        at -= 1
    return head < at < verb - 1 and s.low[at + 1] in DETERMINERS


_MEANT = {
    "ceux": "3p", "celles": "3p", "celui": "3s", "celle": "3s", "moi": "1s", "toi": "2s",
    "nous": "1p", "vous": "2p",
}  # fmt: skip


def _meant(s: Sentence, qui: int) -> tuple[int, frozenset[str]] | None:
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


def _quantity(s: Sentence, i: int) -> int | None:
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


def _both(s: Sentence, controller: int, head: int) -> bool:
    """Whether two nouns with their determiners are the subject: "le maire et son fils"."""
    others = s.children(controller, "conj")
    if len(others) != 1 or not controller < others[0] < head:
        return False
    other = others[0]
    joined = [j for j in s.children(other, "cc") if s.low[j] == "et"]
    if not joined or s.tree.tags[other] != "NOUN" or not s.usable(other):
        return False
    if "entre" in s.between(controller, other):
        return False  # "l'écart entre les femmes et les hommes"
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


_MEASURES = frozenset(
    """euro euros dollar dollars franc francs livre livres an ans année années jour jours mois
    semaine semaines pourcent pourcents heure heures minute minutes seconde secondes mètre
    mètres kilomètre kilomètres km litre litres kilo kilos gramme grammes tonne tonnes degré
    degrés point points pouce pouces fois octet octets bit bits caractère caractères pixel
    pixels page pages mot mots voix pas""".split()
)
"""Nouns whose number is one amount: "dix euros est un bon prix"."""
DRESS = ("det", "nummod", "amod", "nmod", "acl", "acl:relcl", "case", "conj")
"""What French hardly ever leaves a subject without."""


def _head_words(s: Sentence, start: int, end: int) -> list[str]:
    return s.low[start + 1 : end] if start < end else []


def antecedent_unsure(s: Sentence, noun: int, qui: int) -> bool:
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
        if j < noun and s.tree.tags[j] in ("VERB", "AUX"):
            break
    return False


def _named_subject(s: Sentence, controller: int, verb: int) -> bool:
    """Whether somebody stands right before the verb: "…, bien plus tard, Gagarine se tait"."""
    at = verb - 1
    while at > controller and s.low[at] in _BEFORE_VERB:
        at -= 1
    if at <= controller + 1 or s.words[at].text == s.low[at] or s.words[at].kind != "word":
        return False
    return s.words[at - 1].kind == "punct"


def _has_verb(s: Sentence, pronoun: int, verb: int, person: frozenset[str]) -> bool:
    """Whether a pronoun has a verb of its own nearer: "l'image qu'elles donnent ne permet pas"."""
    if not pronoun or s.low[pronoun - 1] not in ("que", "qu'", "dont", "où"):
        return False
    at = pronoun + 1
    while at < verb and s.low[at] in _BEFORE_VERB:
        at += 1
    return at < verb and bool(grammar.persons(s.low[at]) & person)


def _finite(
    s: Sentence,
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
    if s.tree.tags[controller] == "NOUN" and _named_subject(s, controller, verb):
        return
    if s.low[controller] in PERSONS and _has_verb(s, controller, verb, person):
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
    yield clash_of(s, kind, verb, controller, person, *arcs, *helpers[:1])


_BEFORE_VERB = frozenset("l' le la les s' se n' ne m' me t' te lui leur y en nous vous".split())


def _describes(s: Sentence, word: int) -> bool:
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


def _aside(s: Sentence, verb: int, head: int) -> bool:
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


def _hidden_subject(s: Sentence, controller: int, persons: frozenset[str]) -> bool:
    """Whether a word further left may be the real subject, in the number that the verb has.

    "les médias d'information grand public du pays ont": the parser took the nearest noun. So may
    the last of several that are joined ("des partis, voire de la société civile, sont").
    """
    if s.tree.tags[controller] != "NOUN":
        return False
    numbers = {person[1] for person in persons if person[0] == "3"}
    start = min([controller, *s.children(controller, "det", "amod", "nummod", "case")])
    for j in range(start - 1, max(-1, start - 13), -1):
        if s.tree.tags[j] in ("VERB", "AUX") and "p" in numbers and _of_many(s, j):
            return True
        if s.tree.tags[j] in ("VERB", "AUX") or s.low[j] in (";", ":", ".", "que", "qu'"):
            return False
        if "p" in numbers and (s.low[j] in JOINING or s.low[j] in ("voire", "comme", "ni")):
            return True
        if s.low[j] in COLLECTIVE or s.tree.tags[j] == "PROPN":
            return True
        if s.tree.tags[j] == "NOUN":
            here = grammar.slots(s.low[j], "N")
            if here is None or {slot[1] for slot in here} & numbers:
                return True
    return False


def _of_many(s: Sentence, verb: int) -> bool:
    """Whether a verb stands in a clause on several: "ceux qui ont cette faculté se remboursent"."""
    at = next((j for j in range(verb - 1, max(0, verb - 4), -1) if s.low[j] == "qui"), 0)
    if not at:
        return False
    meant = s.low[at - 1]
    slots = grammar.slots(meant, "N") if s.tree.tags[at - 1] == "NOUN" else None
    return meant in ("ceux", "celles") or (
        slots is not None and all(slot[1] == "p" for slot in slots)
    )


def _predicate(
    s: Sentence, controller: int, head: int, slots: Slots, arcs: list[int], *, both: bool = False
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
            for j in s.children(head, "xcomp", *(("obj",) if s.low[head] in STATE else ()))
            if ((tree.tags[j] == "ADJ" and s.low[head] in STATE) or _made_be(s, j, head))
            and not s.children(j, "mark", "case")
        ]
        arcs = [*arcs, *targets]
    for target in targets:
        joined = [j for j in s.children(target, "conj") if tree.tags[j] in ("ADJ", "VERB")]
        if tree.tags[target] == "NOUN":
            joined = []  # "les fonds sont une condition nécessaire mais insuffisante"
        for j in (target, *joined):
            made = _fits_subject(s, controller, j, slots, [*arcs, *((j,) if j != target else ())])
            if made is not None:
                yield made


def _made_be(s: Sentence, j: int, head: int) -> bool:
    """Whether "être" ties the predicate ``j`` to a modal's subject: "peut être fermé"."""
    if s.children(j, "expl", "obj", "iobj", *SUBJECTS):
        return False
    be = s.children(j, "cop", "aux:pass", "aux")
    if not be or s.low[be[-1]] != "être" or len(be) > 1:
        return False
    return any(
        r.lemma in ("pouvoir", "devoir", "aller") and r.category == "V"
        for r in Lexicon.load().readings(s.low[head])
    )


STATE: frozenset[str] = frozenset(
    """reste restent restait restaient restera resteront devient deviennent devenait devenaient
    deviendra deviendront semble semblent semblait semblaient paraît paraissent demeure demeurent
    devient""".split()
)


def _fits_subject(
    s: Sentence, controller: int, j: int, slots: Slots, arcs: list[int]
) -> Clash | None:
    if j < controller or s.tree.tags[j] not in ("ADJ", "VERB") or not s.usable(j):
        return None
    own = s.children(j, *SUBJECTS)
    if may_stay(s.low[j]) or (own and controller not in own and j != s.tree.heads[arcs[0]]):
        return None
    if s.children(j, "det", "case", "mark") or gerund(s, j):
        return None
    if s.low[j].startswith("multi") and s.low[j].endswith("s"):
        return None  # "unitaire ou multicritères"
    participle = grammar.slots(s.low[j], "K")
    if s.tree.tags[j] == "VERB" and participle is None:
        return None
    found = grammar.slots(s.low[j], "AK")
    if found is None or found & slots:
        return None
    return clash_of(s, "predicate", j, controller, slots, *arcs)
