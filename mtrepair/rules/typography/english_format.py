"""A sum, a number, a date, an hour or a title as English writes it.

Why: engines translate the words and copy the format: "$40 milliards" is neither language's, and
"Mme." has a full stop that French never sets after an abbreviation with the word's last letter.

Examples:
    - Le film a rapporté [[$54 millions]] en un an.
    + Le film a rapporté 54 millions de dollars en un an.
    - L'entrée coûte [[$1,250.50]] par personne.
    + L'entrée coûte 1 250,50 $ par personne.
    - Il doit [[£30.000]] à sa banque.
    + Il doit 30 000 £ à sa banque.
    - L'accord, dit [[Mme.]] Arroyo, est signé.
    + L'accord, dit Mme Arroyo, est signé.
    - Les pertes atteignent [[300 000 millions]] de dollars.
    + Les pertes atteignent 300 milliards de dollars.
    - La ville compte [[5,143,312]] habitants.
    + La ville compte 5 143 312 habitants.
    - Le texte est du [[24 octobre, 2000]].
    + Le texte est du 24 octobre 2000.
    - La réunion commence à [[3:30 p.m.]] et dure.
    + La réunion commence à 15 h 30 et dure.
    - Selon [[Sen.]] Lugar, le vote est proche.
    + Selon le sénateur Lugar, le vote est proche.
    - Les ventes ont baissé de [[4.5]] % en mai.
    + Les ventes ont baissé de 4,5 % en mai.
    - L'usine supprime [[1,200]] emplois.
    + L'usine supprime 1 200 emplois.
    - Inscrite le [[July 7, 2008]], elle vaut [[$640M]].
    + Inscrite le 7 juillet 2008, elle vaut 640 millions de dollars.
    - Un homme de [[34-ans]] est mort.
    + Un homme de 34 ans est mort.
    - [[Amazon's]] nouvelle usine ouvre demain.
    - Il a marqué à la [[78th]] minute.
    + Il a marqué à la 78e minute.
    = Le McDonald's local et le magasin Levi's, chez Sotheby's lundi.
    = La version 4.5 pèse 1,200 kilogrammes, soit 2,125 fois plus.
    = Le mardi 24 octobre, 2000 personnes étaient là ; le billet coûte 20 $ ou 5 €.
    = Bonjour Mme. Je voudrais un rendez-vous.
    = Le motif $1 prend le premier groupe, $2 le second.
    = Les scores sont 1,250 et 3,125 ; le cours est de 12,345 $.

Fix safety: the stop after "Mme" goes, no word changes; numbers and titles are written anew, so that
fix is applied only when asked for.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Abréviations",
"Nombres", "Monnaies", "Heure"; Office québécois de la langue française, Banque de dépannage
linguistique, "million et milliard". It fires 54 times in 347,000 words of a weak engine's news
(mt/train/news_systems) and never in 944,000 words of people's French (clean/dev).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.languages.fr.typography import NBSP
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="english-format",
    group="typography",
    severity=Severity.MINOR,
    summary="a sum, a number, a date or a title as English writes it",
    priority=Priority.CALQUE,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_COUNTED = (
    "ans|mois|jours|semaines|heures|minutes|secondes|mètres|kilomètres|pieds|pouces|pages|étages"
    "|places|portes|points|membres|millions?|milliards?"
)
_MEASURED = frozenset(
    """mètres kilomètres centimètres millimètres grammes kilogrammes milligrammes litres millilitres
    tonnes heures minutes secondes degrés fois hectares pouces pieds miles volts watts points kilos
    newtons pascals bars euros dollars livres francs unités""".split()
)
"""Behind these "1,200" may have three decimals."""
_SHOPS = frozenset(
    """McDonald Levi Wendy Denny Domino Macy Kellogg Sotheby Christie Moody Lloyd Hershey Reese
    Jerry Harry Carl John Sainsbury Daniel Victoria King Queen Guy Ladbroke Bloomingdale
    Dunkin Hellmann Kiehl Lay Chili Zaxby Culver Arby Hardee Applebee Wrigley Lowe Kohl Boscov
    Barclay Johnson Claire Hallow Alzheimer Parkinson""".split()
)
"""Names that end in "'s" themselves."""
_CURRENCIES = {"$": ("dollars", "$"), "€": ("euros", "€"), "£": ("livres", "£")}
_TITLES = {
    "Ms": "Mme", "Mrs": "Mme", "Sen": "sénateur", "Rep": "représentant", "Gov": "gouverneur",
    "Sgt": "sergent", "Rev": "révérend",
}  # fmt: skip
_SPACE = rf"[ {NBSP}\u202f]"


def _sum(match: re.Match[str]) -> str:
    words, sign = _CURRENCIES[match["sign"]]
    number = _number(match["number"])
    if match["many"]:
        join = "d'" if words[0] == "e" else "de "
        return f"{number} {match['many']} {join}{words}"
    return f"{number} {sign}"


def _number(text: str) -> str:
    """An English number in French: "1,250.50" is "1 250,50"."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text):  # "£30.000", as a part of Europe has it
        return text.replace(".", NBSP)
    whole, dot, rest = text.partition(".")
    if not dot and re.fullmatch(r"\d{1,3},\d{1,2}", text):  # is French already
        return text
    return whole.replace(",", NBSP) + (f",{rest}" if dot else "")


def _billions(match: re.Match[str]) -> str:
    whole, tenth = match["thousands"], match["hundreds"]
    number = whole if tenth == "0" else f"{whole},{tenth}"
    return f"{number} milliard{'' if int(whole) < 2 else 's'}"


def _hour(match: re.Match[str]) -> str | None:
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return f"{hour} h" + (f" {match['minute']}" if match["minute"] not in (None, "00") else "")


def _title(match: re.Match[str]) -> str:
    word = _TITLES[match["title"]]
    before = match.string[: match.start()].rstrip().rpartition(" ")[2].lower()
    return word if word == "Mme" or before in ("le", "du", "au", "ce", "un") else f"le {word}"


_ENGLISH_MONTHS = {
    "January": "janvier", "February": "février", "March": "mars", "April": "avril", "May": "mai",
    "June": "juin", "July": "juillet", "August": "août", "September": "septembre",
    "October": "octobre", "November": "novembre", "December": "décembre",
}  # fmt: skip
_SHORTS = {
    "M": "million", "m": "million", "mn": "million", "million": "million", "bn": "milliard",
    "B": "milliard", "b": "milliard", "billion": "milliard", "T": "billion",
    "trillion": "billion",
}  # fmt: skip


def _date(match: re.Match[str]) -> str | None:
    """ "July 7, 2008" is "7 juillet 2008"."""
    day = int(match["day"])
    if not 1 <= day <= 31:
        return None
    year = f" {match['year']}" if match["year"] else ""
    return f"{'1er' if day == 1 else day} {_ENGLISH_MONTHS[match['month']]}{year}"


def _short(match: re.Match[str]) -> str:
    """ "$640M" is "640 millions de dollars"."""
    words = _CURRENCIES[match["sign"]][0]
    number = match["number"].replace(".", ",")
    if match["short"] in "Kk":
        return f"{number} 000 {words}" if "," not in number else f"{number} mille {words}"
    plural = "" if float(number.replace(",", ".")) < 2 else "s"
    join = "d'" if words[0] == "e" else "de "
    return f"{number} {_SHORTS[match['short']]}{plural} {join}{words}"


_FORMATS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (
        "French sets the currency after the sum",
        re.compile(
            rf"(?<![^\s(«“\"{NBSP}])(?P<sign>[$€£]){_SPACE}?(?P<number>\d{{1,3}}(?:,\d{{3}})+"
            rf"(?:\.\d+)?|\d{{1,3}}(?:\.\d{{3}})+|\d+(?:[.,]\d+)?)(?:{_SPACE}(?P<many>millions?|milliards?))?"
            r"(?![\w/]|[.,]\d|\s\d{3})"
        ),
        _sum,
    ),
    (
        "French sets no full stop after a title that ends in the word's last letter",
        re.compile(rf"\b(?P<title>Mmes?|Mlles?)\.(?={_SPACE}(?P<next>[^\W\d_]['’]?[^\W\d_]+))"),
        lambda match: match["title"],
    ),
    (
        "French sets no full stop there, and a space before the name",
        re.compile(r"\b(?P<title>Dr|Pr|Mme|Mlle)\.(?=[A-ZÀ-Ý][a-zß-ÿ]{2,})"),
        lambda match: match["title"] + NBSP,
    ),
    (
        "an English title",
        re.compile(rf"\b(?P<title>{'|'.join(_TITLES)})\.(?={_SPACE}[A-ZÀ-Ý][^\W\d_]+)"),
        _title,
    ),
    (
        "a thousand million is a milliard",
        re.compile(
            rf"(?<![\d.,])(?<!\d{_SPACE})(?P<thousands>\d{{1,3}}){_SPACE}?(?P<hundreds>\d)00"
            rf"{_SPACE}millions\b"
        ),
        _billions,
    ),
    (
        "French sets a space between the thousands",
        re.compile(
            r"(?<![\w.,/$€£-])\d{1,3}(?:,\d{3}(?:,\d{3})+(?:\.\d+)?|,\d{3}\.\d+)(?![\w,.]*\d)"
        ),
        lambda match: _number(match[0]),
    ),
    (
        "French sets a space between the thousands",
        re.compile(
            rf"(?<![\w.,/$€£-])(?<!\d{_SPACE})[1-9]\d{{0,2}},\d{{3}}(?={_SPACE}"
            r"(?P<counted>[^\W\d_]{4,})(?!\w))"
        ),
        lambda match: match[0].replace(",", NBSP),
    ),
    (
        "French sets a space between the thousands",
        re.compile(
            rf"(?<![\w.,/$€£-])(?<!\d{_SPACE})[1-9]\d{{0,2}},000(?={_SPACE}"
            r"(?:mètres|kilomètres|tonnes|litres|hectares|euros|dollars|livres|degrés|volts|watts)\b)"
        ),
        lambda match: match[0].replace(",", NBSP),
    ),
    (
        "French sets a space between the thousands",
        re.compile(
            r"(?:(?<=\bplus de )|(?<=\bprès de )|(?<=\bmoins de ))[1-9]\d{0,2},\d{3}"
            rf"(?={_SPACE}(?:kilomètres|mètres|tonnes|litres|hectares)\b)"
        ),
        lambda match: match[0].replace(",", NBSP),
    ),
    (
        "French writes hours and minutes with “h”",
        re.compile(rf"(?<![\w.,:/-])(?P<hours>\d{{1,2}}):(?P<rest>[0-5]\d){_SPACE}heures?\b"),
        lambda match: f"{match['hours']}{NBSP}h{NBSP}{match['rest']}",
    ),
    (
        "French sets a comma before the decimals",
        re.compile(
            rf"(?<![\w.,/$€£-])(?<!\d{_SPACE})\d{{1,3}}\.\d{{1,2}}"
            rf"(?={_SPACE}?%|{_SPACE}(?:millions?|milliards?|pour cent|kilomètres?|mètres?"
            r"|dollars?|euros?|degrés?|kilos?|litres?|tonnes?|hectares?|pouces|secondes|minutes|heures"
            r"|(?:kilo|milli)?grammes?|(?:centi|milli)mètres?|fois|points?)\b)"
        ),
        lambda match: match[0].replace(".", ","),
    ),
    (
        "French sets no hyphen between a number and what it counts",
        re.compile(rf"(?<![\w.,/-])\d{{1,4}}-(?:{_COUNTED})(?![\w-])"),
        lambda match: match[0].replace("-", NBSP),
    ),
    (
        "an English date",
        re.compile(
            r"(?<=[a-zà-ÿ] )(?P<month>January|February|March|April|June|July|August|September"
            r"|October|November|December) (?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
            r"(?P<year>)(?=[.;:!?)]|$| [a-zà-ÿ]|, (?!(?:19|20)\d\d))"
        ),
        lambda match: f"le {_date(match)}",
    ),
    (
        "an English decade",
        re.compile(r"\b(?P<decade>(?:18|19|20)\d0)['’]s\b"),
        lambda match: f"années {match['decade']}",
    ),
    (
        "an English unit",
        re.compile(rf"(?<=\d)(?P<space>{_SPACE}?)kmh\b"),
        lambda match: f"{match['space'] or NBSP}km/h",
    ),
    (
        "an English ordinal",
        re.compile(r"(?<![\w.,/-])(?P<rank>\d{1,3})(?:st|nd|rd|th)\b(?! [A-Z])(?!-)"),
        lambda match: "1er" if match["rank"] == "1" else f"{match['rank']}e",
    ),
    (
        "an English possessive",
        re.compile(rf"\b(?P<owner>[A-Z][^\W\d_]+)['’]s(?={_SPACE}(?P<owned>[^\W\d_]{{3,}})\b)"),
        lambda match: None,  # noqa: ARG005 - the words change places
    ),
    (
        "French sets no comma before the year",
        re.compile(
            rf"\b(?P<day>\d{{1,2}}|1er) (?P<month>{_MONTHS}), (?P<year>(?:19|20)\d\d)\b"
            r"(?! [^\W\d_])"
        ),
        lambda match: f"{match['day']} {match['month']} {match['year']}",
    ),
    (
        "French sets the day before the month",
        re.compile(
            rf"(?<!\d )\b(?P<month>{_MONTHS}) (?P<day>\d{{1,2}}), (?P<year>(?:19|20)\d\d)\b"
        ),
        lambda match: f"{match['day']} {match['month'].lower()} {match['year']}",
    ),
    (
        "an English date",
        re.compile(
            rf"(?<=\b(?:le|du|au|en|ce|Le|Du|Au|En) )(?P<month>{'|'.join(_ENGLISH_MONTHS)}) "
            r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
            r"(?:,? (?P<year>(?:19|20)\d\d))?(?![\w:-])"
        ),
        _date,
    ),
    (
        "an English date",
        re.compile(
            r"(?<=\b(?:le|du|au|en|ce|Le|Du|Au|En) )(?P<day>\d{1,2})(?:st|nd|rd|th)? "
            rf"(?P<month>{'|'.join(_ENGLISH_MONTHS)})"
            r"(?:,? (?P<year>(?:19|20)\d\d))?(?![\w:-])"
        ),
        _date,
    ),
    (
        "a sum as English abridges it",
        re.compile(
            r"(?<![^\s(«“\"\u00a0])(?P<sign>[$€£])(?P<number>\d+(?:[.,]\d+)?)"
            rf"{_SPACE}?(?P<short>M|m|bn|B|b|mn|K|k|T|million|billion|trillion)(?![\w/])"
        ),
        _short,
    ),
    (
        "a number with two kinds of dots",
        re.compile(r"(?<![\w.,/$€£-])\d{1,3}\.\d{3}\.\d{1,2}(?![\w.,/-])"),
        lambda match: None,  # noqa: ARG005 - what was meant is not known
    ),
    (
        "French writes a year without a mark",
        re.compile(r"(?<=\b[Ee]n )(?:1[.,][6-9]\d\d|2[.,]0[0-4]\d)(?=[,;)]|\.(?:\s|$))"),
        lambda match: match[0].replace(".", "").replace(",", ""),
    ),
    (
        "French counts the hours to 24",
        re.compile(
            rf"(?<![\w.,:/-])(?<!\d )(?P<hour>\d{{1,2}})(?:[:.h](?P<minute>\d\d))?{_SPACE}?"
            r"(?P<half>[apAP])(?:\.m\.|[mM](?![\w.]*\w))"
        ),
        _hour,
    ),
)
"""What is written in English, and how French writes it (None: no fix is known)."""
_WORDED = tuple(f for f in _FORMATS if r"\d" not in f[1].pattern.replace(r"[^\W\d_]", ""))
"""Those that hold no number."""
_DIGIT = re.compile(r"\d")


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Every format that French does not have."""
    del context
    for says, pattern, made in _FORMATS if _DIGIT.search(passage.text) else _WORDED:
        for match in pattern.finditer(passage.text):
            groups = match.groupdict()
            if "next" in groups and _opens(groups["next"]):
                continue
            if "owned" in groups and not _owned(groups["owner"], groups["owned"]):
                continue
            if "counted" in groups and not _things(groups["counted"]):
                continue
            if groups.get("sign") == "$" and _variable(match):
                continue
            better = made(match)
            yield passage.finding(
                RULE.name,
                Span(*match.span()),
                f"“{match[0]}”: {says}" + (f"; “{better}”" if better else ""),
                severity=RULE.severity,
                evidence={"better": better, "safe": "next" in groups},
            )


def _opens(word: str) -> bool:
    """Whether a word after "Mme." opens a sentence and names nobody: "Bonjour Mme. Je …"."""
    return word.islower() or Lexicon.load().zipf(word) >= 5.5


def _owned(owner: str, word: str) -> bool:
    """Whether a French word behind "Amazon's" is what belongs to it, not the verb or a place."""
    lexicon = Lexicon.load()
    return (
        owner not in _SHOPS
        and word.islower()
        and grammar.categories(word) <= {"N", "A"}
        and lexicon.zipf(word) > max(3.0, lexicon.english_zipf(word) + 0.5)
    )


def _things(word: str) -> bool:
    """Whether a word is the plural of something that comes in wholes only: "1,200 emplois"."""
    slots = grammar.slots(word, "N") or frozenset()
    return word not in _MEASURED and bool(slots) and slots <= {"mp", "fp"}


def _variable(match: re.Match[str]) -> bool:
    """Whether "$1" may be a variable of a program."""
    return len(match["number"]) == 1 and not match["many"]


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The same as French writes it."""
    del passage, context
    better = finding.evidence["better"]
    if isinstance(better, str):
        yield Proposal(
            finding=finding,
            edits=(Edit(span=finding.span, text=better),),
            applicability=(
                Applicability.SAFE if finding.evidence["safe"] else Applicability.SUGGESTED
            ),
            origin="rule",
        )
