"""A name that was translated like a common word.

Why: An engine that takes a surname for a word of the language translates it, often with a
determiner or in another order, and a person or a product disappears from the text.

Examples:
    - Hier, [[le fils Takeshi]] a quitté la réunion.
    + Hier, Takeshi Son a quitté la réunion.
    - Les propos [[du fils Takeshi]] ont surpris.
    + Les propos de Takeshi Son ont surpris.
    - [[Larry Oiseau]] a marqué vingt points.
    + Larry Bird a marqué vingt points.
    - On attend [[le faucon de TII]] avec impatience.
    + On attend Falcon de TII avec impatience.
    = Le fils Kennedy est mort à Dallas.
    = La reine Elizabeth a reçu le petit Nicolas.
    = Alexandre Dumas fils et les frères Lumière.
    = Pierre Cuisinier et Marie Bois sont venus.
    = Son fils Takeshi a quitté la réunion.

Fix safety: with an aligned source the name is read there, and its remains are the words that
translate it; without one the proposal is a guess that a person should look at.

Source: Ugawa et al. 2018, "Neural Machine Translation Incorporating Named Entity", on how engines
translate names word by word; the list of appositions is general French usage (Grevisse, Le bon
usage, § 343).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mtrepair.core import Applicability, Finding, Proposal, Severity, Span
from mtrepair.languages import Token
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.names import KOREAN, Names, plain
from mtrepair.rules.names import source_names
from mtrepair.rules.names.remains import (
    APPOSED,
    Origin,
    is_common,
    is_content,
    is_noun,
    is_only_noun,
    origins,
)
from mtrepair.rules.names.restoring import DETERMINERS, put
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="mistranslated-name",
    group="names",
    severity=Severity.CRITICAL,
    summary="a name translated like a common word",
    priority=Priority.NAME,
    # scripts/measure-names on the building half of corpora/names and 200,000 words of clean French
    threshold=0.5,
)

_SINGULAR = frozenset(["le", "la", "l'", "l’", "du", "au"])
_TITLES = frozenset(
    """m m. mm mme mlle mr mrs ms dr lord sir lady miss saint sainte san santa""".split()
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A broken name as its shape shows it: where, how sure, and what it may have been."""

    span: Span
    given: str
    word: str
    origins: tuple[Origin, ...]
    confidence: float


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Broken names, by the source where there is one and by their shape."""
    taken: list[Span] = []
    if passage.source:
        for loss in source_names.losses(passage):
            if loss.span is None:
                continue
            taken.append(loss.span)
            yield passage.finding(
                RULE.name,
                loss.span,
                f"the source has the name “{loss.name}” here",
                severity=RULE.severity,
                confidence=loss.confidence,
                evidence={
                    "name": loss.name,
                    "names": [loss.name],
                    "source": True,
                    "sure": loss.sure,
                },
            )
    for guess in _guesses(passage):
        if any(guess.span.overlap(span) for span in taken):
            continue
        names, confidence = _weighed(guess, passage, context)
        if _denied(guess, passage):
            continue
        taken.append(guess.span)
        yield passage.finding(
            RULE.name,
            guess.span,
            f"“{guess.word}” looks like a translated name" + (f" ({names[0]}?)" if names else ""),
            severity=RULE.severity,
            confidence=confidence,
            evidence={"names": names, "source": False},
        )
    for span, names, confidence in _products(passage, context):
        if any(span.overlap(other) for other in taken):
            continue
        yield passage.finding(
            RULE.name,
            span,
            f"a common noun where a product's name should be ({names[0]}?)",
            severity=RULE.severity,
            confidence=confidence,
            evidence={"names": names, "source": False},
        )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The names it may have been, the likeliest first."""
    del context
    names = finding.evidence["names"]
    if not isinstance(names, list):
        return
    sure = bool(finding.evidence.get("sure"))
    for place, name in enumerate(names[:3]):
        yield Proposal(
            finding=finding,
            edits=(put(passage.text, finding.span, str(name)),),
            applicability=Applicability.SAFE if sure else Applicability.SUGGESTED,
            origin="names",
            score=finding.confidence - 0.1 * place,
        )


def _guesses(passage: Passage) -> Iterator[Guess]:
    tokens = passage.tokens
    names = Names.load()
    for i, token in enumerate(tokens):
        if token.kind != "word" or not token.text[0].isupper():
            continue
        korean = _korean(tokens, i)
        if korean is not None:
            yield korean
            continue
        if not names.given(token.text) or token.text in names.exonyms:
            continue
        if len(token.text) < 3 or is_common(token.text):
            continue
        foreign = 0.0 if names.foreign_given(token.text) else -0.2
        before = tokens[i - 1] if i else None
        if before is not None and _joined(passage, before, token):
            capital = before.text[0].isupper() and not is_common(before.text)
            if capital and (i < 2 or tokens[i - 2].text.lower() not in DETERMINERS):
                continue  # a middle or last name: "Laura Leigh"
            if before.text.lower().rstrip(".") in _TITLES:
                continue
        last = i + 1 >= len(tokens) or not _joined(passage, token, tokens[i + 1])
        after = None if last else tokens[i + 1]
        if after is not None and after.text[0].isupper() and after.kind == "word":
            yield from _capital_after(passage, i, foreign)
            continue
        yield from _noun_before(passage, i, foreign)
        if after is not None:
            yield from _noun_after(passage, i, foreign)


def _noun_before(passage: Passage, i: int, foreign: float) -> Iterator[Guess]:
    """le fils Takeshi"""
    tokens, token = passage.tokens, passage.tokens[i]
    if i < 2 or Names.load().mostly_surname(token.text):
        return
    noun, determiner = tokens[i - 1], tokens[i - 2]
    if noun.kind != "word" or determiner.text.lower() not in _SINGULAR:
        return
    if not noun.text.islower() or not _joined(passage, noun, token):
        return
    if noun.text in APPOSED or not is_noun(noun.text):
        return
    found = tuple(o for o in origins(noun.text) if o.rank == 2 or noun.text == "fils")
    if not found:
        return
    following = tokens[i + 1].text if i + 1 < len(tokens) else "."
    confidence = 0.65 + foreign
    if noun.text != "fils":
        # Things are named after people ("l'algorithme Elijah"): kinship never is.
        confidence -= 0.1
        if found[0].likelihood < 0.2:
            confidence -= 0.15
    if following in ("de", "d'", "d’", ",", ".", "et", "a"):
        confidence += 0.05
    span = Span(determiner.start, token.end)
    yield Guess(span, token.text, noun.text, found, confidence)


def _capital_after(passage: Passage, i: int, foreign: float) -> Iterator[Guess]:
    """Larry Oiseau; Takeshi Le fils"""
    tokens, token, after = passage.tokens, passage.tokens[i], passage.tokens[i + 1]
    names = Names.load()
    if after.text in ("Le", "La", "L'", "L’") and i + 2 < len(tokens):
        noun = tokens[i + 2]
        if noun.text.islower() and is_noun(noun.text):
            found = tuple(o for o in origins(noun.text) if o.rank == 2 or noun.text == "fils")
            if found:
                span = Span(token.start, noun.end)
                yield Guess(span, token.text, noun.text, found, 0.75 + foreign)
        return
    third = tokens[i + 2] if i + 2 < len(tokens) else None
    if (
        third is not None
        and third.kind == "word"
        and third.text[0].isupper()
        and _joined(passage, after, third)
    ):
        return  # a longer name: a title of a work, a company
    if not is_content(after.text) or after.text[1:] != after.text[1:].lower():
        return
    usual = "G" not in names.flags(token.text) and _translates(token.text)
    if foreign or usual or len(after.text) < 3:
        return  # "François Hollande" bears a common word rightly; "Add Service" is no person
    if names.french_surname(after.text) or names.given(after.text):
        return
    if names.surname(after.text) == 2:
        return
    found = tuple(o for o in origins(after.text) if o.rank == 2)
    confidence = 0.75
    if names.surname(after.text):  # somebody bears it; a plain word of the language weighs more
        clear = bool(found) and found[0].likelihood >= 0.5 and is_only_noun(after.text)
        confidence -= 0.2 if clear else 0.3
    if not found:
        confidence -= 0.2
    elif found[0].likelihood < 0.08:
        confidence -= 0.1
    if "G" not in names.flags(token.text) and names.mostly_surname(token.text):
        confidence -= 0.3
    yield Guess(Span(token.start, after.end), token.text, after.text, found, confidence)


def _translates(word: str) -> bool:
    """Whether the word is a common one in English ("Add"), not a name with a French form."""
    return any(
        plain(french)[:3] != plain(word)[:3]
        for french, p in Dictionary.load().french(word)
        if p > 0.2
    )


def _noun_after(passage: Passage, i: int, foreign: float) -> Iterator[Guess]:
    """Larry oiseau; Takeshi le fils"""
    tokens, token = passage.tokens, passage.tokens[i]
    noun, start = tokens[i + 1], 0
    if noun.text in ("le", "la", "l'", "l’") and i + 2 < len(tokens):
        noun, start = tokens[i + 2], 1
    if noun.kind != "word" or not noun.text.islower() or "-" in noun.text:
        return
    if not is_noun(noun.text) or (
        not start and (noun.text in APPOSED or not is_only_noun(noun.text))
    ):
        return
    if _determined(tokens, i):
        return  # "les données Eurostat mois par mois", "le style Tudor"
    found = tuple(o for o in origins(noun.text) if o.rank == 2 or noun.text == "fils")
    if not found:
        return
    confidence = (0.6 if start else 0.65) + foreign
    if start and noun.text in APPOSED:
        confidence -= 0.1  # "Conan le barbare", "Oggy le chat" are good French
    if found[0].likelihood < 0.05:
        confidence -= 0.15
    yield Guess(Span(token.start, noun.end), token.text, noun.text, found, confidence)


def _determined(tokens: list[Token], i: int) -> bool:
    """Whether a noun or determiner leads to the name: "la méthode X", "le X"."""
    if not i:
        return False
    before = tokens[i - 1].text.lower()
    return before in DETERMINERS or (tokens[i - 1].text.islower() and is_only_noun(before))


def _korean(tokens: list[Token], i: int) -> Guess | None:
    """Jae-dans la lune: a given name of two syllables, the second of them translated."""
    token = tokens[i]
    first, dash, second = token.text.partition("-")
    if not dash or first.lower() not in KOREAN or not second.islower():
        return None
    back = {
        "dans": "in",
        "en": "in",
        "soleil": "sun",
        "jeune": "young",
        "gagné": "won",
        "mon": "my",
        "chanté": "sang",
        "jouet": "toy",
    }.get(second)
    if back is None:
        return None
    given, end, word = f"{first}-{back}", token.end, second
    found: tuple[Origin, ...] = ()
    rest = tokens[i + 1 : i + 3]
    if len(rest) == 2 and rest[0].text in ("le", "la", "l'", "l’") and is_noun(rest[1].text):
        found = origins(rest[1].text)
        if found:
            end, word = rest[1].end, f"{second} {rest[0].text} {rest[1].text}"
    origin = found or (Origin("", 1.0, 2),)
    return Guess(Span(token.start, end), given, word, origin, 0.7)


def _joined(passage: Passage, left: Token, right: Token) -> bool:
    """Whether only white space (at most one line break) stands between two tokens."""
    between = passage.text[left.end : right.start]
    return len(between) <= 2 and not between.strip() and between.count("\n") <= 1


def _weighed(guess: Guess, passage: Passage, context: Context) -> tuple[list[str], float]:
    """The full names a guess may stand for, and its confidence with the rest of the document."""
    attested = _attested(context)
    ranked: list[tuple[float, str]] = []
    sure = guess.confidence
    for place, origin in enumerate(guess.origins):
        name = f"{guess.given} {origin.surname}".strip()
        weight = -float(place)
        if name in attested or name in context.names:
            weight += 20
            sure = max(sure, 0.95)
        elif (
            origin.surname and any(name.endswith(f" {origin.surname}") for name in context.names)
        ) or origin.surname in context.names:
            weight += 10
            sure = max(sure, 0.9)
        elif origin.surname in attested and not passage.text.startswith(origin.surname):
            weight += 5
            sure += 0.15
        ranked.append((-weight, name))
    names = [name for _, name in sorted(ranked)]
    return names, max(0.0, min(1.0, sure))


def _denied(guess: Guess, passage: Passage) -> bool:
    """Whether the source has the very words: then they are no translation."""
    return bool(passage.source) and guess.span.of(passage.text) in str(passage.source)


_CAPITALS = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?", re.M)


def _attested(context: Context) -> frozenset[str]:
    """Capitalised words and pairs inside sentences of the document."""
    key = f"{RULE.name}:attested"
    found = context.cache.get(key)
    if not isinstance(found, frozenset):
        seen: set[str] = set()
        for passage in context.passages:
            for match in _CAPITALS.finditer(passage.text):
                seen.add(match[0])
                seen.update(match[0].split())
        found = frozenset(seen)
        context.cache[key] = found
    return found


def _products(passage: Passage, context: Context) -> Iterator[tuple[Span, list[str], float]]:
    """le faucon de TII"""
    products = Names.load().products
    tokens = passage.tokens
    for i, token in enumerate(tokens):
        if i + 2 >= len(tokens) or i == 0 or token.text not in products:
            continue
        determiner, link, owner = tokens[i - 1], tokens[i + 1], tokens[i + 2]
        if determiner.text.lower() not in DETERMINERS or link.text not in ("de", "d'", "d’"):
            continue
        found = [p for p in products[token.text] if p.owner.casefold() == owner.text.casefold()]
        if not found:
            continue
        sure = max(p.likelihood for p in found)
        if any(p.name in context.names or p.name in _attested(context) for p in found):
            sure = max(sure, 0.85)
        rest = passage.text[token.end : owner.end]
        names = [name + rest for name in dict.fromkeys(p.name for p in found)]
        yield Span(determiner.start, owner.end), names, sure
