"""A participle after "être" that does not fit its subject.

Why: English participles do not agree, so engines forget it in French.

Examples:
    - Elle est [[venu]] hier.
    + Elle est venue hier.
    - Les maisons sont [[fermé]].
    + Les maisons sont fermées.
    - Les prix de la maison peuvent être [[affiché]] ici.
    + Les prix de la maison peuvent être affichés ici.
    - L'affaire du port est [[résolu]] depuis hier.
    + L'affaire du port est résolue depuis hier.
    - Sa maison est petite et [[blanc]].
    + Sa maison est petite et blanche.
    - Celle-ci a été [[vendu]]. Certains sont [[resté]] ici.
    + Celle-ci a été vendue. Certains sont restés ici.
    - Ils ont [[accusés]] le maire, qui est [[capables]] de tout.
    + Ils ont accusé le maire, qui est capable de tout.
    - Le prix, qui a [[augmentée]], reste bas ; « c'est peu », ont-ils [[écrits]].
    + Le prix, qui a augmenté, reste bas ; « c'est peu », ont-ils écrit.
    - Ses amis l'ont [[invités]] hier, et elle les a [[oublié]].
    + Ses amis l'ont invité hier, et elle les a oubliés.
    = Elle les a fait venir et les a entendu chanter ; il les a vus.
    - Les gants sont en cuir et sont [[cousu]] ; les sacs sont doux, [[léger]] et lavables.
    + Les gants sont en cuir et sont cousus ; les sacs sont doux, légers et lavables.
    - Nous sommes très [[satisfait]] de ces travaux.
    + Nous sommes très satisfaits de ces travaux.
    = Les amis que le maire a accusés sont bon marché ; on est partis.
    = Vêtus de blanc, un bâton à la main, ils marchent.
    = Sa voiture est plein sud ; ceux qui sont actifs et sur lesquels on compte.
    = On est partis tard et vous êtes venue.
    = Elle s'est fait mal.
    = Elle est médecin. Ils se le sont dit ; les élus seront sollicité.e.s.

Source: Grevisse & Goosse, Le bon usage, § 942 (participe conjugué avec être).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.agreement import asides, links, opening
from mtrepair.rules.agreement.sentence import NUMERALS, may_stay
from mtrepair.rules.offers import in_turn
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="agreement-participle",
    group="agreement",
    severity=Severity.MAJOR,
    summary="a participle after “être” that does not fit its subject",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    threshold=0.6,  # beside its measurement in confidence.py
)

_PRONOUNS: dict[str, grammar.Slots] = {
    "il": frozenset({"ms"}), "elle": frozenset({"fs"}), "ils": frozenset({"mp"}),
    "elles": frozenset({"fp"}), "celui-ci": frozenset({"ms"}), "celle-ci": frozenset({"fs"}),
    "ceux-ci": frozenset({"mp"}), "celles-ci": frozenset({"fp"}),
}  # fmt: skip
_OPENING: dict[str, grammar.Slots] = {
    "certains": frozenset({"mp"}), "certaines": frozenset({"fp"}), "tous": frozenset({"mp"}),
    "toutes": frozenset({"fp"}), "plusieurs": frozenset({"mp", "fp"}),
    "beaucoup": frozenset({"mp", "fp"}),
}  # fmt: skip
"""Pronouns where they open a clause before "être"."""
_BE = frozenset(
    """est sont était étaient sera seront serait seraient fut furent soit soient semble semblent
    semblait semblaient reste restent restait restaient restera resteront paraît paraissent
    paraissait paraissaient demeure demeurent devient deviennent devenait devenaient""".split()
)
_WE_ARE = frozenset("sommes étions serons serions".split())
_HAVE = frozenset("a ont avait avaient aura auront aurait auraient ait aient".split())
"""Before "été" it is "être" in its compound tenses."""
_DEGREES_AND_BECOME = frozenset(
    """très si trop assez moins particulièrement devenu devenue devenus devenues resté restée restés
    restées""".split()
)
_PARTY = frozenset(("partie", "parties"))
_ADVERBS = frozenset(
    """ne n' pas plus jamais déjà toujours aussi été bien donc souvent désormais encore enfin
    ainsi""".split()
)
_OPENERS = frozenset("que qu' si quand lorsque lorsqu' car mais puisque puisqu' où".split())


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Participles beside their subject, then those that the parser ties to one."""
    near = list(_neighbours(passage))
    for more in (
        _objects(passage),
        _inverted(passage),
        _pronouns(passage),
        _attributes(passage, _misfits(passage, context)),
        _before(passage),
        _apposed(passage),
        _among(passage),
        _states(passage),
        _second_objects(passage),
    ):
        near += [f for f in more if not any(f.span.overlap(g.span) for g in near)]
    near += [f for f in _coordinated(passage) if not any(f.span.overlap(g.span) for g in near)]
    yield from near
    for clash, sure, span, message in links.apart(passage, context, near, "predicate", "opening"):
        after = passage.text[span.end : span.end + 4].lower()
        if clash.kind == "opening" and after.startswith((" que", " qu'", " qu’")):
            continue  # "Pourvu que"
        yield passage.finding(
            RULE.name,
            span,
            message,
            severity=RULE.severity,
            confidence=sure,
            evidence={"slots": sorted(clash.wanted)},
        )


def _misfits(passage: Passage, context: Context) -> frozenset[int]:
    """The verbs that the parser ties to a subject which they are reported not to fit."""
    if passage.vocabulary.isdisjoint(_ATTRIBUTIVE):
        return frozenset()
    found = links.reported(passage, context, "verb")
    return frozenset(clash.target for clash, sure in found if sure >= RULE.threshold)


def _neighbours(passage: Passage) -> Iterator[Finding]:
    """A pronoun, or a determiner and noun that open a sentence, être and a participle."""
    text, tokens = passage.text, passage.tokens
    starts = opening.clauses(passage)
    for at, token in enumerate(tokens):
        low = token.low
        here = at + 1
        if low in _PRONOUNS or low in _OPENING:
            subject: grammar.Slots = _PRONOUNS.get(low) or _OPENING[low]
            before = tokens[at - 1].low if at else ""
            bound = low[0] == "e" or low[-3:] == "-ci" or low in _OPENING
            if bound and token.start not in starts and before not in _OPENERS:
                continue
        elif low == "nous" and here < len(tokens) and tokens[here].low in _WE_ARE:
            yield from _we(passage, here + 1)
            continue
        elif low in grammar.DETERMINERS and token.start in starts and here < len(tokens):
            found_subject = opening.subject(text, tokens, at, counts=True, loose=True)
            if found_subject is None:
                continue
            subject, here = found_subject.slots, found_subject.after
        else:
            continue
        seen = False
        while here < len(tokens):
            word = tokens[here].low
            if word in _HAVE and not seen:
                if "été" not in [t.low for t in tokens[here + 1 : here + 4]]:
                    break
                seen = True
            elif word in _BE and not seen:
                # Where the verb itself does not fit, that is what there is to say.
                if not any("3" + slot[1] in grammar.persons(word) for slot in subject):
                    break
                seen = True
            elif not (word in _ADVERBS or (seen and word in _DEGREES_AND_BECOME)):
                break
            here += 1
        if not seen or here >= len(tokens) or tokens[here].kind != "word":
            continue
        last = tokens[here]
        if not all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            continue
        slots = grammar.slots(last.text, "AK")
        found = grammar.categories(last.text)
        if slots is None or slots & subject or grammar.persons(last.text):
            continue
        participle = grammar.slots(last.text, "K") is not None
        if not (found <= {"A", "V"} or (participle and found <= {"A", "V", "N"})):
            continue
        # "Elle est fait pour": an adverb's form or a title may stand there; a name never agrees.
        if last.text != last.text.lower() or may_stay(last.low) or last.low in _PARTY:
            continue
        yield passage.finding(
            RULE.name,
            Span(last.start, last.end),
            f"“{last.text}” does not fit its subject",
            severity=RULE.severity,
            evidence={"slots": sorted(subject)},
        )


def _coordinated(passage: Passage) -> Iterator[Finding]:
    """Adjectives after "être", the last joined by "et", of different gender or number.

    The one that is wrong is the one whose number "être" does not have, else the last.
    """
    text, tokens = passage.text, passage.tokens
    for at, token in enumerate(tokens):
        if token.low not in _BE:
            continue
        joined = _joined(text, tokens, at)
        whole = grammar.ALL
        for _, slots in joined:
            whole &= slots
        if len(joined) < 2 or whole:
            continue
        number = "s" if token.low in _ONE else "p" if token.low in _MORE else ""
        fit = [slots for _, slots in joined if any(slot[1] == number for slot in slots)]
        if not number or len(fit) in (0, len(joined)):
            word = tokens[joined[-1][0]]
            first = joined[0][1]
            if len(joined) == 2:
                yield _plain(
                    passage, word, sorted(first), "the adjective before it has other forms"
                )
            continue
        genders = grammar.ALL
        for slots in fit:
            genders &= slots
        wanted = sorted(slot for slot in genders if slot[1] == number)
        for here, slots in joined:
            if wanted and not any(slot[1] == number for slot in slots):
                yield _plain(
                    passage, tokens[here], wanted, "what it is joined to has another number"
                )


def _joined(text: str, tokens: Sequence[Token], at: int) -> list[tuple[int, grammar.Slots]]:
    """The adjectives behind the word at ``at``, up to one joined by "et"; none without it."""
    found: list[tuple[int, grammar.Slots]] = []
    here, closed = at + 1, False
    while here < len(tokens):
        while here < len(tokens) and tokens[here].low in _DEGREES:
            here += 1
        slots = _attribute(tokens, here) or _participle(tokens, here)
        if slots is None:
            break
        found.append((here, slots))
        if closed:
            near = all(
                grammar.adjacent(text, tokens[i], tokens[i + 1])
                for i in range(at, here)
                if tokens[i + 1].text != ","
            )
            return found if near else []
        if here + 1 >= len(tokens) or tokens[here + 1].low not in ("et", ","):
            break
        closed = tokens[here + 1].low == "et"
        here += 2
    return []


def _we(passage: Passage, here: int) -> Iterator[Finding]:
    """ "nous sommes très satisfait": what stands from ``here`` on, behind "nous sommes"."""
    tokens = passage.tokens
    while here < len(tokens) and tokens[here].low in _BETWEEN:
        here += 1
    if here >= len(tokens) or tokens[here].text != tokens[here].low or here < 2:
        return
    after = tokens[here + 1].low if here + 1 < len(tokens) else ""
    if here > 2 and tokens[here - 3].low == "nous" and after in _ARTICLES:
        return  # "nous nous sommes imposé une règle"
    word = tokens[here]
    found = grammar.slots(word.text, "AK")
    if found is None or any(slot[1] == "p" for slot in found) or may_stay(word.low):
        return
    if _goes_on(passage.text, word):
        return
    if grammar.categories(word.text) <= {"A", "V", "N"}:
        yield _plain(passage, word, ["fp", "mp"], "“nous” is many")


def _apposed(passage: Passage) -> Iterator[Finding]:
    """ "Le modèle, entraînée sur des images, traduit": a participle behind the subject's comma."""
    for at, slots in asides.apposed(passage):
        yield _plain(passage, passage.tokens[at], sorted(slots), "its noun stands before the comma")


_OF_THEM: dict[str, grammar.Slots] = {
    "elles": frozenset({"fp"}), "eux": frozenset({"mp"}),
}  # fmt: skip
_SEVERAL = frozenset("plusieurs certains certaines beaucoup plupart".split()) | NUMERALS


def _among(passage: Passage) -> Iterator[Finding]:
    """ "Plusieurs d'entre elles sont venus": the pronoun tells the gender."""
    if "entre" not in passage.vocabulary:
        return
    text, tokens = passage.text, passage.tokens
    for at in range(2, len(tokens) - 3):
        if tokens[at].low != "entre" or tokens[at - 1].low != "d'":
            continue
        wanted = _OF_THEM.get(tokens[at + 1].low)
        if wanted is None or tokens[at - 2].low not in _SEVERAL:
            continue
        here = at + 2
        if tokens[here].low in _HAVE and tokens[here + 1].low == "été":
            here += 2
        elif tokens[here].low in _MORE:
            here += 1
        else:
            continue
        while here < len(tokens) - 1 and tokens[here].low in _BETWEEN:
            here += 1
        word, found = tokens[here], grammar.slots(tokens[here].text, "AK")
        known = grammar.categories(word.text) <= {"A", "V"} and not grammar.persons(word.text)
        if not known or found is None or found & wanted or may_stay(word.low):
            continue
        near = all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here))
        if near and not _goes_on(text, word):
            who = tokens[at + 1].text
            yield _plain(passage, word, sorted(wanted), f"its subject is some of “{who}”")


_STATES = frozenset("retrouver rester devenir sentir montrer révéler déclarer avérer".split())


def _states(passage: Passage) -> Iterator[Finding]:
    """ "ils se sont retrouvés piégé": what is said of a subject that the participle agrees with."""
    text, tokens = passage.text, passage.tokens
    if passage.vocabulary.isdisjoint(_BE):
        return
    for at in range(1, len(tokens) - 1):
        state = tokens[at]
        if tokens[at - 1].low not in _BE or grammar.verb_forms(state.text) != {"K"}:
            continue
        if _STATES.isdisjoint(grammar.lemmas(state.low, "V")):
            continue
        here = at + 1
        while here < len(tokens) - 1 and tokens[here].low in _BETWEEN:
            here += 1
        wanted = grammar.slots(state.text, "K")
        found = _attribute(tokens, here) or _participle(tokens, here)
        word = tokens[here]
        if found is None or wanted is None or found & wanted or _goes_on(text, word):
            continue
        if grammar.categories(word.text) - {"A", "V"} or _bare_noun(tokens, here + 1):
            continue
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            yield _plain(passage, word, sorted(wanted), f"“{state.text}” has other forms")


def _second_objects(passage: Passage) -> Iterator[Finding]:
    """ "il a marqué douze buts et délivrés neuf passes": the second participle has its object."""
    text, tokens = passage.text, passage.tokens
    if "et" not in passage.vocabulary or passage.vocabulary.isdisjoint(_HAVE):
        return
    for at in range(3, len(tokens) - 2):
        if tokens[at].low != "et":
            continue
        word, after = tokens[at + 1], tokens[at + 2]
        slots = grammar.slots(word.text, "K")
        if slots is None or "ms" in slots or grammar.verb_forms(word.text) != {"K"}:
            continue
        if not grammar.categories(word.text) <= {"A", "V"} or word.text != word.low:
            continue
        if after.low not in _ARTICLES - {"des", "leur"} and after.low not in NUMERALS:
            continue
        first = max(0, at - _FAR)
        before = [token.low for token in tokens[first:at]]
        if not _BEFORE_OBJECT.isdisjoint(before) or any(
            t.kind == "punct" for t in tokens[first:at]
        ):
            continue
        active = any(
            low in _HAVE
            and grammar.slots(tokens[first + i + 1].text, "K") is not None
            and "ms" in (grammar.slots(tokens[first + i + 1].text, "K") or ())
            and tokens[first + i - 1].low not in _CLITICS
            for i, low in enumerate(before[:-2])
        )
        if active and grammar.adjacent(text, tokens[at], word):
            yield _plain(passage, word, ["ms"], "its object stands behind it")


_SPEAKERS = frozenset("je j' tu il elle on nous vous ils elles".split())
_NO_OBJECT = frozenset(
    """pouvoir devoir vouloir falloir croire penser dire faire laisser savoir voir entendre
    souhaiter espérer valoir coûter peser durer vivre courir dormir régner sembler""".split()
)
"""Verbs whose participle has often no object before it, though "que" is there."""
_THATS = frozenset(
    """idée fait preuve impression sentiment espoir certitude conviction hypothèse annonce nouvelle
    rumeur crainte peur chance possibilité risque condition signe raison conclusion croyance
    accusation affirmation information conscience sorte point mesure fois temps moment jour an année
    mois semaine heure époque bref façon manière vérité évidence preuves signes""".split()
)
"""Nouns behind which "que" may open a clause that has an object of its own."""
_WITH_NOUN = frozenset("les la cette ces ses sa mes ma nos leurs une des plusieurs vos".split())


def _before(passage: Passage) -> Iterator[Finding]:
    """ "les scènes que nous avons tourné": with "avoir" and its object before it."""
    tokens = passage.tokens
    if passage.vocabulary.isdisjoint(("que", "qu'")):
        return
    for at in range(2, len(tokens) - 3):
        if tokens[at].low not in ("que", "qu'"):
            continue
        noun = tokens[at - 1]
        behind = noun.text.isupper() and at > 2  # "la clé USB que"
        if behind:
            noun = tokens[at - 2]
        wanted = grammar.slots(noun.low, "N")
        if wanted is None or "ms" in wanted or noun.low in _THATS:
            continue
        if not grammar.is_plain_noun(noun.text, after_pronoun_like=False):
            continue
        if tokens[at - 2 - behind].low not in _WITH_NOUN:
            continue
        here = _past_subject(passage, at + 1)
        if here is None:
            continue
        while here < len(tokens) and tokens[here].low in ("ne", "n'"):
            here += 1
        if here >= len(tokens) or not grammar.is_form_of(tokens[here].low, "avoir"):
            continue
        here += 1
        while here < len(tokens) and tokens[here].low in _ADVERBS:
            here += 1
        if here >= len(tokens) or not _ends_clause(tokens, here):
            continue
        word = tokens[here]
        found = grammar.slots(word.low, "K") or grammar.ALL
        only = "ms" in found and not found & wanted
        object_before = only and _NO_OBJECT.isdisjoint(grammar.lemmas(word.low, "V"))
        if object_before and word.text == word.low and not _goes_on(passage.text, word):
            why = f"its object “{noun.text}” is before it"
            yield _plain(passage, word, sorted(wanted), why)


def _past_subject(passage: Passage, at: int) -> int | None:
    """The place behind the pronoun or short noun phrase at ``at``."""
    if passage.tokens[at].low in _SPEAKERS:
        return at + 1
    found = opening.subject(passage.text, passage.tokens, at)
    return None if found is None else found.after


def _ends_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether no object and no infinitive can stand behind the participle at ``at``."""
    if at + 1 >= len(tokens):
        return True
    after = tokens[at + 1]
    if after.kind == "punct":
        return after.text in (",", ".", "!", "?", ";", "»")
    if after.low in ("à", "de", "d'"):
        follows = tokens[at + 2].low if at + 2 < len(tokens) else ""
        return follows in grammar.DETERMINERS
    if after.low in _AFTER or grammar.is_form_of(after.low, "être"):
        return True
    return bool(grammar.persons(after.low)) and grammar.categories(after.low) == {"V"}


_AFTER = frozenset(
    """ailleurs auparavant avant sur dans pendant depuis en avec pour au aux chez lors hier et
    mais""".split()
)
_CLITICS = frozenset("le la l' les me m' te t' se s' nous vous en y lui leur".split())
_ARTICLES = frozenset("le la les l' un une des ce cet cette ces son sa ses leur leurs".split())
_FAR = 8


def _objects(passage: Passage) -> Iterator[Finding]:
    """ "ils ont accusés le maire": with "avoir" and its object behind it no participle agrees."""
    have = _HAVE | {"avoir", *_SPOKEN}
    if passage.vocabulary.isdisjoint(have):
        return
    text, tokens = passage.text, passage.tokens
    for at in range(1, len(tokens) - 2):
        if tokens[at].low not in have:
            continue
        if tokens[at - 1].low in _CLITICS and tokens[at - 1].low != _SPOKEN.get(tokens[at].low):
            continue
        here = at + 1
        if tokens[here].low in _AFTER_HAVE or _is_manner(tokens[here]):
            here += 1
        further = here + 1 + (here + 1 < len(tokens) and _is_manner(tokens[here + 1]))
        after = tokens[further] if further < len(tokens) else None
        if after is None or (after.kind == "punct" and not _qui(tokens, at)):
            continue
        close = after.low in _ARTICLES or after.low in _SOME or after.kind == "number"
        close = close or after.low in NUMERALS
        close = close or _governs(word=tokens[here], after=after)
        relative = _qui(tokens, at) and _participle(tokens, here) is not None
        if (
            not close
            and not relative
            and (after.low not in _OPENING_REST or not _is_subject(tokens, at - 1))
        ):
            continue
        word = tokens[here]
        slots = grammar.slots(word.text, "K")
        if (
            _goes_on(text, word)
            or slots is None
            or "ms" in slots
            or word.text != word.low
            or not word.text.isalpha()
        ):
            continue
        before = [token.low for token in tokens[max(0, at - _FAR) : at]]
        if not _BEFORE_OBJECT.isdisjoint(before):
            continue
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            yield _plain(passage, word, ["ms"], "its object stands behind it")


_SOME = frozenset(
    "tous toutes aucun aucune plusieurs quelques certains certaines chaque tout toute".split()
)


def _qui(tokens: Sequence[Token], at: int) -> bool:
    """Whether "qui" is the subject of "avoir" at ``at``, with no pronoun between: no object is."""
    before = at - 1 - (tokens[at - 1].low in ("ne", "n'"))
    return tokens[before].low == "qui"


_OBJECT_PRONOUNS: dict[str, grammar.Slots] = {
    "l'": frozenset({"ms", "fs"}), "les": frozenset({"mp", "fp"}),
}  # fmt: skip
_NEVER = frozenset(("point", "mal"))
_CAUSES = frozenset("faire laisser voir entendre sentir écouter regarder devoir pouvoir".split())
"""Verbs whose participle need not agree with the object of the infinitive behind it."""


def _pronouns(passage: Passage) -> Iterator[Finding]:
    """ "ils l'ont découverts", "il les a invité": "l'" is one, and "les" are several."""
    text, tokens = passage.text, passage.tokens
    for at in range(len(tokens) - 2):
        wanted = _OBJECT_PRONOUNS.get(tokens[at].low)
        if wanted is None or tokens[at + 1].low not in _HAVE or tokens[at].text.isupper():
            continue
        here = at + 2
        while here < len(tokens) - 1 and tokens[here].low in _ADVERBS - {"été"}:
            here += 1
        slots = grammar.slots(tokens[here].text, "K")
        if slots is None or {s[1] for s in slots} & {s[1] for s in wanted}:
            continue
        word = tokens[here]
        if word.text != word.low or may_stay(word.low) or word.low in _NEVER:
            continue
        if not _CAUSES.isdisjoint(grammar.lemmas(word.low, "V")) or _goes_on(text, word):
            continue
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            yield _plain(passage, word, sorted(wanted), f"its object is “{tokens[at].text}”")


def _inverted(passage: Passage) -> Iterator[Finding]:
    """ "…, ont-ils écrits": what was said stands before, and agrees with nothing."""
    tokens = passage.tokens
    for at in range(1, len(tokens) - 1):
        if tokens[at - 1].text not in _QUOTED or not _HAVE_THEY.fullmatch(tokens[at].low):
            continue
        word = tokens[at + 1]
        slots = grammar.slots(word.text, "K")
        if (
            slots is not None
            and "ms" not in slots
            and grammar.adjacent(passage.text, tokens[at], word)
        ):
            yield _plain(passage, word, ["ms"], "what was said is no object that it agrees with")


_QUOTED = frozenset((",", "»", "”", '"'))
_HAVE_THEY = re.compile(r"(?:a-t|avait|ont|avaient)-(?:il|elle|on|ils|elles)")
_SPOKEN = {"avons": "nous", "avez": "vous"}
"""Forms of "avoir" whose subject looks like an object."""
_AFTER_HAVE = frozenset(
    "pas plus jamais toujours déjà aussi également ensuite souvent encore finalement même".split()
)
_OPENING_REST = frozenset(
    """que qu' à au aux en dans sur pour par avec lundi mardi mercredi jeudi vendredi samedi
    dimanche hier de d' plus moins""".split()
)


def _governs(word: Token, after: Token) -> bool:
    """Whether "voulus offrir": a participle whose object is the infinitive behind it."""
    known = not _GOVERNING.isdisjoint(grammar.lemmas(word.low, "V"))
    return known and grammar.is_infinitive(after.low)


_GOVERNING = frozenset("vouloir pouvoir devoir savoir oser".split())


def _is_manner(token: Token) -> bool:
    """Whether it is an adverb in -ment and nothing else: "légèrement"."""
    return token.low.endswith("ment") and grammar.categories(token.low) == {"ADV"}


def _is_subject(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word before "avoir" can be its subject alone: "ils", "qui", a noun."""
    token = tokens[at]
    if token.low in ("ils", "elles", "il", "elle", "qui"):
        return True
    found = grammar.categories(token.low)
    noun = at > 0 and found <= {"A", "N"} and "N" in grammar.categories(tokens[at - 1].low)
    # "les analyses génétiques ont confirmés"; "l'enquête a montrée"
    if at > 0 and "N" in found and tokens[at - 1].low in grammar.DETERMINERS:
        return True
    return found == {"N"} or (bool(found) and noun) or token.text[:1].isupper()


_BEFORE_OBJECT = frozenset(
    "que qu' dont combien lequel laquelle lesquels lesquelles quel quelle quels quelles".split()
)
"""Words after which the object may stand before its verb: "les amis que le maire a accusés"."""
_ONE = frozenset("est était sera serait fut".split())
_MORE = frozenset("sont soient étaient seront seraient furent".split())
_ATTRIBUTIVE = _ONE | _MORE | {"été"}
_HAD_ONE = frozenset("a avait aura aurait".split())
_HAD_MANY = frozenset("ont avaient auront auraient".split())


def _attributes(passage: Passage, misfits: Set[int]) -> Iterator[Finding]:
    """ "qui est capables": an attribute whose number is not that of "être".

    Args:
        misfits: the verbs that do not fit their subjects: in "aucun blessé n'ont été signalé" that
            is what is wrong.
    """
    if passage.vocabulary.isdisjoint(_ATTRIBUTIVE):
        return
    text, tokens = passage.text, passage.tokens
    for at in range(1, len(tokens) - 1):
        low = tokens[at].low
        if low not in _ATTRIBUTIVE:
            continue
        if at in misfits or (low == "été" and not misfits.isdisjoint((at - 1, at - 2))):
            continue
        here = at + 1
        while here < len(tokens) and (tokens[here].low in _BETWEEN or _is_manner(tokens[here])):
            here += 1
        passive = _passive(tokens, here, low)
        found = passive or _attribute(tokens, here) or _participle(tokens, here)
        number = "s" if low in _ONE else "p"
        if low == "été":
            had = tokens[at - 1 - (tokens[at - 1].low in _ADVERBS)].low
            if had not in _HAD_ONE | _HAD_MANY:
                continue
            number = "s" if had in _HAD_ONE else "p"
        if (
            found is None
            or _goes_on(text, tokens[here])
            or any(slot[1] == number for slot in found)
        ):
            continue
        others = grammar.categories(tokens[here].text) - {"A", "V"}
        if others - {"N"} or (others and not passive):
            continue
        before = [token.low for token in tokens[max(0, at - _FAR) : at]]
        if "on" in before or before[-1] in ("s'", "c'") or not _SELF.isdisjoint(before[-3:]):
            continue
        if number == "s" and tokens[at - 1].low in ("rien", "tout", "t-il"):
            continue
        if not (passive and low == "été") and _bare_noun(tokens, here + 1):
            continue  # "est bon marché"
        if all(grammar.adjacent(text, tokens[i], tokens[i + 1]) for i in range(at, here)):
            # The gender of a subject that stands further left is for the model to tell.
            genders = {slot[0] for slot in found}
            if low in _PASSIVE:
                genders = {"f"} if "elles" in before[-2:] else {"m", "f"}
            wanted = sorted({gender + number for gender in genders})
            yield _plain(passage, tokens[here], wanted, f"“{low}” has another number")


_PASSIVE = _MORE | {"été"}
_SELF = frozenset(("se", "ce"))
_THINGS = frozenset("partie face prise mise suite vue part proie fait maître sortie".split())
"""Participles that are nouns behind "sont" without an article."""


def _bare_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun or adjective stands at ``at`` at once."""
    if at >= len(tokens) or tokens[at].kind != "word":
        return False
    word = tokens[at]
    known = grammar.categories(word.text) & {"N", "A"}
    return bool(known) and word.low not in grammar.PREPOSITIONS


def _passive(tokens: Sequence[Token], here: int, be: str) -> grammar.Slots | None:
    """Gender and number of what can be nothing but a participle behind a form of "être".

    Behind "été" that is any participle, behind "sont" one that a preposition or a mark follows,
    though the word may be a noun ("réduit") or another form of the verb elsewhere.
    """
    if here >= len(tokens) or tokens[here].text != tokens[here].low:
        return None
    word = tokens[here].low
    if not grammar.categories(word) <= {"A", "V", "N"} or may_stay(word) or word in _THINGS:
        return None
    fits = be == "été" or (be in _MORE and _led(tokens, here))
    return grammar.slots(word, "K") if fits else None


def _led(tokens: Sequence[Token], here: int) -> bool:
    """Whether a preposition or a mark follows, as behind a participle."""
    after = tokens[here + 1] if here + 1 < len(tokens) else None
    return after is None or after.kind == "punct" or after.low in _LEADING


_LEADING = frozenset("de d' par à au aux dans en sur pour depuis".split())


def _participle(tokens: Sequence[Token], here: int) -> grammar.Slots | None:
    """Gender and number of a word that is a participle and nothing else: "renforcé"."""
    if here >= len(tokens) or grammar.categories(tokens[here].text) != {"V"}:
        return None
    word = tokens[here].text
    if grammar.persons(word) or grammar.is_infinitive(word) or word == "été" or may_stay(word):
        return None
    return grammar.slots(word, "K")


def _goes_on(text: str, word: Token) -> bool:
    """Whether the word is part of a longer one: "confronté·e·s"."""
    after = text[word.end : word.end + 2]
    return after[:1] in tuple("·•(-_/") or after == ".e"


def _plain(passage: Passage, word: Token, wanted: list[str], why: str) -> Finding:
    return passage.finding(
        RULE.name,
        Span(word.start, word.end),
        f"“{word.text}” does not fit: {why}",
        severity=RULE.severity,
        evidence={"slots": wanted},
    )


_DEGREES = frozenset("plus moins très si trop aussi assez bien mieux pas".split())
_BETWEEN = _DEGREES | _ADVERBS


def _attribute(tokens: Sequence[Token], here: int) -> grammar.Slots | None:
    """Gender and number of an adjective or participle that can be nothing else."""
    if here >= len(tokens) or tokens[here].kind != "word":
        return None
    word = tokens[here]
    found = grammar.categories(word.text)
    if word.text != word.low or "A" not in found or not found <= {"A", "V", "N", "ADV"}:
        return None
    if grammar.persons(word.text) or may_stay(word.low):
        return None
    return grammar.slots(word.text, "AK")


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The participle inflected for the subject."""
    del context
    slots = finding.evidence["slots"]
    wanted = frozenset(slots) if isinstance(slots, list) else grammar.ALL
    word = finding.span.of(passage.text)
    own = {slot[0] for slot in grammar.slots(word, "AK") or ()}
    forms = [
        *links.inflected(word, frozenset(s for s in wanted if s[0] in own), "AK"),
        *links.inflected(word, frozenset(s for s in wanted if s[0] not in own), "AK"),
    ]
    yield from in_turn(finding, finding.span, dict.fromkeys(forms))
