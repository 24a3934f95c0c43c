"""What a language pack gives to rules that know no language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from mtrepair.core import Span


class Token(NamedTuple):
    """A word, number or mark in a text.

    ``kind`` is ``word``, ``number``, ``punct`` or ``object`` (untouchable text). Elided words
    stand alone with their apostrophe (``l'`` + ``eau``). Positions are code points. ``low`` is the
    text in lower case with a straight apostrophe, as lists and tables have it.
    """

    start: int
    end: int
    text: str
    kind: str
    low: str


class Lexicon(Protocol):
    """Which words there are and how frequent they are."""

    def __contains__(self, form: str, /) -> bool:
        """Whether a form is a word of the language, as it is written or in lower case."""

    def zipf(self, word: str) -> float:
        """log10 of occurrences per 10^9 words of the language, 0.0 for unknown; case apart."""

    def frequent(self, words: Iterable[str], least: float) -> Iterator[tuple[str, float]]:
        """Those of many words, in lower case, whose :meth:`zipf` is ``least`` or more, with it."""

    def english_zipf(self, word: str) -> float:
        """The same in English."""

    def lemmas(self, form: str) -> frozenset[str]:
        """The words that a form may be a form of; empty where the lexicon has no inflections."""

    def moods(self, form: str) -> frozenset[str]:
        """What tenses, moods or participles a form may be of a verb, as the lexicon codes them.

        An adjective is as a participle is. Empty where the lexicon has no inflections.
        """

    def translations(self, english: str) -> tuple[str, ...]:
        """What an English word means, the likeliest first; empty without a dictionary."""

    def article(self, form: str) -> str:
        """The kind of determiner that a form is, named by one of them; empty if it is none."""

    def means(self, form: str) -> bool:
        """Whether a form may be a noun, adjective, verb or adverb of more than three letters.

        False where the lexicon has no parts of speech.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """What the rules about repetitions ask of a language; all words in lower case.

    Attributes:
        doubling: what is known of a word said twice: ``never`` (no right sentence has it twice in
            a row without a mark between), ``natural`` (some have) or ``cry`` (laughter, calls and
            babble, said as often as one likes).
        whole: elided words and what they stand for (``qu'``: ``que``).
        letters: words of one letter that count as words.
        links: words that join like to like ("et", "ou").
        also: the link that may stand before each of a row ("et … et").
        pairing: words that pair a word with itself ("peu à peu").
        of_all: words that make a chain of genitives of one ("du père du père").
        clitics: pronouns and auxiliaries that lean on a verb.
        infinitives: endings of infinitives, which may be coordinated with themselves.
        subjects: relative and personal pronouns that wait for a verb.
        waiting: words that open a phrase: a text does not end with them.
        bound: words that the noun or the clause behind them belongs to: no phrase ends there.
        units: phrases that may stand twice in a row.
        is_finite: whether a word can be a verb in the third person singular.
        inverted: endings of a verb with its pronoun behind it ("-t-il").
    """

    doubling: Mapping[str, str]
    links: frozenset[str]
    also: str
    pairing: frozenset[str]
    of_all: frozenset[str]
    clitics: frozenset[str]
    infinitives: tuple[str, ...]
    subjects: frozenset[str]
    waiting: frozenset[str]
    bound: frozenset[str]
    is_finite: Callable[[str], bool]
    inverted: tuple[str, ...] = ()
    letters: str = ""
    units: frozenset[tuple[str, ...]] = frozenset()
    whole: Mapping[str, str] = field(default_factory=dict)


def read_doubling(path: Path) -> dict[str, str]:
    """The words of a ``doubling.tsv`` (word, kind, reason) and their kinds."""
    found: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            word, kind, _reason = line.split("\t")
            found[word] = kind
    return found


class Language(Protocol):
    """A language, as its folder exports it under the name ``LANGUAGE``."""

    def __hash__(self) -> int:
        """There is one object of a language, so caches may go by it."""

    @property
    def code(self) -> str:
        """The ISO 639-1 code."""

    @property
    def region(self) -> str:
        """The country whose customs the user has asked for (``CA`` of ``fr-CA``), or empty."""

    @property
    def rules(self) -> tuple[str, ...]:
        """The modules below :mod:`mtrepair.rules` that know the language, or have no need to.

        Empty for all that the groups list.
        """

    @property
    def aligns(self) -> bool:
        """Whether :mod:`mtrepair.align` can lay an original beside a text of the language."""

    @property
    def letters(self) -> str:
        """The alphabet in lower case, with accented letters."""

    @property
    def lexicon(self) -> Lexicon:
        """Its words."""

    @property
    def repetition(self) -> Repetition:
        """What it says twice, and where a repetition can be cut."""

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a segment, from left to right."""

    def sentences(self, text: str) -> list[Span]:
        """The sentences of a segment, without the white space around them."""
