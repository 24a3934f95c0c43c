"""A space where none belongs, or none where one does.

Why: detokenising leaves spaces inside brackets and after apostrophes, and glues sentences.

Examples:
    - Il arrive ([[ ]]enfin).
    + Il arrive (enfin).
    - Voici l'[[ ]]eau.
    + Voici l'eau.
    - Il n'[[ ]]y a rien.
    + Il n'y a rien.
    - Il pleut[[,]]mais il sort.
    + Il pleut, mais il sort.
    - Il pleut[[ ,]]mais il sort[[.]]Elle reste.
    + Il pleut, mais il sort. Elle reste.
    - Il a 3,5[[m]]illions de francs.
    + Il a 3,5 millions de francs.
    - Il a dit : "[[ ]]C'était un gars bizarre."
    + Il a dit : "C'était un gars bizarre."
    - Un rôle "plus important[[ ]]" l'attend.
    + Un rôle "plus important" l'attend.
    - Elle est née [[en]]2014 ; [[environ]]30 % des voix ; un vent de 180 km/[[ ]]h.
    + Elle est née en 2014 ; environ 30 % des voix ; un vent de 180 km/h.
    - Elle ouvrira en 20[[ ]]28 et fêtera son 31[[ ]]e anniversaire.
    + Elle ouvrira en 2028 et fêtera son 31e anniversaire.
    = Le prix est 12,5 et le score 3,2.
    - Une comédie [[!]]Mes voisins rient, et l[[ ]]'eau coule.
    + Une comédie ! Mes voisins rient, et l'eau coule.
    - Au[[ ]]jourd'hui, il pleut.
    + Aujourd'hui, il pleut.
    - M[[.]]Dupont est né le 3[[m]]ars, et 5 [[%]]des élus[[…]]Il rit[[;]]elle dort.
    + M. Dupont est né le 3 mars, et 5 % des élus… Il rit; elle dort.
    = Un achat d' maison.
    = Les années '90 et le f(x) du fichier a,b.
    = Ce projet " Turgot " plaît, et un trou de 12" aussi.
    = - [ ] une case à cocher

Fix safety: a space is added or removed; no word changes.

Source: Lexique des règles typographiques en usage à l'Imprimerie nationale, "Ponctuation".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.typography.lacking import lacking

RULE = RuleInfo(
    name="wrong-space",
    group="typography",
    severity=Severity.MINOR,
    summary="a space inside brackets or quotes or after an apostrophe, or none after a comma",
    priority=Priority.TYPOGRAPHY,
    reach="sentence",
)

# Before a consonant ("d' maison") it is not the space that is wrong.
_VOWEL = "[aàâäeéèêëiîïoôöuùûüyhœæAÀÂÄEÉÈÊËIÎÏOÔÖUÙÛÜYHŒÆ]"
_EXTRA = re.compile(
    r"(?<=\()[ \t\u00a0]+(?=\w)|(?<=\w)[ \t\u00a0]+(?=\)(?:[\s.,;]|$))"
    rf"|(?<=\b[ldjmtnscLDJMTNSC]['’])[ \t]+(?={_VOWEL}[^\W\d_]|[yaàôYAÀÔ]\b)"
    rf"|(?<=\b[Qq]u['’])[ \t]+(?={_VOWEL})|(?<=\b[Jj]usqu['’])[ \t]+(?=[àaeéio])"
)
_BEFORE_COMMA = re.compile(
    r"(?<=[^\W\d_])[ \t\u00a0\u202f]+,(?=[^\W\d_]{2,}\b[^(=_,]|[ldjmtnsc]['’][^\W\d_])"
)
_APOSTROPHE = re.compile(rf"(?<=\b[ldjmtnscLDJMTNSC])[ \t]+(?=['’]{_VOWEL}[^\W\d_]*)")
_AFTER_MARK = re.compile(r"(?<=[^\W\d_])[ \u00a0\u202f]?[!?](?=[A-ZÀ-ÞŒ][a-zß-ÿœ]+[\s,'’])")
_TWO_WORDS = re.compile(
    r"\b[Aa]u jourd['’]hui\b|(?<!dès )(?<!pour )(?<!depuis )\b[Ll]ors qu(?:e\b|['’])"
)
_AFTER_STOP = re.compile(
    r"(?<![\w./])([A-ZÀ-ÞŒ]?[a-zß-ÿœ]{3,}|(?:19|20)\d\d)\.([A-ZÀ-ÞŒ][a-zß-ÿœ]*['’]?)(?![\w.(=_-])"
)
_FIGURE = re.compile(r"[a-zé]\d")
_GLUED_FIGURE = re.compile(
    r"(?<![\w.,/_-])(en|environ|depuis|dès|les|des|plus de|moins de|après|avant|vers|pendant|dans"
    r"|sur|jusqu['’]à|et|à)(?=\d{2,}(?:[ \u00a0\u202f]|[.,;:!?)]|$)(?![.,]\d))"
)
"""A small word and a figure of two digits or more: "en2014", "environ30 %"."""
_YEAR = re.compile(
    r"\b(?:en|depuis|ici à|avant|l'an|d'ici|fin|début) (?:19|20)( )\d\d"
    r"(?=[.,;:)]|$| [a-zà-ÿ]+)(?! (?:heures?|minutes?|ans?|jours?|mois|euros?|pour)\b)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(?<![\w.,/-])(?:\d{1,3}|[IVX]{1,5})( )e(?= [a-zà-ÿ]{3,})")
"""A year in two pieces, and a number parted from the letter that makes it an ordinal."""
_UNIT = re.compile(r"(?<=\bkm/) (?=h\b)|(?<=\bm/) (?=s\b)")
_SPACED_COMMA = re.compile(r"[ \t\u00a0\u202f],\w")
_STOP_LETTER = re.compile(r"\.[A-ZÀ-ÞŒ]")
"""What most texts have nowhere, quicker to look for than the patterns that hold it."""
_GLUED = re.compile(r"\b([^\W\d_]{2,}),([^\W\d_]{2,}|[cdjlmnst](?=['’][^\W\d_])|qu(?=['’]))\b")


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Spaces inside round brackets and after apostrophes; commas glued between two words."""
    text = passage.text
    for match in _EXTRA.finditer(text):
        where = "a bracket" if ")" in text[match.end() : match.end() + 1] else "an apostrophe"
        if text[match.start() - 1] == "(":
            where = "a bracket"
        yield passage.finding(
            RULE.name, Span(*match.span()), f"space at {where}", severity=RULE.severity
        )
    for match in _BEFORE_COMMA.finditer(text) if _SPACED_COMMA.search(text) else ():
        says = "space before a comma and none after it"
        yield passage.finding(RULE.name, Span(*match.span()), says, severity=RULE.severity)
    for lack in lacking(text, context.language):
        yield passage.finding(
            RULE.name,
            lack.span,
            lack.says,
            severity=RULE.severity,
            evidence={"text": lack.text},
        )
    for span in _lopsided(text) if '"' in text else ():
        yield passage.finding(RULE.name, span, "space at a quotation mark", severity=RULE.severity)
    for match in _APOSTROPHE.finditer(text) if "'" in text or "’" in text else ():
        says = "space before an apostrophe"
        yield passage.finding(RULE.name, Span(*match.span()), says, severity=RULE.severity)
    lexicon = context.language.lexicon
    for match in _AFTER_MARK.finditer(text) if "!" in text or "?" in text else ():
        word = re.match(r"[^\W\d_]+", text[match.end() :])
        if word is not None and lexicon.zipf(word[0].lower()) >= 4.5:
            at = match.end() - 1
            says = "no space after a mark"
            yield passage.finding(RULE.name, Span(at, at + 1), says, severity=RULE.severity)
    for match in _GLUED_FIGURE.finditer(text) if _FIGURE.search(text) else ():
        at = match.end(1)
        says = "no space before a figure"
        yield passage.finding(
            RULE.name,
            Span(match.start(), at),
            says,
            severity=RULE.severity,
            evidence={"text": f"{match[1]} "},
        )
    for pattern, says in ((_YEAR, "space inside a year"), (_ORDINAL, "space in an ordinal")):
        for match in pattern.finditer(text):
            yield passage.finding(RULE.name, Span(*match.span(1)), says, severity=RULE.severity)
    for match in _UNIT.finditer(text):
        says = "space in a unit"
        yield passage.finding(RULE.name, Span(*match.span()), says, severity=RULE.severity)
    for match in _TWO_WORDS.finditer(text):
        at = match.start() + match[0].index(" ")
        says = "one word in two pieces"
        yield passage.finding(RULE.name, Span(at, at + 1), says, severity=Severity.MAJOR)
    for match in _AFTER_STOP.finditer(text) if _STOP_LETTER.search(text) else ():
        known = (match[1].isdigit() or lexicon.zipf(match[1].lower()) >= 3.5) and (
            len(match[2]) > 1 or match[2] in "ÀYOA"
        )
        if not known or lexicon.zipf(match[2].lower().rstrip("'’")) < 4.5:
            continue
        at = match.end(1)
        yield passage.finding(
            RULE.name, Span(at, at + 1), "no space after a full stop", severity=RULE.severity
        )
    for match in _GLUED.finditer(text):
        # Both sides words of the language: "a,b", "foo,bar" and lists of codes are none.
        elided = text[match.end() : match.end() + 1] in ("'", "’")
        if lexicon.zipf(match[1]) < 3 or (not elided and lexicon.zipf(match[2]) < 3):
            continue
        if text[match.end() : match.end() + 1] in (",", "(", "_", "="):
            continue
        at = match.end(1)
        yield passage.finding(
            RULE.name, Span(at, at + 1), "no space after a comma", severity=RULE.severity
        )


_OPENS = re.compile(r"(?:^|[\s(\[«'’])$")
_CLOSES = re.compile(r"[\s.,;:!?)\]»]|$")


def _lopsided(text: str) -> Iterator[Span]:
    """The space inside of one straight quotation mark where the other of the pair has none.

    Two spaces are a custom ('" Turgot "'); one is left over from detokenising.
    """
    marks = [match.start() for match in re.finditer('"', text)]
    if len(marks) % 2:
        return
    for start, end in zip(marks[::2], marks[1::2], strict=True):
        inner = text[start + 1 : end]
        left, right = inner[:1] in _SPACES, inner[-1:] in _SPACES
        if left == right or "\n" in inner or not any(map(str.isalpha, inner)):
            continue
        if _OPENS.search(text[max(0, start - 1) : start]) and _CLOSES.match(text, end + 1):
            width = len(inner) - len(inner.lstrip() if left else inner.rstrip())
            at = start + 1 if left else end - width
            yield Span(at, at + width)


_SPACES = (" ", "\u00a0", "\u202f")


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """Without the space; or with one after the mark, or before the unit."""
    del context
    span, found = finding.span, finding.span.of(passage.text)
    if "text" in finding.evidence:
        edit = Edit(span=span, text=str(finding.evidence["text"]))
    elif found in (",", ".", "!", "?"):
        edit = Edit(span=Span(span.end, span.end), text=" ")
    else:
        edit = Edit(span=span, text=", " if found.endswith(",") else "")
    yield Proposal(
        finding=finding,
        edits=(edit,),
        applicability=Applicability.SAFE,
        origin="rule",
    )
