"""Broken names as their shape in the French text shows them, without a source."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from mtrepair.core import Span
from mtrepair.languages import Token
from mtrepair.languages.fr.dictionary import Dictionary
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.names import KOREAN, USUAL, Names, plain
from mtrepair.rules.names.guess import Guess, guess, joined, weight
from mtrepair.rules.names.odds import (
    BOTH,
    LISTED,
    at_home,
    first_origins,
    log_odds,
    origins,
    with_itself,
)
from mtrepair.rules.names.remains import (
    APPOSED,
    has_noun,
    has_verb,
    is_being,
    is_bookish,
    is_common,
    is_function_word,
    is_hardly_a_word,
    is_infinitive,
    is_noun,
    is_only_noun,
    is_polite,
    is_time,
)
from mtrepair.rules.names.restoring import DETERMINERS
from mtrepair.rules.names.torn import torn
from mtrepair.rules.passage import Passage

COMMON = 4.2
"""Zipf frequency (log10 per thousand million words) above which a company may well have a thing of
that name. Chosen, not measured: clean/train has no "le NOUN de COMPANY" of the list at all."""

RARE = 3e-5
"""The share of people from which a word is taken for a given name; lists have Neige and Danger."""

LEAST, SHARED, LEAST_SHARED = 0.45, 0.09, 1.5
"""The least log-odds of a surname that somebody bears, and the same for given names of which
France has a share of at least ``SHARED`` of the bearers. Chosen so that people of France with given
names of the world are left alone (Cindy Meunier, Paul Champs)."""

MANY = 5e-5
"""The share of people in France from which a surname of the world is known there as one."""

VERY_COMMON = 5.0
"""The Zipf frequency from which a word is rather itself than a second given name (Mai, Pierre)."""

ENGLISH = 5.0
"""The Zipf frequency in English from which a rare given name is rather the English word."""

RARELY = 4e-6
"""The share of people up to which a form of a verb is hardly their surname (Chante, Fleurit)."""

_OF = frozenset(["de", "des", "du", "d'", "d’"])
_AFTER_INVITING = frozenset("aussi également plus ici le la les l' l’ notre nos sur".split())
_INVITING = frozenset(
    """voir lire suivre écouter découvrir retrouver partager regarder télécharger visionner
    imprimer cliquer""".split()
)
_ARTICLES = frozenset(["le", "la", "l'", "l’"])
_SINGULAR = frozenset([*_ARTICLES, "du", "au"])
_TITLES = frozenset(
    """m m. mm mme mlle mr mrs ms dr lord sir lady miss saint sainte san santa""".split()
)


def guesses(passage: Passage) -> Iterator[Guess]:
    """Everything in the passage that has one of the shapes, whatever its score."""
    tokens, names = passage.tokens, Names.load()
    for i, token in enumerate(tokens):
        if token.kind != "word" or not token.text[0].isupper():
            continue
        found = _korean(tokens, i)
        if found is not None:
            yield found
            continue
        yield from _given_translated(passage, i)
        yield from torn(passage, i, _is_given)
        if not _is_given(token.text):
            yield from _after_stranger(passage, i)
            continue
        before = tokens[i - 1] if i else None
        if before is not None and joined(passage, before, token):
            name = names.given(before.text) or not is_common(before.text)
            capital = before.text[0].isupper() and name
            if capital and (i < 2 or tokens[i - 2].low not in DETERMINERS):
                continue  # a middle or last name: "Laura Leigh"
            if before.low.rstrip(".") in _TITLES:
                if i + 1 < len(tokens) and joined(passage, token, tokens[i + 1]):
                    yield from _capital_after(passage, i)  # Dr Iola Fleurs
                continue
        last = i + 1 >= len(tokens) or not joined(passage, token, tokens[i + 1])
        after = None if last else tokens[i + 1]
        if after is not None and after.text[0].isupper() and after.kind == "word":
            yield from _capital_after(passage, i)
            continue
        if not names.mostly_surname(token.text):
            yield from _noun_before(passage, i)
        if after is not None:
            yield from _noun_after(passage, i)


def _is_given(word: str) -> bool:
    """Whether the word is a given name and nothing else in French or English."""
    names = Names.load()
    if len(word) < 3 or not names.given(word) or names.is_thing(word):
        return False
    usual_abroad = names.shares(word).us_given >= USUAL / 3
    if Lexicon.load().english_zipf(word.lower()) >= ENGLISH and not usual_abroad:
        return False  # Add, Sky
    if word in names.exonyms and not usual_abroad:
        return False
    if is_common(word) and not (usual_abroad and is_hardly_a_word(word)):
        return False
    usual = any(
        plain(french)[:3] != plain(word)[:3] and p > 0.2
        for french, p in Dictionary.load().french(word)
    )
    return _borne(word) or not usual


@lru_cache(maxsize=16384)
def _borne(word: str) -> bool:
    """Whether it is rather a given name than a surname, or a given name of many."""
    names = Names.load()
    shares = names.shares(word)
    rare = max(shares.us_surname, shares.fr_surname) <= USUAL / 3
    return names.christened(word) or shares.us_given >= RARE or (rare and names.given(word))


def _is_stranger(word: str) -> bool:
    """Whether no list and no dictionary has the word: a given name that we lack, perhaps."""
    lexicon = Lexicon.load()
    return (
        len(word) > 3
        and word[1:].islower()
        and word.isalpha()
        and not Names.load().flags(word)
        and not lexicon.readings(word.lower())
        and lexicon.english_zipf(word.lower()) < BOTH
    )


def _capital_after(passage: Passage, i: int) -> Iterator[Guess]:
    """Larry Oiseau; Takeshi Le fils"""
    tokens, token, after = passage.tokens, passage.tokens[i], passage.tokens[i + 1]
    names = Names.load()
    if after.text in ("Le", "La", "Les", "L'", "L’", "De", "Du") and i + 2 < len(tokens):
        noun = tokens[i + 2]
        if noun.text in ("la", "l'", "l’") and after.text == "De" and i + 3 < len(tokens):
            noun = tokens[i + 3]  # Samantha De l'ouest
        if has_noun(noun.text):
            found, span = with_itself(noun.text), Span(token.start, noun.end)
            if noun.text.islower():
                if _is_heading(tokens, i + 2):
                    return
                score = weight(noun.text, found)
                yield guess(span, "name-capital-article", token.text, noun.text, score, found)
            elif at_home(token.text) < 0.5 and noun.text[1:].islower():
                score = weight(noun.text)
                yield guess(span, "name-article-capital", token.text, noun.text, score)
        return
    third = tokens[i + 2] if i + 2 < len(tokens) else None
    if (
        third is not None
        and third.kind == "word"
        and third.text[0].isupper()
        and joined(passage, after, third)
    ):
        return  # a longer name: a title of a work, a company
    word = after.text
    if not word[0].isupper() or after.kind != "word":
        return
    if len(word) < 3 or word[1:] != word[1:].lower() or "c" in names.flags(word):
        return
    readings = Lexicon.load().readings(word.lower())
    if not readings or _is_heading(tokens, i + 1):
        return
    if any(plain(origin.surname) == plain(word) for origin in origins(word)):
        return  # nothing but an accent: "Tasha Sévère"
    borne = names.shares(word).fr_surname >= MANY and "s" in names.flags(word)
    if borne and not names.shares(token.text).us_given:
        return  # "Deolinda Marques": both are at home in a third country
    span, home = Span(token.start, after.end), "-home" if at_home(token.text) >= 0.5 else ""
    listed, frequent = bool(names.flags(word)), Lexicon.load().zipf(word.lower())
    # names count in the frequency of a form ("Touré"), hardly in that of its lemma
    usual = max(Lexicon.load().zipf(reading.lemma) for reading in readings) - 3.0
    english = Lexicon.load().english_zipf(word.lower())
    verbal = not any(r.category in "NA" or is_bookish(r) or is_polite(r) for r in readings)
    if verbal and max(names.shares(word)) <= RARELY and names.surname(word) < 2:
        score = log_odds(token.text, word) if origins(word) else usual
        yield guess(span, "capital-verb", token.text, word, score)
        return
    first = max(names.shares(word)[::2])
    second = first >= RARE and (frequent < VERY_COMMON or first >= 10 * USUAL)
    if second or not _borne(token.text) or (listed and is_function_word(word)):
        return  # "Anna Rose", "Jon Bon"
    if origins(word):
        kind = home if listed else f"-unlisted{home}"
        if english > frequent and not listed:
            return  # "Texas Rangers", "Roosevelt Drive"
        odds = log_odds(token.text, word)
        if odds >= (LEAST if at_home(token.text) < SHARED else LEAST_SHARED):
            yield guess(span, f"capital{kind}", token.text, word, odds)
    elif not listed and english <= frequent - 0.5 and len(word) > 3 and usual >= 1.0:
        yield guess(span, f"capital-unlisted{home}", token.text, word, usual)


def _after_stranger(passage: Passage, i: int) -> Iterator[Guess]:
    """Condoleezza Riz: a given name that no list has, before a common noun of many bearers."""
    tokens, token = passage.tokens, passage.tokens[i]
    if i + 1 >= len(tokens) or not joined(passage, token, tokens[i + 1]):
        return
    after, before = tokens[i + 1], tokens[i - 1].text if i else ""
    word, rest = after.text, tokens[i + 2 : i + 3]
    name = before[:1].isupper() and not is_function_word(before)
    if not _is_stranger(token.text) or before.lower() in DETERMINERS or name:
        return
    if after.kind != "word" or not word[0].isupper() or not word[1:].islower() or len(word) < 3:
        return
    if rest and rest[0].text[0].isupper() and joined(passage, after, rest[0]):
        return
    shares = Names.load().shares(word)
    known = max(shares) > RARELY or Names.load().given(word) or _is_heading(tokens, i + 1)
    if known or not is_only_noun(word) or not origins(word):
        return
    if Names.load().surname(origins(word)[0].surname) == 2:
        odds = log_odds(token.text, word)
        yield guess(Span(token.start, after.end), "stranger", token.text, word, odds)


def _is_heading(tokens: list[Token], i: int) -> bool:
    """Whether more than a surname starts here.

    A heading that ran into the line before ("Saïd Liste des membres", "Awa Lire aussi"), or an
    epithet ("Richard Cœur de Lion").
    """
    rest = [token.text for token in tokens[i + 1 : i + 3]]
    if tokens[i].text.islower() and rest and rest[0][0].isupper():
        return True  # "Aglaé Le projet Euphrosyne"
    if tokens[i].low in _INVITING and rest and rest[0].lower() in _AFTER_INVITING:
        return True
    if len(rest) < 2 or rest[0] not in _OF:
        return False
    place = set(Names.load().flags(rest[1])) & {"c", "t"}
    return rest[1].islower() or (has_noun(rest[1]) and not place)


def _noun_before(passage: Passage, i: int) -> Iterator[Guess]:
    """le fils Takeshi"""
    tokens, token = passage.tokens, passage.tokens[i]
    if i < 2:
        return
    noun, determiner = tokens[i - 1], tokens[i - 2]
    if noun.kind != "word" or determiner.low not in _SINGULAR:
        return
    if not noun.text.islower() or not joined(passage, noun, token):
        return
    if noun.text not in APPOSED and is_noun(noun.text):
        shape = "article-noun" if is_only_noun(noun.text) else "article-word"
        span = Span(determiner.start, token.end)
        yield guess(span, shape, token.text, noun.text, weight(noun.text))


def _noun_after(passage: Passage, i: int) -> Iterator[Guess]:
    """Larry oiseau; Takeshi le fils"""
    tokens, token = passage.tokens, passage.tokens[i]
    noun, article = tokens[i + 1], False
    if noun.text in (*_ARTICLES, "les") and i + 2 < len(tokens):
        noun, article = tokens[i + 2], True
    if noun.kind != "word" or not noun.text.islower() or "-" in noun.text:
        return
    if len(noun.text) < 3 or not is_noun(noun.text) or _determined(tokens, i, noun=not article):
        return  # "les données Eurostat mois par mois", "le style Tudor"
    if not article and (noun.text in APPOSED or not is_only_noun(noun.text)):
        return
    follows = tokens[i + 3].text if article and i + 3 < len(tokens) else ""
    if article and is_time(noun.text, follows):
        return  # "à Berlin l'année dernière"
    if not article:
        shape = "name-noun"
    elif is_being(noun.text):
        if not is_only_noun(noun.text) or at_home(token.text) >= 0.5:
            return  # "Erik le rouge", "Denis la malice"
        shape = "name-epithet"  # "Conan le barbare", "Oggy le chat" are good French
    elif noun.text in APPOSED:
        shape = "name-article-apposed"
    else:
        shape = "name-article-verb" if has_verb(noun.text) else "name-article"  # "Tom le fait"
    found, span = with_itself(noun.text) if article else None, Span(token.start, noun.end)
    yield guess(span, shape, token.text, noun.text, weight(noun.text, found), found)


def _given_translated(passage: Passage, i: int) -> Iterator[Guess]:
    """Falaise Gray: the given name was translated, the surname was not."""
    tokens, token = passage.tokens, passage.tokens[i]
    names = Names.load()
    if i == 0 or i + 1 >= len(tokens) or not joined(passage, token, tokens[i + 1]):
        return
    last, before = tokens[i + 1].text, tokens[i - 1]
    if names.surname(last) != 2 or names.given(token.text) or _is_word(last):
        return
    if before.text[0].isupper() or not (before.text[0].isalpha() or before.text == ","):
        return  # a sentence starts here, or a title of several words
    low = token.low
    if low in APPOSED or low in _INVITING or names.shares(token.text).fr_surname > 1e-4:
        return
    if not is_noun(low) and not has_verb(low) and not is_infinitive(low):
        return
    found = first_origins(token.text)
    if found:
        share = sum(origin.weight for origin in found)
        yield Guess(
            Span(token.start, tokens[i + 1].end), "given", math.log10(share / LISTED), token.text,
            tuple(f"{origin.surname} {last}" for origin in found),
        )  # fmt: skip


def _is_word(last: str) -> bool:
    """Whether it is a French word rather than the surname of many (Gates)."""
    return is_common(last) and Names.load().shares(last).us_surname < USUAL / 3


def product_guesses(passage: Passage) -> Iterator[Guess]:
    """A product under a common noun's name, and the company that makes it: a hive of Apache's.

    The score is how rare the word is in French prose: people speak of a company's teams and notes,
    hardly of its hives. Words above COMMON are left alone.
    """
    products, tokens = Names.load().products, passage.tokens
    for i, token in enumerate(tokens):
        if i + 2 >= len(tokens) or i == 0 or token.text not in products:
            continue
        determiner, link, owner = tokens[i - 1], tokens[i + 1], tokens[i + 2]
        if determiner.low not in _SINGULAR or link.text not in ("de", "d'", "d’"):
            continue
        if Lexicon.load().zipf(token.text) > COMMON:
            continue
        found = [p for p in products[token.text] if p.owner == owner.text]
        if found:
            rest = passage.text[token.end : owner.end]
            yield Guess(
                Span(determiner.start, owner.end), "product",
                4.0 - Lexicon.load().zipf(token.text), token.text,
                tuple(dict.fromkeys(p.name + rest for p in found)),
            )  # fmt: skip


def _korean(tokens: list[Token], i: int) -> Guess | None:
    """Jae-dans la lune: a given name of two syllables, the second of them translated."""
    token = tokens[i]
    first, dash, second = token.text.partition("-")
    if not dash or first.lower() not in KOREAN or not second.islower():
        return None
    if second in KOREAN or not Lexicon.load().readings(second):
        return None
    back = [
        english for english, p in Dictionary.load().english(second) if english in KOREAN and p > 0.1
    ]
    if not back:
        return None
    given, rest = f"{first}-{back[0]}", tokens[i + 1 : i + 3]
    if len(rest) == 2 and rest[0].text in _ARTICLES and is_noun(rest[1].text):
        span, word = Span(token.start, rest[1].end), rest[1].text
        found = tuple(f"{given} {origin.surname}" for origin in origins(word))
        if found:
            return Guess(span, "korean", 3.0, f"{second} {rest[0].text} {word}", found)
    return Guess(Span(token.start, token.end), "korean", 3.0, second, (given,))


def _determined(tokens: list[Token], i: int, *, noun: bool) -> bool:
    """Whether a determiner or, if asked, a noun leads to the name: "le X", "la méthode X"."""
    if not i:
        return False
    before = tokens[i - 1].low
    return before in DETERMINERS or (noun and tokens[i - 1].text.islower() and is_only_noun(before))
