"""An English turn of phrase in French words, or a false friend.

Why: word by word, "it makes sense" becomes "cela fait sens" and "eventually" "éventuellement"; each
word is French, the phrase is not, or says something else. Editors change these first.

Examples:
    - Cette décision [[fait du sens]] pour l'équipe.
    + Cette décision a du sens pour l'équipe.
    - Nous devons [[adresser ce problème]] rapidement.
    + Nous devons traiter ce problème rapidement.
    - Le plan est revu [[sur une base quotidienne]].
    + Le plan est revu quotidiennement.
    = Le sens de la phrase fait débat.
    = Elle adresse une lettre au problème le plus célèbre des sciences.
    = Il est basé à Lyon.

Fix safety: French has one usual way to say most of these, and the inflection is kept, but the turn
may be wanted, or quoted; the fix is applied only when asked for.

Source: calques.tsv names the authority of each line: the Office québécois de la langue française
(Banque de dépannage linguistique, Grand Dictionnaire terminologique), the Académie française (Dire,
ne pas dire), the Wiktionnaire's usage notes, FranceTerme, Termium's Clefs du français pratique;
“machine translation” where no authority treats the phrase, which an engine writes word for word.
The words are our own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages import Token
from mtrepair.languages.fr.grammar import elides
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.calques.patterns import Index, Pattern, fill, join
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words.surroundings import Surroundings

RULE = RuleInfo(
    name="calque",
    group="calques",
    severity=Severity.MINOR,
    summary="an English turn of phrase in French words",
    priority=Priority.CALQUE,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    threshold=0.5,
)

DATA = Path(__file__).with_name("calques.tsv")
CONFIDENCE = {"sure": 0.8, "unsure": 0.4}
"""``unsure`` lines are good French in some contexts (scripts/measure-calques counts where they fire
in clean text) and are shown only to reviewers."""
LEVELS = {"": Severity.MINOR, "false-friend": Severity.MAJOR}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of calques.tsv.

    Attributes:
        replacements: templates, the usual one first; empty where only advice is given.
        kind: empty for a calque, ``false-friend`` where the meaning changes.
    """

    written: str
    pattern: Pattern
    replacements: tuple[str, ...]
    english: str
    kind: str
    sure: str
    advice: str
    authority: str


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """The lines of calques.tsv."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(
            Entry(
                written=row["pattern"],
                pattern=Pattern.parse(row["pattern"]),
                replacements=tuple(filter(None, row["replacement"].split("; "))),
                english=row["english"],
                kind=row["kind"],
                sure=row["sure"],
                advice=row["advice"],
                authority=row["authority"],
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


@lru_cache(maxsize=1)
def _index() -> Index:
    return Index([entry.pattern for entry in entries()])


def _matches(passage: Passage) -> Iterator[tuple[Entry, list[range], Span]]:
    """The longest match at each place."""
    tokens = passage.tokens
    found: list[tuple[int, int, int, list[range]]] = []
    for number, taken in _index().search(tokens, passage.text):
        used = [place for part in taken for place in part]
        start, end = tokens[min(used)].start, tokens[max(used)].end
        found.append((end - start, -start, number, taken))
    found.sort(key=lambda item: item[:2], reverse=True)
    done: list[Span] = []
    for length, minus, number, taken in found:
        span = Span(-minus, length - minus)
        if not any(span.overlap(other) for other in done):
            done.append(span)
            yield entries()[number], taken, span


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Every phrase that a line of the table describes."""
    del context
    around: Surroundings | None = None
    for entry, taken, span in _matches(passage):
        around = around or Surroundings(passage)
        first = next(t for t in passage.tokens if t.start == span.start)
        if around.in_quotes(first) or passage.touches_object(span):
            continue
        offered = _offered(entry, taken, passage.tokens, passage.text)
        says = f"; French says “{offered[0]}”" if offered else ""
        if entry.advice:
            says += f" ({entry.advice})" if offered else f"; {entry.advice}"
        name = "false friend" if entry.kind else "calque"
        yield passage.finding(
            RULE.name,
            span,
            f"{name} of “{entry.english}”{says}",
            severity=LEVELS[entry.kind],
            confidence=CONFIDENCE[entry.sure],
            evidence={
                "entry": entry.written,
                "authority": entry.authority,
                "replacements": list(offered),
            },
        )


def _offered(
    entry: Entry, taken: Sequence[range], tokens: Sequence[Token], text: str
) -> tuple[str, ...]:
    filled = (fill(r, entry.pattern, taken, tokens, text) for r in entry.replacements)
    last = tokens[max(place for part in taken for place in part)]
    if last.text[-1] in "'’":
        return tuple(_elided(made, last.text[-1]) for made in filled if made)
    return tuple(made for made in filled if made)


def _elided(made: str, apostrophe: str) -> str:
    """A replacement that stands before a vowel, where the phrase ended in an elided word."""
    if made[-1] in "'’":
        return made
    word = made.rpartition(" ")[2]
    if word in ("de", "que", "le", "la", "ne", "se"):
        return made[:-1] + apostrophe
    return made + " "


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """What French says, with the inflection of the phrase."""
    del context
    offered = finding.evidence.get("replacements")
    if not isinstance(offered, list):
        return
    for rank, text in enumerate(offered):
        clear = not rank and len(offered) == 1
        span = _wide(finding.span, str(text), passage.text)
        span, text = _joined(span, str(text), passage.text)
        yield Proposal(
            finding=finding,
            edits=(Edit(span=span, text=text),),
            applicability=Applicability.SUGGESTED if clear else Applicability.DISPLAY,
            origin="lexicon",
            score=1.0 - rank / 10,
        )


def _wide(span: Span, text: str, passage: str) -> Span:
    """The span without the space that would be left over after "l'"."""
    if text.endswith(("'", "’")) and passage[span.end : span.end + 1] == " ":
        return Span(span.start, span.end + 1)
    return span


_ELIDED = re.compile(r"\b((?:(?:de|à) )?l|d|qu)['’]$", re.IGNORECASE)
_BEFORE_VOWEL = re.compile(r"\b([mts])on $", re.IGNORECASE)
_WHOLE = re.compile(r"\b(le|la|de|que|du|au|sa) $", re.IGNORECASE)


def _joined(span: Span, text: str, passage: str) -> tuple[Span, str]:
    """The edit with the article before it, where the new first word elides and the old did not.

    "l'officier en chef des opérations" becomes "le directeur des opérations", and "la boîte de
    scrutin" becomes "l'urne"; "son offre pour la mairie", "sa candidature à la mairie".
    """
    before = passage[max(0, span.start - 6) : span.start]
    if re.match(r"les? ", text) and (match := re.search(r"\b(de|à) $", before, re.IGNORECASE)):
        return Span(span.start - len(match[0]), span.end), join(match[0] + text)
    found = re.match(r"\w+", text)
    old = re.match(r"\w+", passage[span.start : span.end])
    if found is None or old is None or elides(found[0]) == elides(old[0]):
        return span, text
    if not elides(found[0]):
        match = _ELIDED.search(before) or _BEFORE_VOWEL.search(before)
        if match is None:
            return span, text
        word = match[1]
        genders = {
            feature[:1]
            for reading in Lexicon.load().readings(found[0])
            if reading.category in ("N", "A")
            for feature in reading.features
        }
        if word[-1] in "lLmMtTsS":
            if not genders or (word[-1] not in "lL" and genders != {"f"}):
                return span, text
            whole = word + ("a" if genders == {"f"} else "e")
        else:
            whole = word + "e"
    else:
        match = _WHOLE.search(before)
        if match is None:
            return span, text
        whole = {"du": "de le", "au": "à le", "sa": "son"}.get(match[1].lower(), match[1])
        if match[1][0].isupper():
            whole = whole[0].upper() + whole[1:]
    return Span(span.start - len(match[0]), span.end), join(f"{whole} {text}")
