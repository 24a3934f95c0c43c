"""Numbers, dates, units and currencies in English and in French, as values that can be compared.

A quantity has a value and, where it is said, a unit; "1,234.5", "1 234,5" and "1234.5" are one value, so
are "two", "2" and "deux", "3 p.m." and "15 h", "the 19th century" and "le XIXe siècle",
"1.5 million" and "1 500 000".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mtrepair.core import Span
from mtrepair.rules.lazy import lazy


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text.

    Attributes:
        values: what it may be: "1.234" is 1.234 or 1234.
        span: the digits or the word.
        digits: whether it is written in digits.
        unit: the unit or currency beside it, as the key of a family; empty if none.
    """

    values: frozenset[float]
    span: Span
    digits: bool
    unit: str = ""


_ENGLISH_WORDS = dict(zip(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty"
    " ninety".split(),
    [*range(21), 30, 40, 50, 60, 70, 80, 90], strict=True,
))  # fmt: skip
_ENGLISH_WORDS |= {
    "once": 1, "twice": 2, "double": 2, "both": 2, "pair": 2, "couple": 2, "dozen": 12, "half": 0.5,
    "hundred": 100, "thousand": 1000, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4,
    "first": 1, "second": 2, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "single": 1, "noon": 12, "midnight": 0,
}  # fmt: skip
_FRENCH_WORDS = dict(zip(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
    " dix-sept dix-huit dix-neuf vingt trente quarante cinquante soixante soixante-dix"
    " quatre-vingts quatre-vingt-dix".split(),
    [*range(21), 30, 40, 50, 60, 70, 80, 90], strict=True,
))  # fmt: skip
_FRENCH_WORDS |= {
    "une": 1, "premier": 1, "première": 1, "seconde": 2, "second": 2, "deuxième": 2, "troisième": 3,
    "quatrième": 4, "cinquième": 5, "sixième": 6, "septième": 7, "huitième": 8, "neuvième": 9,
    "dixième": 10, "tiers": 3, "quart": 4, "quarts": 4, "moitié": 0.5, "demi": 0.5, "demie": 0.5,
    "cent": 100, "cents": 100, "mille": 1000, "douzaine": 12, "dizaine": 10, "vingtaine": 20,
    "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100,
    "millier": 1000, "midi": 12, "minuit": 0, "quatre-vingt": 80, "quinzaine": 15, "double": 2,
    "vingt-et-un": 21, "unième": 1, "onzième": 11, "douzième": 12, "vingtième": 20,
}  # fmt: skip
for _ten, _name in (
    (20, "vingt"),
    (30, "trente"),
    (40, "quarante"),
    (50, "cinquante"),
    (60, "soixante"),
    (80, "quatre-vingt"),
):
    for _one, _word in enumerate("un deux trois quatre cinq six sept huit neuf".split(), 1):
        _FRENCH_WORDS[f"{_name}-{_word}"] = _ten + _one
for _ten, _name in ((60, "soixante"), (80, "quatre-vingt")):
    for _one, _word in enumerate(
        "onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split(), 11
    ):
        _FRENCH_WORDS[f"{_name}-{_word}"] = _ten + _one
for _ten, _name in (
    (20, "twenty"),
    (30, "thirty"),
    (40, "forty"),
    (50, "fifty"),
    (60, "sixty"),
    (70, "seventy"),
    (80, "eighty"),
    (90, "ninety"),
):
    for _one, _word in enumerate("one two three four five six seven eight nine".split(), 1):
        _ENGLISH_WORDS[f"{_name}-{_word}"] = _ten + _one

_SCALES = {
    "thousand": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9, "billions": 1e9, "trillion": 1e12,
    "mille": 1e3, "milliers": 1e3, "milliard": 1e9, "milliards": 1e9, "m": 1e6, "bn": 1e9, "k": 1e3,
    "mrd": 1e9, "md": 1e9, "mds": 1e9, "billiard": 1e15, "trillions": 1e12, "hundred": 1e2,
}  # fmt: skip
_FRENCH_SCALES = _SCALES | {"billion": 1e12, "billions": 1e12}

_MONTHS = (
    ("january", "jan", "janvier", "janv"), ("february", "feb", "février", "févr"),
    ("march", "mar", "mars"), ("april", "apr", "avril", "avr"), ("may", "mai"),
    ("june", "jun", "juin"), ("july", "jul", "juillet", "juil"), ("august", "aug", "août", "aout"),
    ("september", "sept", "septembre", "sep"), ("october", "oct", "octobre"),
    ("november", "nov", "novembre"), ("december", "dec", "décembre", "déc"),
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
"""Months of both languages, in lower case, to their numbers."""

_UNITS: dict[str, str] = {}
for _family, _names in {
    "mile": "mile miles mille milles mi",
    "kilometre": "km kilometre kilometres kilometer kilometers kilomètre kilomètres",
    "metre": "metre metres meter meters mètre mètres", "foot": "foot feet ft pied pieds",
    "inch": "inch inches pouce pouces po", "yard": "yard yards yd yds verge verges",
    "centimetre": "cm centimetre centimetres centimeter centimeters centimètre centimètres",
    "millimetre": "mm millimetre millimetres millimeter millimeters millimètre millimètres",
    "pound": "pound pounds lb lbs livre livres £ gbp sterling",
    "kilogram": "kg kilo kilos kilogram kilograms kilogramme kilogrammes",
    "gram": "gram grams gramme grammes",
    "milligram": "mg milligram milligrams milligramme milligrammes",
    "ounce": "oz ounce ounces once onces", "ton": "ton tons tonne tonnes",
    "litre": "litre litres liter liters", "gallon": "gallon gallons", "acre": "acre acres",
    "hectare": "ha hectare hectares", "mile per hour": "mph", "kilometre per hour": "kmh",
    "percent": "% percent pourcent", "dollar": "$ dollar dollars usd us$",
    "euro": "€ euro euros eur",
    "yen": "¥ yen yens", "degree": "° degree degrees degré degrés",
    "second": "second seconds seconde secondes", "minute": "minute minutes min",
    "hour": "hour hours heure heures", "day": "day days jour jours journée journées",
    "week": "week weeks semaine semaines", "month": "month months mois",
    "year": "year years an ans année années", "century": "century centuries siècle siècles",
}.items():  # fmt: skip
    for _unit in _names.split():
        _UNITS[_unit] = _family
CURRENCIES = frozenset(("dollar", "euro", "pound", "yen"))
"""Families of units that are money ("pound" is a weight too)."""

_DIGITS = lazy(
    r"(?<![\w.,])(?<![A-Za-z]-)(?P<before>[$€£¥]\s?)?"
    r"(?P<number>\d{1,3}(?:[,.\u00a0\u202f\u2009 '’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,:h]\d+)?|[.,]\d+)"
    r"(?P<ordinal>st|nd|rd|th|er|re|e|ème|es|s)?(?!\d|[A-Za-z]\w*\d)"
    r"(?P<after>[\s\u00a0\u202f-]?(?:%|°|[$€£¥]|[^\W\d_]+))?"
    r"(?:[\s\u00a0\u202f-](?:de[\s\u00a0])?(?P<next>(?:d['’])?[^\W\d_]+))?"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ROMAN = re.compile(r"\b([IVXL]+)(?:e|er|ème|th)?\b")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}


def _values(written: str) -> frozenset[float]:
    """What digits may mean, whichever language wrote them.

    >>> sorted(_values("1,234"))
    [1.234, 1234.0]
    """
    plain = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", written)
    if ":" in plain or "h" in plain:
        hours, _, minutes = re.sub("h", ":", plain).partition(":")
        return frozenset({float(hours) + float(minutes or 0) / 100, float(hours)})
    found: set[float] = set()
    for thousands, point in ((",", "."), (".", ",")):
        text = plain.replace(thousands, "").replace(point, ".")
        if text.count(".") <= 1:
            try:
                found.add(float(text))
            except ValueError:
                continue
    return frozenset(found)


def _scaled(values: frozenset[float], factor: float) -> frozenset[float]:
    return values | {round(value * factor, 6) for value in values}


@lru_cache(maxsize=512)
def numbers(text: str, language: str) -> tuple[Number, ...]:
    """The numbers of a text in ``en`` or ``fr``, from left to right."""
    words = _ENGLISH_WORDS if language == "en" else _FRENCH_WORDS
    scales = _SCALES if language == "en" else _FRENCH_SCALES
    found: list[Number] = []
    taken: list[Span] = []
    for match in _DIGITS().finditer(text):
        values = _values(match["number"])
        if not values:
            continue
        unit = _UNITS.get((match["before"] or "").strip(), "")
        after = (match["after"] or "").strip(" \u00a0\u202f-").lower()
        beyond = (match["next"] or "").lower()
        beyond = beyond.removeprefix("d'").removeprefix("d’")
        if after in scales:
            values = _scaled(values, scales[after])
            unit = unit or _UNITS.get(beyond, "")
        elif after in ("p", "pm", "am", "a"):
            values |= {(value + 12) for value in values if value < 12}
        else:
            unit = unit or _UNITS.get(after, "")
            if after == "km" and text[match.end("after") :][:2] == "/h":
                unit = "kilometre per hour"
            if after == "h":
                unit = "hour"
            if language == "fr" and after == "pour" and beyond == "cent":
                unit = "percent"
            if language == "en" and after == "per" and beyond == "cent":
                unit = "percent"
        span = Span(match.start("number"), match.end("number"))
        taken.append(span)
        found.append(Number(values, span, True, unit))
    for match in _WORD.finditer(text):
        low = match[0].lower()
        value = words.get(low)
        if value is None and low in MONTHS and (match[0][0].isupper() or language == "fr"):
            value = MONTHS[low]
        if value is not None:
            following = _WORD.search(text, match.end())
            after = (
                following[0].lower() if following and following.start() - match.end() < 3 else ""
            )
            values = frozenset({float(value)})
            if after in scales and len(after) > 2:
                values = _scaled(values, scales[after])
            found.append(Number(values, Span(*match.span()), False, _UNITS.get(after, "")))
    found += [
        Number(frozenset({_roman(match[1])}), Span(*match.span()), False)
        for match in _ROMAN.finditer(text)
        if len(match[1]) > 1 or match[0] != match[1]
    ]
    return tuple(sorted(found, key=lambda n: (n.span.start, n.span.end)))


def _roman(text: str) -> float:
    values = [_ROMAN_VALUES[c] for c in text]
    total = 0
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return float(total)


def same(left: Number, right: Number) -> bool:
    """Whether two numbers may be the same."""
    for a in left.values:
        for b in right.values:
            if abs(a - b) <= 1e-6 * max(abs(a), abs(b), 1e-9):
                return True
            long, short = max(a, b), min(a, b)  # "1973-74", "the 70s": a year without its century
            if 1000 < long < 2100 and 9 < short < 100 and long % 100 == short:
                return True
    return False
