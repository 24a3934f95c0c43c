"""A word that no language has.

Why: a neural engine builds its words from pieces, and where it loses its way the pieces make
nothing. A dictionary alone cannot see that: nine in ten words that it does not know are names,
terms, foreign words and fresh derivations. Those stay silent here; what is left is a word in lower
case that no lexicon or frequency list has and no rule of word formation makes.

A word with a capital is taken for a name. Where it opens a sentence and is a participle in form,
with an agent after it, or where it stands alone between commas and nobody ever bore it, it is
reported below the threshold, for reviewers.

Examples:
    - Le gouvernement a [[annonsé]] une réforme.
    + Le gouvernement a annoncé une réforme.
    - Cette mesure est très [[problémagique]] pour les communes.
    - La mesure [[anti-soupilles]] est votée.
    - Nous avons reçu votre [[introssuplement]] hier matin.
    - Cet [[égoisme]] a choqué la [[Thailande]].
    + Cet égoïsme a choqué la Thaïlande.
    - Les autorités ont ordonné l'[[évacuement]] du village.
    + Les autorités ont ordonné l'évacuation du village.
    - Le ministre promet un accord plus [[transparentiel]] avec eux.
    + Le ministre promet un accord plus transparent avec eux.
    - Il y a trois raisons. Le deuxième, [[Rigeur]], est le manque de moyens.
    - Le [[groupeparlementaire]] vote dans [[trente-deuxminutes]].
    + Le groupe parlementaire vote dans trente-deux minutes.
    - Le [[ralentissment]] était [[unintentionnel]].
    + Le ralentissement était non intentionnel.
    - Cet [[evenement]] a été reporté ; les recettes seront [[reinvesties]].
    + Cet événement a été reporté ; les recettes seront réinvesties.
    = Il y a trois prix. Le troisième, Kowalczyk, est venu le chercher.
    = Noel Gallagher chante à Taiwan devant des Taiwanais.
    = Le procès anti-corruption de Lokmane Bergheda reprend lundi.
    = Cette micro-ferme est redynamisée par une agroécologue.
    = Le mot « flarmouche » n'existe pas.
    = Lancez git-annex puis ouvrez config_test et /usr/lib/xorg.

Fix safety: a correction is a guess by spelling and frequency; it may be another word than the one
that was meant. It is applied only when asked for. The dots of a word in lower case are put back by
themselves: no letter changes, and no other word has those letters.

Source: Damerau 1964 (one slip away); Grevisse & Goosse, Le bon usage, § 166-180 (derivation).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, product

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.names import Names
from mtrepair.languages.fr.spelling import bare, far_neighbours, glued, neighbours, split
from mtrepair.languages.fr.tokens import parts
from mtrepair.rules.calques.translated import translated
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words import mangled
from mtrepair.rules.words.blocked import blocked
from mtrepair.rules.words.counts import counts
from mtrepair.rules.words.habits import habits
from mtrepair.rules.words.surroundings import Surroundings
from mtrepair.rules.words.vocabulary import Knowledge, is_cry, is_numeral, knowledge

RULE = RuleInfo(
    name="non-word",
    group="words",
    severity=Severity.MAJOR,
    summary="a word that no language has",
    priority=Priority.WORD,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    # At 0.5: 0 to 7 alarms in 10,000 words of clean French (administrative text 0, news 2.6 and
    # 6.7); nearly all of those read were slips in the text.
    threshold=0.5,
)

# Endings of what stands before an agent ("vendus par"), and of the infinitive that engines and
# people write for the participle.
_BEFORE_AGENT = ("é", "ée", "és", "ées", "us", "ue", "ues", "is", "ise", "ises", "er")
# "Le troisième, X, est …": a list of things, seldom of people.
_ORDINAL = re.compile(
    r"\b(?:l[ea]s? (?:premi(?:er|ère)|seconde?|derni(?:er|ère)|\w+ième)s?|l['’]une?|l['’]autre),$",
    re.I,
)
_SEEN_ONCE = 1
# "le module graphlib", "la commande adduser": what follows is called so.
_NAMES_OF_CODE = frozenset((
    "module", "modules", "commande", "commandes", "fonction", "fonctions", "méthode", "paquet",
    "paquets", "fichier", "variable", "variables", "option", "type", "format", "programme",
    "logiciel", "outil", "bibliothèque", "classe", "dite", "dit", "appelé", "appelée",
    "appelés", "appelées", "nommé", "nommée", "surnommé", "baptisé",
))  # fmt: skip


_DOUBTED = 0.1
"""What the trees give less is a term or a name rather than a slip of the engine's: over
corpora/clean this leaves 9 of 25 alarms (scripts/alarms), over mt/dev/wmt_qe_docs all findings.
They judge only words with no French word near in spelling; people's own slips, which have one,
they have learned to leave alone."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Words that nothing explains."""
    around: Surroundings | None = None
    words = passage.words
    for i, token in enumerate(words):
        text = token.text
        if len(text) < 4 or text[0] > "\u024f":  # Latin letters alone; Greek is a quotation
            continue
        dotted = with_diaeresis(text.lower()) if text[1:].islower() else None
        if dotted is not None:
            around = around or Surroundings(passage)
            confidence = _undotted(words, i, dotted, around, context)
            if confidence > 0:
                says = "has lost a diaeresis: “{}”"
                yield _finding(passage, token, confidence, dotted, says)
            continue
        if text.islower():
            if _known(text):
                continue
        elif not text.istitle() or "-" in text or _known(text.lower()):
            continue
        around = around or Surroundings(passage)
        confidence = (_lower if text.islower() else _capital)(words, i, around, context)
        if confidence > 0:
            better = _only(text) if text.islower() else None
            says = "is no word: “{}”" if better else "is no word"
            yield _finding(passage, token, confidence, better, says)


@lru_cache(maxsize=4096)
def _only(word: str) -> str | None:
    """What a word can only have been: two that ran together, or one without its accent."""
    first, dash, last = word.rpartition("-")
    if dash and _run_together(last):  # "trente-deuxsecondes"
        return f"{first}-{glued(last) or split(last)}"
    accented = _accented(word)
    if accented:
        return accented
    near = neighbours(word)
    accents = [form for form, _ in near if bare(form) == bare(word)]
    if len(accents) == 1:
        return accents[0]
    return (glued(word) or split(word)) if _run_together(word) and not near else None


def _finding(
    passage: Passage, token: Token, confidence: float, better: str | None, says: str
) -> Finding:
    better = better.capitalize() if better and token.text[0].isupper() else better
    return passage.finding(
        RULE.name,
        Span(token.start, token.end),
        f"“{token.text}” {says.format(better)}",
        severity=RULE.severity,
        confidence=confidence,
        evidence={"better": better} if better else None,
    )


_TWO_VOWELS = re.compile(r"(?<=[aeéou])[ie]|(?<=o)u")
_DOTS = {"i": "ï", "e": "ë", "u": "ü"}
_RARER = 0.75
"""How much rarer (log10) a word without its dots is than with them. "Taiwanais" and "Koweit" are
written too (0.65 and less apart); "égoisme" and "Israel" are 0.85 and more. In 347,000 words of a
weak engine's news 41 such words are reported, in 2.3 million of people's (clean) none."""


@lru_cache(maxsize=65536)
def with_diaeresis(word: str) -> str | None:
    """The word that ``word``, which is none, is without its diaeresis: "égoisme", "thailande"."""
    places = [match.start() for match in _TWO_VOWELS.finditer(word)]
    lexicon = Lexicon.load()
    if not places or word in lexicon:
        return None
    for at in places:
        form = word[:at] + _DOTS[word[at]] + word[at + 1 :]
        known = form in lexicon or "t" in Names.load().flags(form.capitalize())
        if known and lexicon.zipf(form) >= max(2.0, lexicon.zipf(word) + _RARER):
            return form
    return None


_SURE = 0.85
"""Confidence from which the dots are put back without being asked for."""
_TO_PLACES = frozenset("d' en à avec contre vers par entre pour".split())
_TO_DAYS = frozenset("à avant après père".split())


def _undotted(
    words: Sequence[Token], i: int, dotted: str, around: Surroundings, context: Context
) -> float:
    """How sure it is that a word lost its diaeresis: people and brands have names without."""
    token = words[i]
    if around.in_code(token) or token.text in context.names:
        return 0.0
    confidence = 0.9 - (0.45 if around.in_quotes(token) else 0.0)
    if token.text.islower():
        return confidence - (0.45 if _foreign_beside(words, i) else 0.0)
    if any(_capital_at(words, j, i, around) for j in (i - 1, i + 1)):
        return 0.0
    if set(Names.load().flags(token.text)) & set("gfsSl"):
        before = words[i - 1].low if i else ""
        place = "t" in Names.load().flags(dotted.capitalize())
        if before not in (_TO_PLACES if place else _TO_DAYS):
            return 0.0
    return confidence


def _capital_at(words: Sequence[Token], j: int, i: int, around: Surroundings) -> bool:
    """Whether the word at ``j``, beside the one at ``i``, has a capital inside its sentence."""
    if not 0 <= j < len(words) or words[j].text[0].islower():
        return False
    gap = around.text[min(words[j].end, words[i].end) : max(words[j].start, words[i].start)]
    return not gap.strip(" -") and not (j < i and around.starts_sentence(words[j]))


def _known(word: str) -> bool:
    facts = knowledge(word)
    if facts.french or facts.english >= 3:
        return True
    return facts.zipf >= 3 and not _lost_accent(word, facts)


_BARE = 0.7
_E = ("é", "è")


@lru_cache(maxsize=16384)
def _accented(word: str) -> str | None:
    """The one word that differs in one or two accents on "e": "evenement", "reinvesties".

    None for what English has, or what the web writes often without.
    """
    lexicon, facts = Lexicon.load(), knowledge(word)
    if not word.isascii() or facts.french or facts.english >= 2 or facts.zipf >= 3:
        return None
    places = [at for at, letter in enumerate(word) if letter == "e"][:_PLACES]
    found = {
        form
        for count in (1, 2)
        for chosen in combinations(places, count)
        for letters in product(_E, repeat=count)
        if (form := _put(word, chosen, letters)) in lexicon
    }
    best = sorted(found, key=lambda form: -lexicon.zipf(form))
    if not best:
        return None
    one = len({lexicon.lemmas(form) for form in best}) == 1
    return best[0] if one or lexicon.zipf(best[0]) >= _WELL_KNOWN else None


_PLACES = 6
_WELL_KNOWN = 4.0


def _put(word: str, places: Sequence[int], letters: Sequence[str]) -> str:
    made = list(word)
    for at, letter in zip(places, letters, strict=True):
        made[at] = letter
    return "".join(made)


def _lost_accent(word: str, facts: Knowledge) -> bool:
    """Whether an accented word ten times as frequent stands behind it ("systeme")."""
    if not word.isascii() or facts.english >= 3:
        return False
    lexicon = Lexicon.load()
    return any(
        bare(form) == word and lexicon.zipf(form) >= facts.zipf + 1
        for form, _ in neighbours(word)[:2]
    )


def _lower(words: list[Token], i: int, around: Surroundings, context: Context) -> float:
    """How sure it is that a word in lower case is none; 0 where something explains it."""
    token = words[i]
    if around.in_code(token) or is_numeral(token.text) or is_cry(token.text):
        return 0.0
    if len(token.text) < 6 and around.abbreviated(token):
        return 0.0
    first, dash, last = token.text.partition("-")
    if dash and last in ("même", "mêmes") and first not in _SELVES:
        return 0.7  # "les villageois aux-mêmes"
    unknown = [part for part in parts(token) if not _explained(part.text)]
    if not unknown:
        return 0.0
    if token.text in context.names:
        return 0.0
    stem = _prefixed(token.text, [part.text for part in unknown])
    facts = knowledge(stem)
    confidence = _from_facts(facts, stem)
    if confidence < _BARE and _accented(stem):
        confidence = _BARE
    if "-" in stem or (stem != token.text and habits(context).code() > _SOME_CODE):
        confidence -= 0.3
    if around.in_quotes(token):
        confidence -= 0.4
    together = _run_together(stem)
    if not together and (_foreign_beside(words, i) or _species(words, i, around.text)):
        confidence -= 0.4
    elif i and words[i - 1].text in _NAMES_OF_CODE:
        confidence -= 0.35
    elif i and not together and "parler" in grammar.lemmas(words[i - 1].low, "V"):
        confidence -= 0.4  # "ils parlent hokkien": a language
    if counts(context)[token.text] > _SEEN_ONCE:  # a term comes back, a slip seldom does
        confidence -= 0.35 if together else 0.25  # "la branche correctionserveur"
    if (
        confidence >= RULE.threshold
        and not neighbours(stem)
        and stem == token.text
        and mangled.candidate(token.text)
        and not _after_auxiliary(words, i)
        and not _meant(stem)
        and not blocked(stem)
    ):  # Nothing near in spelling: a term, a foreign word, or what an engine made of pieces.
        seen = mangled.evidence(i, words, around, habits(context))
        if mangled.trees().probability(seen) < _DOUBTED and not translated(context):
            confidence = RULE.threshold - 0.05
    return max(0.0, round(confidence, 2))


_SELVES = frozenset(
    """moi toi soi lui elle nous vous eux elles ici là cela ceci celui celle ceux celles
    quand""".split()
)
_PREFIXES = frozenset(
    """anti arrière auto avant bi contre demi ex mi mini multi non néo pseudo quasi re ré semi
    sous super sur tout tri ultra vice""".split()
)
_SOME_CODE = 0.5
"""Signs of code per 100 words (log1p) of a text in which "non-xsession" is a term."""


def _prefixed(word: str, unknown: Sequence[str]) -> str:
    """What stands behind the prefix of "anti-soupilles"; the whole word where there is none.

    Compounds are mostly terms and names of software; behind a prefix of French stands a word of
    French. Of 11 such words in 347,000 of a weak engine's news ten are none (the other is rare); in
    944,000 of people's (clean/dev) there are two, both slips.
    """
    first, dash, last = word.partition("-")
    if dash and list(unknown) == [last] and _run_together(last):
        return last  # "trente-deuxsecondes"
    if dash and first in _PREFIXES and len(last) > 5 and list(unknown) == [last]:
        facts = knowledge(last)
        if not (facts.derived or facts.zipf or facts.english):
            return last
    return word


def _after_auxiliary(words: Sequence[Token], i: int) -> bool:
    """Whether it stands as a participle ("ont été annonsés"), where no term or name can stand."""
    if not words[i].text.endswith((*_BEFORE_AGENT, "ées", "és")):
        return False
    before = [token.low for token in words[max(0, i - 2) : i]]
    return any(
        reading.lemma in ("être", "avoir")
        for word in before
        for reading in Lexicon.load().readings(word)
        if reading.category == "V"
    )


_LONG_ENOUGH = 3.0
"""The Zipf frequency of a neighbour that a long word which nobody writes is a slip for."""
_LONG, _FREQUENT = 10, 3.4
"""Letters of a word, and the Zipf frequency of another two slips away, from which the one is meant
for the other ("fréquament")."""


_SMALL = ("ce qui", "ce que", "de la", "dans le", "dans la", "pour le", "pour la", "il est", "on a")
"""Two small words that a sentence opens with, where nothing is called by both together."""
_SHORTEST = 6


def _negated(word: str) -> str | None:
    """The French adjective behind the prefix of English: "unintentionnel" is its contrary."""
    rest = word.removeprefix("un")
    adjective = len(rest) >= _SHORTEST and "A" in grammar.categories(rest)
    return rest if rest != word and adjective else None  # not "unautre"


_PART, _USUAL = 4, 3.5
"""Letters and Zipf frequency of each of two words from which they make no word together."""


@lru_cache(maxsize=4096)
def _run_together(word: str) -> bool:
    """Whether it is two words that lost the space between them: "groupeparlementaire".

    In 248,000 words of news all of ten such words are (scripts/alarms on clean/dev).
    """
    if glued(word):
        return not _negated(word)
    two = (split(word) or "").split(" ")
    zipf = Lexicon.load().zipf
    return len(two) == 2 and all(len(part) >= _PART and zipf(part) >= _USUAL for part in two)


def _meant(word: str) -> bool:
    """Whether it is seen what was meant: two words that were glued, or a long one near by."""
    if _run_together(word):
        return True
    lexicon = Lexicon.load()
    if len(word) < _LONG:
        return False
    return any(lexicon.zipf(form) >= _FREQUENT for form, _ in far_neighbours(word)[:1])


def _explained(part: str) -> bool:
    if len(part) < 4 or not part.islower():
        return True
    facts = knowledge(part)
    if facts.french or facts.english >= 2:
        return True
    return facts.zipf >= 3 and not _lost_accent(part, facts)


def _from_facts(facts: Knowledge, word: str) -> float:
    if _lost_accent(word, facts):
        return 0.7
    if facts.derived and not _slip(facts, word):
        return 0.6 if blocked(word) else 0.2
    # wordfreq counts the web, slips included: what it has often enough somebody means.
    confidence = 0.6 - max(0.0, facts.zipf - 1.4) * 0.25
    near = neighbours(word)
    if near:
        confidence += 0.25 if near[0][1] >= 4 else 0.1
    elif glued(word):
        confidence += 0.25
    elif split(word):
        confidence += 0.2
    return confidence


_FAR_MORE = 2.6
"""How much more frequent (log10) the French word one slip away from a derived one is: nobody
means the other ("gouvernment", "dispostion"). Of 14 such words in 1.85 million of people's ten are
slips; "désistance" and "installeur" are words."""


def _slip(facts: Knowledge, word: str) -> bool:
    """Whether a word that suffixes explain is rather a frequent one with a slip."""
    if facts.english >= 2.5:
        return False
    lexicon = Lexicon.load()
    near = (form for form, _ in neighbours(word) if not _does(word, form))
    best = max(map(lexicon.zipf, near), default=0.0)
    long = len(word) >= _LONG and facts.zipf == 0  # "ralentissment"
    return best >= (_LONG_ENOUGH if long else 3.8) and best - facts.zipf >= _FAR_MORE


def _does(word: str, verb: str) -> bool:
    """Whether the word is who or what does it: "installeur" beside "installer"."""
    return verb.endswith("er") and word.rstrip("s") == verb[:-1] + "ur"


def _foreign_beside(words: Sequence[Token], i: int) -> bool:
    """Whether a neighbour is foreign too: "Homo sapiens", "mucho trabajo"."""
    for j in (i - 1, i + 1):
        if 0 <= j < len(words):
            other = words[j]
            gap = other.start - words[i].end if j > i else words[i].start - other.end
            if gap > 1 or len(other.text) < 2:
                continue
            facts = knowledge(other.low)
            if facts.french or facts.derived or "'" in other.text:
                continue
            if "-" in other.text and all(_explained(part.text) for part in parts(other)):
                continue  # "a-t-il martellé"
            return True
    return False


def _species(words: list[Token], i: int, text: str) -> bool:
    """Whether it can be the second word of a Latin name: "Pieris rapae", "L. reuteri"."""
    token = words[i]
    if not token.text.endswith(("us", "um", "a", "ae", "is", "i", "ii", "ns", "e")) or not i:
        return False
    before = words[i - 1]
    between = text[before.end : token.start]
    if len(before.text) == 1 and before.text.isupper():
        return between == ". "
    return before.text.istitle() and len(before.text) > 3 and between in " \u00a0"


def _capital(words: list[Token], i: int, around: Surroundings, context: Context) -> float:
    """How sure it is that a word with a capital is none; names are no words of French either."""
    token = words[i]
    lower = token.low
    facts = knowledge(lower)
    if facts.zipf < 2 and split(lower) in _SMALL and around.starts_sentence(token):
        return 0.55  # "Cequi me touche"
    if facts.zipf or facts.english or facts.derived or token.text in context.names:
        return 0.0
    if around.in_code(token) or around.in_quotes(token) or counts(context)[token.text] > 1:
        return 0.0
    if Names.load().flags(token.text):
        return 0.0
    text = around.text
    before, after = text[: token.start].rstrip(), text[token.end :]
    if around.starts_sentence(token):
        following = words[i + 1].text if i + 1 < len(words) else ""
        return 0.5 if lower.endswith(_BEFORE_AGENT) and following == "par" else 0.0
    if before.endswith(",") and after.startswith(","):
        if not _ORDINAL.search(before):
            return 0.0
        # "Le deuxième, Rigeur, est": nowhere in 1.8 million words of clean French.
        return 0.55 if neighbours(lower) else 0.3
    return 0.0


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """Known words near the unknown one, the likeliest first."""
    del context
    word = finding.span.of(passage.text)
    better = finding.evidence.get("better")
    if isinstance(better, str):
        dotted = with_diaeresis(word.lower()) == better.lower()
        sure = dotted and word.islower() and finding.confidence >= _SURE
        yield Proposal(
            finding=finding,
            edits=(Edit(span=finding.span, text=better),),
            applicability=Applicability.SAFE if sure else Applicability.SUGGESTED,
            origin="lexicon",
            score=1.0,
        )
        return
    lower = word.lower()
    near = [near for near in neighbours(lower)[:4] if near[0] != lower.removeprefix("un")]
    negated = _negated(lower)
    if negated:
        near.append((f"non {negated}", 4.5))
    established = blocked(lower)
    if established:
        near.append((established, 4.0))
        # an adjective may need another form here; the gate knows which
        near += [(form, 3.9) for form in grammar.inflected(established, grammar.ALL, "A")]
    apart = None if negated else glued(lower) or split(lower)
    if apart:
        near.append((apart, 4.0))
    if not near:
        near = [(form, score - 3) for form, score in far_neighbours(lower)[:4]]
    near.sort(key=lambda item: -item[1])
    # One clear candidate may be applied on demand; among several equals a person must choose.
    clear = bool(near) and near[0][1] >= 4 and (len(near) == 1 or near[0][1] - near[1][1] >= 1)
    for rank, (form, score) in enumerate(near):
        yield Proposal(
            finding=finding,
            edits=(Edit(span=finding.span, text=form.capitalize() if word[0].isupper() else form),),
            applicability=Applicability.SUGGESTED if clear and not rank else Applicability.DISPLAY,
            origin="lexicon",
            score=score,
        )
