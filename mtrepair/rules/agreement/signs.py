"""What speaks for and against a tie that does not agree, as numbers.

Only the place counts: no number names a word, but for the small ones beside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.grammar import Slots
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.parsing import Parse
from mtrepair.rules.agreement.clash import DETERMINERS
from mtrepair.rules.agreement.nominal import chained, elsewhere, of_none
from mtrepair.rules.agreement.sentence import (
    COLLECTIVE,
    JOINING,
    NEVER,
    SUBJECTS,
    Sentence,
    noun_slots,
)
from mtrepair.rules.agreement.ties import KINDS, TO_YOU, Tie, clitic
from mtrepair.rules.agreement.verbal import antecedent_unsure
from mtrepair.rules.parsed import odds

FEATURES = (
    # how the two differ
    "kind", "gender", "number", "plural", "controller_plural",
    # what the parser makes of them
    "sure", "known", "known_controller", "odd", "odd_controller", "sentence", "words",
    # what stands between and before them
    "distance", "commas", "marks", "verbs", "nouns", "fitting", "fitting_before", "joining",
    "joined", "joined_target",
    # what the lexicon knows of them
    "has_noun", "has_adjective", "has_verb", "has_participle", "has_other", "readings",
    "controller_other", "zipf", "zipf_controller", "english", "english_controller", "rather",
    # what stands beside them
    "tag", "tag_controller", "before", "after", "before_controller", "after_fits", "dressed",
    "undressed_fits", "collective", "never", "gerund", "quotes", "first", "numbered",
    "proper_near",
    # what hangs on them in the tree
    "be", "reflexive", "objects", "complements", "cased", "marked", "subjects", "relation",
    "person_noun", "position",
    # what might be meant instead (nominal.py, verbal.py)
    "of_none", "chained", "elsewhere", "verb_after_all", "own_subject", "unsure", "compound",
)  # fmt: skip
GAINS = ("gain_odd", "gain_odd_controller", "gain_all", "gain_sure", "gain_known", "same",
         "mended_sure", "mended_known", "mended_odd")  # fmt: skip
"""What changes for the parser where the tie is mended."""
UNMENDED = [0.0, 0.0, 0.0, 0.0, 0.0, -1.0, -9.0, -9.0, 9.0]
"""What stands for :data:`GAINS` where no form is known that would mend it, or nobody has tried."""

_BEFORE = 14
"""Words to the left of the two among which another noun may be meant."""
_SMALL_WORDS = (
    frozenset(grammar.PREPOSITIONS), frozenset(DETERMINERS), frozenset(JOINING),
    frozenset(grammar.CLITICS), frozenset(("que", "qu'", "qui", "dont", "où")),
    frozenset(("plus", "moins", "très", "si", "aussi", "trop", "assez", "bien")),
)  # fmt: skip
_TAGS = {
    tag: n for n, tag in enumerate(("NOUN", "PROPN", "ADJ", "VERB", "AUX", "ADV", "PRON", "NUM"))
}
_RELATIONS = {
    name: n
    for n, name in enumerate(
        ("root", "nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj", "appos", "xcomp", "ccomp",
         "advcl", "acl", "acl:relcl", "amod", "flat", "parataxis", "dislocated")
    )
}  # fmt: skip
_QUOTES = frozenset("«»\"“”()[]'’")


def observed(s: Sentence, tie: Tie) -> list[float]:
    """The signs of a tie, in the order of :data:`FEATURES`."""
    fits = (
        frozenset(gender + person[1] for person in tie.found for gender in "mf")
        if tie.kind == "verb"
        else tie.found
    )
    return [
        *_difference(tie),
        *_parsed(s, tie),
        *_between(s, tie, fits),
        *_words(s, tie),
        *_beside(s, tie, fits),
        *_below(s, tie),
        *_instead(s, tie),
    ]


def _difference(tie: Tie) -> list[float]:
    genders = {slot[0] for slot in tie.found} & {slot[0] for slot in tie.wanted}
    return [
        float(KINDS.index(tie.kind)),
        float(not genders and tie.kind != "verb"),
        float(tie.number),
        float(all(slot[1] == "p" for slot in tie.found)),
        float(all(slot[1] == "p" for slot in tie.wanted)),
    ]


def _parsed(s: Sentence, tie: Tie) -> list[float]:
    tree, t, c = s.tree, tie.target, tie.controller
    odd, other = odds(tree.odd[t]), odds(tree.odd[c])
    return [
        odds(min(tree.sure[i] for i in tie.arcs)),
        odds(tree.known[t]),
        odds(tree.known[c]),
        odd,
        other,
        (s.oddness - odd - other) / max(1, len(s.low) - 2),
        float(len(s.low)),
    ]


def _between(s: Sentence, tie: Tie, fits: Slots) -> list[float]:
    tags, low, t, c = s.tree.tags, s.low, tie.target, tie.controller
    first = min(t, c)
    between = range(first + 1, max(t, c))
    nouns = [j for j in between if tags[j] in ("NOUN", "PROPN", "PRON")]
    left = range(max(0, first - _BEFORE), first)
    left_nouns = [j for j in left if tags[j] in ("NOUN", "PROPN", "PRON", "NUM")]
    return [
        float(t - c),
        float(sum(low[j] == "," for j in between)),
        float(sum(s.words[j].kind != "word" for j in between)),
        float(sum(tags[j] in ("VERB", "AUX") for j in between)),
        float(len(nouns)),
        float(sum(_noun_fits(low[j], fits) for j in nouns)),
        float(sum(_noun_fits(low[j], fits) for j in left_nouns)),
        float(sum(low[j] in JOINING for j in between)),
        float(s.joined(c)) + float(bool(s.children(c, "conj"))),
        float(s.joined(t)),
    ]


def _words(s: Sentence, tie: Tie) -> list[float]:
    lexicon = Lexicon.load()
    target, controller = s.low[tie.target], s.low[tie.controller]
    categories = grammar.categories(target)
    forms = fitting(s, tie)
    zipf, zipf_controller = lexicon.zipf(target), lexicon.zipf(controller)
    return [
        float("N" in categories),
        float("A" in categories),
        float(bool(grammar.persons(target))),
        float(grammar.slots(target, "K") is not None),
        float(bool(categories - {"N", "A", "V"})),
        float(len(lexicon.readings(target))),
        float(len(grammar.categories(controller) - {"N"})),
        zipf,
        zipf_controller,
        lexicon.english_zipf(target) - zipf,
        lexicon.english_zipf(controller) - zipf_controller,
        max(map(lexicon.zipf, forms)) - zipf if forms else -9.0,
    ]


def _beside(s: Sentence, tie: Tie, fits: Slots) -> list[float]:
    tags, low, t, c = s.tree.tags, s.low, tie.target, tie.controller
    first, last = min(t, c), max(t, c)
    dets = s.children(c, "det")
    slots = [DETERMINERS[low[d]] for d in dets if low[d] in DETERMINERS]
    after = t + 1
    noun_after = after < len(low) and tags[after] == "NOUN" and _noun_fits(low[after], fits)
    return [
        float(_TAGS.get(tags[t], 9)),
        float(_TAGS.get(tags[c], 9)),
        _sort(s, t - 1),
        _sort(s, after),
        _sort(s, min([c, *dets]) - 1),
        float(noun_after),
        float(len(dets)),
        float(any(bool(d & fits) for d in slots)) - float(bool(slots)),
        float(low[c] in COLLECTIVE),
        float(low[t] in NEVER),
        float(low[t].endswith(("ant", "ants"))),
        float(any(low[j] in _QUOTES for j in range(first, min(last + 2, len(low))))),
        float(t == 0),
        float(any(s.words[j].kind == "number" for j in range(max(0, first - 3), last))),
        float(any(s.words[j].text[:1].isupper() for j in range(max(1, first), last))),
    ]


def _below(s: Sentence, tie: Tie) -> list[float]:
    t, c = tie.target, tie.controller
    head = s.tree.heads[c]
    controller = s.low[c]
    return [
        float(len(s.children(t, "cop", "aux", "aux:pass"))),
        float(bool(s.children(t, "expl"))),
        float(bool(s.children(t, "obj", "iobj"))),
        float(len(s.children(t, "obl", "obl:agent", "nmod"))),
        float(bool(s.children(c, "case"))),
        float(bool(s.children(t, "mark", "case", "det"))),
        float(len(s.children(head if head >= 0 else c, *SUBJECTS))),
        float(_RELATIONS.get(s.tree.relations[c], 20)),
        float(len(noun_slots(controller) or ()) - len(grammar.slots(controller, "N") or ())),
        float(t) / len(s.low),
    ]


def _instead(s: Sentence, tie: Tie) -> list[float]:
    """Reasons to think that the two are no pair; none is sure."""
    t, c, found = tie.target, tie.controller, tie.found
    if tie.kind == "verb":
        qui = next((j for j in range(c + 1, t) if s.low[j] == "qui"), None)
        unsure = qui is not None and s.is_noun(c) and antecedent_unsure(s, c, qui)
        return [0.0, 0.0, 0.0, 0.0, float(_own_subject(s, tie)), float(unsure), 0.0]
    if tie.kind != "adjective":
        return [0.0] * 7
    before = s.low[c - 1] if c else ""
    behind = t > c
    compound = s.tree.tags[c - 1] == "NOUN" and (grammar.slots(before, "N") or frozenset()) & found
    return [
        float(behind and of_none(s, t, c)),
        float(behind and chained(s, c, found)),
        float(not behind and elsewhere(s, t, c)),
        float(_verb_after_all(s, c)),
        0.0,
        0.0,
        float(behind and bool(compound)),
    ]


def _own_subject(s: Sentence, tie: Tie) -> bool:
    """Whether a clause between the two has a noun of its own that the verb fits.

    "le montant que les clubs n'ont pas révélé"
    """
    numbers = {person[1] for person in tie.found}
    opened = False
    for j in range(tie.controller + 1, tie.target):
        if s.low[j] in ("que", "qu'", "dont", "où"):
            opened = True
        elif opened and s.tree.tags[j] == "NOUN":
            here = grammar.slots(s.low[j], "N")
            if here is None or {slot[1] for slot in here} & numbers:
                return True
    return False


def _verb_after_all(s: Sentence, noun: int) -> bool:
    """Whether the noun may be a verb: "le maire juge utiles les travaux", "il les juge utiles"."""
    if not grammar.persons(s.low[noun]) - TO_YOU or s.children(noun, "case", "nummod"):
        return False
    dets = s.children(noun, "det")
    return not dets or all(clitic(s, d, noun) for d in dets)


def _noun_fits(noun: str, fits: Slots) -> bool:
    here = grammar.slots(noun, "N")
    return here is None or bool(here & fits)


def _sort(s: Sentence, i: int) -> float:
    """What sort of word stands at ``i``, as a number."""
    if not 0 <= i < len(s.low):
        return -1.0
    if s.words[i].kind != "word":
        return 10.0 if s.low[i] == "," else 11.0
    for number, words in enumerate(_SMALL_WORDS):
        if s.low[i] in words:
            return float(number)
    return 20.0 + _TAGS.get(s.tree.tags[i], 9)


def fitting(s: Sentence, tie: Tie) -> list[str]:
    """The forms of the target that would agree, the likeliest first; none for a determiner."""
    word = s.low[tie.target]
    if tie.kind == "verb":
        tenses = {
            code[0]
            for reading in Lexicon.load().readings(word)
            if reading.category == "V"
            for code in reading.features
            if code[1:] in tie.found
        }
        return grammar.conjugated(word, frozenset(x + p for x in tenses for p in tie.wanted))
    if tie.kind == "determiner":
        return []
    return grammar.inflected(word, tie.wanted, "AK")


def mended(s: Sentence, tie: Tie) -> list[str] | None:
    """The words of the sentence with the tie in order; None where no form is known."""
    words = [token.text for token in s.words]
    if tie.kind != "determiner":
        forms = fitting(s, tie)
        at = tie.target
    else:
        noun, word = s.low[tie.controller], words[tie.target]
        forms, at = (grammar.inflected(noun, tie.found, "N") if tie.number else []), tie.controller
        if not forms:
            following = words[tie.target + 1]
            forms = [f.strip() for f in grammar.determiners(word, tie.wanted, following)]
            at = tie.target
    if not forms:
        return None
    words[at] = forms[0][0].upper() + forms[0][1:] if words[at][:1].isupper() else forms[0]
    return words


def gains(s: Sentence, tie: Tie, tree: Parse) -> list[float]:
    """What the parser thinks of the mended sentence beside what it thinks of the sentence as it is.

    Where an inflection is wrong the mended sentence is clearer; where the tie was a mistake of the
    parser it is less so.

    Args:
        tree: of the mended sentence.
    """
    old, t, c = s.tree, tie.target, tie.controller
    return [
        odds(old.odd[t]) - odds(tree.odd[t]),
        odds(old.odd[c]) - odds(tree.odd[c]),
        s.oddness - sum(map(odds, tree.odd)),
        _log(tree.sure) - _log(old.sure),
        _log(tree.known) - _log(old.known),
        float(all(tree.heads[i] == old.heads[i] for i in tie.arcs)),
        odds(min(tree.sure[i] for i in tie.arcs)),
        odds(tree.known[t]),
        odds(tree.odd[t]),
    ]


def _log(values: Sequence[float]) -> float:
    return sum(math.log(max(value, 1e-4)) for value in values)
