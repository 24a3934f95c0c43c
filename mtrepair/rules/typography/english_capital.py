"""A day, a month, a language or an adjective of nationality with the capital that English gives it.

Why: English writes “on Monday, the European leaders”; engines carry the capital over.

Examples:
    - Le conseil se réunit [[Lundi]] prochain à Lyon.
    + Le conseil se réunit lundi prochain à Lyon.
    - Il est né le 3 [[Septembre]] 1990 à Lille.
    + Il est né le 3 septembre 1990 à Lille.
    - Les marchés [[Européens]] ont baissé hier.
    + Les marchés européens ont baissé hier.
    = La place du 11 Novembre et la rue du 4 Septembre, un Vendredi saint.
    = L'Union Européenne et l'océan Indien ; les jeunes Européens et un Français.
    = Robinson et Vendredi voient Mars et Avril Lavigne.

Fix safety: the word stays the same, in lower case.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Dates" and "Peuples";
Grevisse & Goosse, Le bon usage, § 98-99 (majuscule).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="english-capital",
    group="typography",
    severity=Severity.MINOR,
    summary="a day, month or nationality with an English capital",
    priority=Priority.CALQUE,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_DAYS = frozenset("lundi mardi mercredi jeudi vendredi samedi dimanche".split())
_HOLY = frozenset("saint noir gras rouge des de".split())
_MONTHS = frozenset(
    """janvier février mars avril mai juin juillet août septembre octobre novembre
    décembre""".split()
)
_NAMED = frozenset(
    "place rue avenue boulevard quai square pont stade station mouvement fête affaire".split()
)
"""Before these a date is a name: "place du 11 Novembre"."""
_GEOGRAPHY = frozenset(
    """océan mer golfe mont monts cap île îles péninsule plateau bassin alpes détroit baie hôtel
    café théâtre musée lycée collège club journal parti banque école institut restaurant cercle
    collection édition éditions groupe agence société""".split()
)
_PEOPLES = frozenset(
    """français anglais allemand américain européen britannique chinois japonais italien espagnol
    portugais russe indien canadien australien belge suisse néerlandais hollandais danois suédois
    norvégien finlandais polonais tchèque slovaque hongrois roumain bulgare grec turc israélien
    palestinien libanais syrien irakien iranien égyptien marocain algérien tunisien libyen soudanais
    éthiopien kényan nigérian ghanéen sénégalais malien ivoirien camerounais congolais africain
    asiatique brésilien argentin chilien péruvien colombien vénézuélien mexicain cubain coréen
    vietnamien thaïlandais indonésien malaisien philippin pakistanais afghan ukrainien biélorusse
    géorgien arménien serbe croate slovène bosniaque albanais autrichien irlandais écossais gallois
    islandais letton lituanien estonien québécois néo-zélandais saoudien yéménite jordanien
    koweïtien qatari émirati singapourien taïwanais birman cambodgien népalais amazonien caribéen
    méditerranéen occidental parisien londonien new-yorkais californien texan berlinois arabe
    musulman chrétien juif catholique protestant bouddhiste islamique""".split()
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Words with a capital between words that have none."""
    del context
    tokens = passage.tokens
    starts = {span.start for span in passage.sentences}
    for at in range(1, len(tokens)):
        token = tokens[at]
        if not token.text.istitle() or token.start in starts or token.kind != "word":
            continue
        low = token.low
        if low in _DAYS:
            wrong = _day(passage, at)
        elif low in _MONTHS:
            wrong = _month(passage, at)
        else:
            wrong = _nationality(passage, at)
        if wrong:
            yield passage.finding(
                RULE.name,
                Span(token.start, token.end),
                f"French writes “{low}” without a capital",
                severity=RULE.severity,
            )


def _plain(token: Token) -> bool:
    """Whether a token is a word in lower case."""
    return token.kind == "word" and token.text == token.text.lower()


def _follows(passage: Passage, at: int) -> bool:
    """Whether the word at ``at`` stands close behind a word in lower case, and before none else."""
    tokens = passage.tokens
    if not _plain(tokens[at - 1]) or not grammar.adjacent(passage.text, tokens[at - 1], tokens[at]):
        return False
    if passage.text[tokens[at].end : tokens[at].end + 1] in ("-", "'", "’", "_", "/"):
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is None or after.kind != "word" or _plain(after)


def _day(passage: Passage, at: int) -> bool:
    tokens = passage.tokens
    if not _follows(passage, at):
        return False
    before = tokens[at - 1].text
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    # "Vendredi saint", "Robinson et Vendredi"
    return before not in ("et", "de", "à", "que") and after not in _HOLY


def _month(passage: Passage, at: int) -> bool:
    """After a day of the month that is no name, and before a year; or after "en", "de", "fin"."""
    tokens = passage.tokens
    day, after = tokens[at - 1], tokens[at + 1] if at + 1 < len(tokens) else None
    year = after is not None and after.kind == "number" and len(after.text) == 4
    if not grammar.adjacent(passage.text, day, tokens[at]):
        return False
    if day.kind == "number" or day.text == "1er":
        named = any(token.low in _NAMED for token in tokens[max(0, at - 5) : at])
        return year and not named
    return (
        day.text in ("en", "fin", "début")
        and tokens[at].text not in ("Mars", "Mai")
        and _follows(passage, at)
    )


def _nationality(passage: Passage, at: int) -> bool:
    """An adjective of nationality behind a noun in lower case that it agrees with."""
    tokens = passage.tokens
    if not _follows(passage, at):
        return False
    noun, low = tokens[at - 1], tokens[at].low
    if noun.text in _GEOGRAPHY or not grammar.categories(noun.text) <= {"N", "A", "V"}:
        return False
    if not grammar.PRENOMINAL.isdisjoint(grammar.lemmas(noun.text, "A")):
        return False  # "les jeunes Français"
    found, wanted = grammar.slots(noun.text, "N"), grammar.slots(low, "A")
    if not found or not wanted or not found & wanted:
        return False
    return any(lemma in _PEOPLES for lemma in grammar.lemmas(low, "A"))


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The word in lower case."""
    del context
    yield Proposal(
        finding=finding,
        edits=(Edit(span=finding.span, text=finding.span.of(passage.text).lower()),),
        applicability=Applicability.SUGGESTED,
        origin="rule",
    )
