"""A determiner that does not fit its noun in gender or number.

Why: engines choose the article before the noun, or keep the one of a word that they replaced.

Examples:
    - Elle a vu [[une chapeau]] rouge.
    + Elle a vu un chapeau rouge.
    - Il aime [[cette jardin]].
    + Il aime ce jardin.
    - Il dort dans [[les maison]].
    + Il dort dans les maisons.
    - Il ferme [[le application]].
    + Il ferme l'application.
    - C'est [[le même chose]] ailleurs.
    + C'est la même chose ailleurs.
    - Elle habite [[le plus grande ville]] du pays.
    + Elle habite la plus grande ville du pays.
    - Il est resté avec [[les autres invité]] hier.
    + Il est resté avec les autres invités hier.
    - Il dit que [[les ville]] côtières souffre.
    + Il dit que les villes côtières souffrent.
    - Il vient depuis la [[rentré]] et rouvre [[ses porte]].
    + Il vient depuis la rentrée et rouvre ses portes.
    = Un jeune marche, les mêmes nom et adresse.
    = Cela aide les développeur·ses, en les définissant bien.
    = Il la porte et les ferme.
    = Mon amie est la ministre.
    = L'une reste, les autres partent.
    = Les nom et prénom de soixante et une personnes.

Fix safety: another determiner or another form of the noun is a suggestion; only "l'" for "le" or
"du" before a vowel is safe, since both genders have it.

Source: Grevisse & Goosse, Le bon usage, § 587 (accord du déterminant).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.agreement import across, links
from mtrepair.rules.agreement.clash import DETERMINERS, may_be_woman
from mtrepair.rules.agreement.sentence import noun_slots
from mtrepair.rules.offers import in_turn
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="agreement-determiner-noun",
    group="agreement",
    severity=Severity.MAJOR,
    summary="a determiner that does not fit its noun",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    threshold=0.6,  # beside its measurement in confidence.py
)

_NO_NOUN_AFTER = frozenset("l' dont et ou pas que qu' quelqu' ni comme plus".split())
_JOINING = frozenset(("et", "ou", "à", ",", "/", "-", "–", "(", "_", "et/ou"))


def judged_gender(noun: str, determiner: grammar.Slots) -> bool:
    """Whether a clash of gender alone counts: not a feminine before a word for a person."""
    return "fs" not in determiner or not may_be_woman(noun)


def _could_be_pronoun(token: Token, before: str, opens: bool, noun: str) -> bool:
    """Whether the determiner at ``token`` may be a pronoun before a verb."""
    low = token.low
    if low not in grammar.PRONOUN_LIKE:
        return False
    if low in ("un", "une"):
        return before in _NO_NOUN_AFTER
    if low == "ce":  # the pronoun has a verb behind it
        return bool(grammar.persons(noun))
    # No clitic before a finite verb comes after a preposition: what follows is a noun.
    return not (opens or before in grammar.PREPOSITIONS)


_GOES_ON = re.compile(r"[-'’·•]|\.e(?:\.s)?\b")
"""What makes a word part of a longer one: "développeur·ses", "habitant.e.s"."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Determiners beside their nouns, then those that the parser ties to one at a distance."""
    text, tokens = passage.text, passage.tokens
    spread = list(across.phrases(text, tokens))
    yield from _millions(passage)
    yield from _thousands(passage)
    short = list(_without_e(passage))
    near = [*_neighbours(passage, {phrase.first for phrase in spread}), *_across(passage, spread)]
    near = short + [f for f in near if not any(f.span.overlap(g.span) for g in short)]
    yield from near
    for clash, sure in links.reported(passage, context, "determiner", "numeral"):
        determiner, noun = tokens[clash.controller], tokens[clash.target]
        span = Span(determiner.start, noun.end)
        if any(finding.span.overlap(span) for finding in near):
            continue
        yield passage.finding(
            RULE.name,
            links.span(passage, clash.marked),
            f"“{determiner.text}” does not fit “{noun.text}”",
            severity=RULE.severity,
            confidence=sure,
            evidence={
                "determiner": determiner.text,
                "after": text[determiner.end : determiner.end + 1],
                "following": tokens[clash.controller + 1].text,
                "word": noun.text,
                "change": "noun" if clash.marked == clash.target else "determiner",
            },
        )


_MILLIONS = re.compile(
    r"(?<![\d.,])(\d[\d\u00a0\u202f ]*(?:,\d+)?)[ \u00a0\u202f](milli(?:on|ard))\b(?!-)"
)


def _millions(passage: Passage) -> Iterator[Finding]:
    """ "3,2 milliard": from two on it is many."""
    for match in _MILLIONS.finditer(passage.text):
        amount = re.sub(r"[^\d,]", "", match[1]).replace(",", ".")
        if float(amount) >= 2:
            yield passage.finding(
                RULE.name,
                Span(*match.span(2)),
                f"“{match[2]}” is one",
                severity=RULE.severity,
                evidence={"texts": [match[2] + "s"], "french": match[2] + "s"},
            )


_FEMININE = frozenset({"fs"})


def _without_e(passage: Passage) -> Iterator[Finding]:
    """ "à partir de la rentré": a participle where the noun that is made of it has an "e" more."""
    text, tokens = passage.text, passage.tokens
    for at in range(len(tokens) - 1):
        word = tokens[at + 1]
        if grammar.DETERMINERS.get(tokens[at].low) != _FEMININE or word.text != word.low:
            continue
        if not word.text.endswith("é") or grammar.slots(word.text, "K") is None:
            continue
        if (grammar.slots(word.text + "e", "N") or frozenset()) != {"fs"}:
            continue
        after = tokens[at + 2] if at + 2 < len(tokens) else None
        leads = after is None or after.kind == "punct" or after.low in grammar.PREPOSITIONS
        leads = leads or (after is not None and after.low in _AFTER_NOUN)
        if not leads or not grammar.adjacent(text, tokens[at], word):
            continue
        yield passage.finding(
            RULE.name,
            Span(word.start, word.end),
            f"“{tokens[at].text}” does not fit “{word.text}”",
            severity=RULE.severity,
            evidence={"texts": [word.text + "e"]},
        )


_AFTER_NOUN = frozenset("de d' du des à au aux et ou est a".split())
_THOUSANDS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+[ \u00a0\u202f]([^\W\d_]{4,})\b(?![-’'])"
)


def _thousands(passage: Passage) -> Iterator[Finding]:
    """ "4 000 salarié": a word that can only be a noun in the singular."""
    for match in _THOUSANDS.finditer(passage.text):
        noun = match[1]
        found = grammar.slots(noun, "N")
        if found is None or any(slot[1] == "p" for slot in found) or noun != noun.lower():
            continue
        others = grammar.categories(noun) - {"N", "A"}
        if others - {"V"} or grammar.persons(noun) or Lexicon.load().zipf(noun) < 3:
            continue
        plural = grammar.inflected(noun, frozenset({"mp", "fp"}), "N")
        yield passage.finding(
            RULE.name,
            Span(*match.span(1)),
            f"“{noun}” is one",
            severity=RULE.severity,
            evidence={"texts": plural[:1]},
        )


def _neighbours(passage: Passage, spread: set[int]) -> Iterator[Finding]:
    """Determiners followed at once by a word that can only be a noun of other gender or number.

    Args:
        spread: the indices of determiners whose noun stands behind an adjective.
    """
    text = passage.text
    lexicon = Lexicon.load()
    tokens = passage.tokens
    starts = passage.openings
    for at in range(len(tokens) - 1):
        token = tokens[at]
        low = token.low
        wanted = grammar.DETERMINERS.get(low)
        if wanted is None or at in spread:
            continue
        noun = tokens[at + 1]
        if noun.kind != "word" or not grammar.adjacent(text, token, noun):
            continue
        found = grammar.slots(noun.text)
        if found is None or found & wanted:
            continue
        if len(token.text) > 1 and token.text.isupper() and not noun.text.isupper():
            continue  # "la directive 94/55/CE relative à"
        if at + 2 < len(tokens) and _is_english(tokens[at + 2], text, noun):
            continue  # "du machine learning", "les social bots"
        before = tokens[at - 1].low if at else ""
        pronoun = _could_be_pronoun(token, before, token.start in starts, noun.text)
        if not grammar.is_plain_noun(noun.text, after_pronoun_like=pronoun):
            continue
        if grammar.is_infinitive(noun.text):
            continue
        # "l'un" is a pronoun and "soixante et une" a number.
        if low in ("un", "une") and (
            before in ("l'", "quelqu'") or (before == "et" and _numeral(tokens[at - 2 : at - 1]))
        ):
            continue
        # "Les nom et adresse", "des troisième à neuvième alinéas", "les directeur(s)".
        after = tokens[at + 2].low if at + 2 < len(tokens) else ""
        if "s" not in {slot[1] for slot in wanted} and after in _JOINING:
            continue
        if low == "quelque" and after in ("que", "qu'"):
            continue  # "quelque généraux que soient les termes"
        # "en les définissant", where "les" is the verb's object; "trois à dix formant la suite".
        if noun.text.endswith("ant") and (
            before == "en" or (before == "à" and low not in ("le", "la", "les"))
        ):
            continue
        if _GOES_ON.match(text, noun.end) or lexicon.zipf(noun.text) < 2.5:
            continue
        # "une release": an English word in French keeps no rule.
        if lexicon.english_zipf(noun.text) > lexicon.zipf(noun.text) + 0.9:
            continue
        if {slot[1] for slot in found} & {slot[1] for slot in wanted} and not judged_gender(
            noun.text, wanted
        ):
            continue
        yield passage.finding(
            RULE.name,
            Span(token.start, noun.end),
            f"“{token.text}” does not fit “{noun.text}”",
            severity=RULE.severity,
            evidence={"noun": noun.start - token.start},
        )


def _is_english(following: Token, text: str, noun: Token) -> bool:
    """Whether a noun and the word behind it are rather both English."""
    if not grammar.adjacent(text, noun, following) or not following.text.islower():
        return False
    lexicon = Lexicon.load()
    english = lexicon.english_zipf(following.text)
    rather = english >= 3.0 and english > lexicon.zipf(following.text) + 0.3
    return rather and lexicon.english_zipf(noun.text) >= 4.0


def _across(passage: Passage, spread: Sequence[across.Phrase]) -> Iterator[Finding]:
    """Determiners and nouns with an adjective between them."""
    text, tokens, lexicon = passage.text, passage.tokens, Lexicon.load()
    for phrase in spread:
        found = across.clash(phrase, tokens)
        if found is None:
            continue
        wanted, slots = found
        determiner, noun = tokens[phrase.first], tokens[phrase.last]
        after = tokens[phrase.last + 1].low if phrase.last + 1 < len(tokens) else ""
        before = tokens[phrase.first - 1].low if phrase.first else ""
        numbers = {slot[1] for slot in wanted} & {slot[1] for slot in slots}
        if not numbers and after in _JOINING:
            continue  # "les mêmes nom et adresse"
        if numbers and not wanted & slots and not judged_gender(noun.text, wanted):
            continue
        if determiner.low in ("un", "une") and before in ("l'", "quelqu'", "et", "chacun"):
            continue
        if _GOES_ON.match(text, noun.end) or lexicon.zipf(noun.text) < 3.0:
            continue
        if lexicon.english_zipf(noun.text) > lexicon.zipf(noun.text) + 0.9:
            continue
        span = Span(determiner.start, noun.end)
        yield passage.finding(
            RULE.name,
            span,
            f"the words of “{span.of(text)}” do not fit each other",
            severity=RULE.severity,
            evidence={"texts": across.repaired(phrase, tokens, text)},
        )


def _numeral(tokens: list[Token]) -> bool:
    return any(t.kind == "number" or t.low.endswith(("ngt", "nte", "ante")) for t in tokens)


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The determiner changed; and where the number differs, the noun changed first."""
    del context
    if "change" in finding.evidence:
        yield from _propose_apart(finding)
        return
    texts = finding.evidence.get("texts")
    if isinstance(texts, list):
        yield from in_turn(finding, finding.span, texts)
        return
    whole = finding.span.of(passage.text)
    cut = finding.evidence["noun"]
    if not isinstance(cut, int):
        return
    noun = whole[cut:]
    determiner = whole[:cut].rstrip()
    wanted = grammar.DETERMINERS[determiner.lower().replace("’", "'")]
    start = finding.span.start
    score = 1.0
    other_nouns = grammar.inflected(noun, wanted, "N")
    own = {slot[0] for slot in grammar.slots(noun, "N") or ()}
    same = [f for f in other_nouns if {s[0] for s in grammar.slots(f, "N") or ()} & own]
    other_nouns = same or other_nouns  # "ses joueur" are "joueurs", not "joueuses"
    number_differs = not {s[1] for s in wanted} & {s[1] for s in grammar.slots(noun) or ()}
    nouns: list[Edit] = []
    if number_differs:
        nouns = [Edit(span=Span(start + cut, finding.span.end), text=form) for form in other_nouns]
    alone = False  # nothing but the noun tells of one: another determiner is only shown
    if nouns and all(slot[1] == "p" for slot in wanted):
        behind = _plural_behind(passage, finding.span.end)
        if behind is not None:
            yield from _with_verb(finding, passage, nouns, behind)
            return
        alone = _nothing_singular(passage, finding.span.end)
    slots = grammar.slots(noun, "N") or grammar.slots(noun) or grammar.ALL
    determiners = [
        Edit(span=Span(start, start + cut), text=form)
        for form in grammar.determiners(determiner, slots, noun)
    ]
    other = Applicability.DISPLAY if alone else Applicability.SUGGESTED
    if len(determiners) == 1 and not nouns and determiners[0].text.endswith(("l'", "l’")):
        other = Applicability.SAFE  # "le application": whichever is wrong, "l'application" is right
    for edit in (*nouns, *determiners):
        yield Proposal(
            finding=finding,
            edits=(edit,),
            applicability=other if edit in determiners else Applicability.SUGGESTED,
            origin="lexicon",
            score=score,
        )
        score *= 0.8


def _behind(passage: Passage, end: int) -> int:
    """The index of the first token from ``end`` on."""
    tokens = passage.tokens
    return next((i for i, token in enumerate(tokens) if token.start >= end), len(tokens))


def _nothing_singular(passage: Passage, end: int) -> bool:
    """Whether no verb and no adjective in the singular follows the noun that ends at ``end``.

    "avec les autorité, mais": the article was chosen for several, and only a letter is missing.
    """
    tokens, at = passage.tokens, _behind(passage, end)
    if at >= len(tokens) or tokens[at].kind != "word":
        return True
    word = tokens[at].low
    slots = grammar.slots(word, "AK")
    one = slots is not None and any(slot[1] == "s" for slot in slots)
    return not one and "3s" not in grammar.persons(word) and word not in grammar.CLITICS


def _plural_behind(passage: Passage, end: int) -> int | None:
    """The place behind an adjective in the plural that follows a noun which ends at ``end``.

    None where there is no such adjective: then the determiner may be what is wrong.
    """
    tokens, at = passage.tokens, _behind(passage, end)
    if at >= len(tokens) or not grammar.adjacent(passage.text, tokens[at - 1], tokens[at]):
        return None
    word = tokens[at].text
    slots = grammar.slots(word, "AK")
    many = slots is not None and all(slot[1] == "p" for slot in slots)
    return at + 1 if many and not grammar.persons(word) else None


def _with_verb(
    finding: Finding, passage: Passage, nouns: Sequence[Edit], at: int
) -> Iterator[Proposal]:
    """The noun in the plural, and a verb at ``at`` that it would not fit any more with it."""
    verbs: list[Edit] = []
    if at < len(passage.tokens):
        verb = passage.tokens[at]
        persons = grammar.persons(verb.text)
        if "3s" in persons and "3p" not in persons and verb.text.islower():
            span = Span(verb.start, verb.end)
            verbs = [Edit(span=span, text=form) for form in links.conjugated(verb.text, "3p")[:2]]
    pairs = [(noun, verb) for noun in nouns for verb in verbs]
    for rank, edits in enumerate([*pairs, *((noun,) for noun in nouns)]):
        yield Proposal(
            finding=finding,
            edits=edits,
            applicability=Applicability.SUGGESTED,
            origin="lexicon",
            score=0.8**rank,
        )


def _propose_apart(finding: Finding) -> Iterator[Proposal]:
    """For a determiner and a noun that do not touch: the one that is marked changes."""
    noun = str(finding.evidence["word"])
    determiner = str(finding.evidence["determiner"])
    span = finding.span
    wanted = DETERMINERS.get(determiner.lower(), frozenset({"mp", "fp"}))
    if finding.evidence["change"] == "noun":
        texts = links.inflected(noun, wanted, "N")
    else:
        following = str(finding.evidence["following"])
        slots = noun_slots(noun) or grammar.ALL
        texts = []
        for form in grammar.determiners(determiner, slots, following):
            elided = form.endswith("'")
            texts.append(form if elided else form.rstrip())
            if elided and finding.evidence["after"] == " ":
                span = Span(finding.span.start, finding.span.end + 1)
    yield from in_turn(finding, span, texts)
