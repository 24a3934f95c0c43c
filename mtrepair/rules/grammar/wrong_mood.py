"""An indicative where French has the subjunctive.

Why: English has no form of its own after "although", "so that", "it must be that"; engines that
translate clause by clause keep the indicative.

Examples:
    - Bien qu'il [[est]] malade, il travaille.
    + Bien qu'il soit malade, il travaille.
    - Il faut que nous [[partons]] demain.
    + Il faut que nous partions demain.
    - Elle le dit afin que tout le monde [[sait]] quoi faire.
    + Elle le dit afin que tout le monde sache quoi faire.
    - Il est possible que le train [[a]] du retard.
    + Il est possible que le train ait du retard.
    - Il est important que nous [[sommes]] prudents.
    + Il est important que nous soyons prudents.
    - Dommage aussi que le prix [[est]] si élevé.
    + Dommage aussi que le prix soit si élevé.
    - Si j'[[aurais]] su, je serais venu.
    + Si j'avais su, je serais venu.
    - Ils veulent que tu [[viens]] demain.
    + Ils veulent que tu viennes demain.
    = Le film sort avant que tout ne soit dit, pour que le fait soit connu.
    = On sait bien que le train est en retard.
    = Il y a si bien que tout est prêt.
    = Il faut que ceux qui sont là partent.
    = Bien que peu connu, il est aimé.
    = Il faut que tu saches que le train est en retard.
    = Il est probable que le train est parti.

Source: Grevisse & Goosse, Le bon usage, § 1126, 1133, 1150 (subjonctif).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules.grammar import conjugated
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="wrong-mood",
    group="grammar",
    severity=Severity.MAJOR,
    summary="an indicative after “bien que”, a conditional after “si”",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_QUE = frozenset(("que", "qu'"))
_BEFORE_QUE = frozenset("afin pour avant sans pourvu".split())
_PHRASES = (
    ("à", "condition"), ("à", "moins"), ("de", "peur"), ("de", "crainte"), ("jusqu'", "à", "ce"),
)  # fmt: skip
_MUST = frozenset("faut fallait faudra faudrait".split())
_IS = frozenset("est était sera serait semble paraît".split())
_ADJECTIVES = frozenset(
    """important nécessaire possible impossible essentiel indispensable préférable souhaitable
    dommage temps normal rare logique regrettable étonnant crucial primordial impératif inévitable
    urgent utile inutile bon""".split()
)
_WILLED = frozenset(
    """vouloir souhaiter exiger préférer douter craindre redouter attendre regretter déplorer
    désirer demander proposer accepter refuser interdire""".split()
)
_PRONOUNS = {
    "je": "1s", "j'": "1s", "tu": "2s", "il": "3s", "elle": "3s", "on": "3s", "nous": "1p",
    "vous": "2p", "ils": "3p", "elles": "3p", "cela": "3s", "ça": "3s",
}  # fmt: skip
_AUXILIARIES = frozenset("est a ont sont était avait peut doit va".split())
"""Verbs with a second reading that nobody means behind a subject."""
_LATER = frozenset("seulement simplement vraiment aussi également juste toujours".split())
"""What may stand between such a word and its "que"."""
_LONGEST = 6
"""Words of a subject between "que" and its verb."""
_STOPS = frozenset(
    """qui que qu' dont où si et ou ni mais car comme quand lorsque lequel laquelle lesquels
    lesquelles auquel""".split()
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """The first verb behind such a "que", where it can be no subjunctive."""
    del context
    for at, code in _conditional(passage):
        token = passage.tokens[at]
        yield passage.finding(
            RULE.name,
            Span(token.start, token.end),
            f"“{token.text}” is a conditional, and “si” wants the imperfect",
            severity=RULE.severity,
            evidence={"codes": ["I" + code[1:]]},
        )
    if passage.vocabulary.isdisjoint(_QUE):
        return
    tokens = passage.tokens
    low = [token.low for token in tokens]
    for at, word in enumerate(low):
        if word not in _QUE or not _wants(low, tokens, at):
            continue
        verb = _verb(tokens, low, at)
        if verb is None:
            continue
        person = _PRONOUNS.get(low[at + 1])
        token = tokens[verb]
        introduced = " ".join(low[max(0, at - 1) : at]) + " que"
        yield passage.finding(
            RULE.name,
            Span(token.start, token.end),
            f"“{token.text}” is no subjunctive, and “{introduced}” wants one",
            severity=RULE.severity,
            evidence={
                "codes": sorted("S" + p for p in ([person] if person else _indicative(token.low)))
            },
        )


_EXPECTING = frozenset(("attendre", "veiller", "opposer"))
_REFLEXIVE = frozenset("vous nous me te se".split())


def _conditional(passage: Passage) -> Iterator[tuple[int, str]]:
    """ "Si j'aurais su": the verbs in the conditional behind a "si" that opens a sentence."""
    tokens = passage.tokens
    low = [token.low for token in tokens]
    for at, word in enumerate(low):
        if word not in ("si", "s'") or tokens[at].start not in passage.openings:
            continue
        here = at + 1
        end = min(len(low), at + 1 + _LONGEST)
        while here < end and not grammar.persons(low[here]) and low[here] not in _STOPS:
            here += 1
        if here >= end or low[here] in _STOPS or tokens[here].text != low[here]:
            continue
        codes = {
            code
            for reading in Lexicon.load().readings(low[here])
            for code in (reading.features if reading.category == "V" else ("",))
        }
        only = bool(codes) and all(code.startswith("C") for code in codes)
        if only and "," in low[here : here + 20]:
            yield here, sorted(codes)[0]


def _wants(low: Sequence[str], tokens: Sequence[Token], que: int) -> bool:
    """Whether what stands before "que" is followed by the subjunctive."""
    if que > 1 and low[que - 1] in _LATER and low[que - 2] not in ("plus", "moins"):
        que -= 1  # "j'attends seulement que", "dommage aussi que"
    before = low[que - 1] if que else ""
    two = low[que - 2] if que > 1 else ""
    if before == "bien":  # "on sait bien que", "si bien que"
        return que == 1 or tokens[que - 2].kind == "punct" or two in ("et", "mais")
    if before in _MUST:
        return two in ("il", "qu'il") and not (que > 2 and low[que - 3] == "comme")
    if before in _BEFORE_QUE:
        return not (before == "pour" and two in ("trop", "assez")) and two not in ("d'", "pas")
    if before == "dommage" and (que == 1 or tokens[que - 2].kind == "punct"):
        return True
    if before in _ADJECTIVES:
        return two in _IS and que > 2 and low[que - 3] in ("il", "c'")
    if any(tuple(low[max(0, que - len(words)) : que]) == words for words in _PHRASES):
        return True
    if before == "ce" and two == "à" and que > 2:
        return not _EXPECTING.isdisjoint(grammar.verb_lemmas(low[que - 3]))
    if before in ("doute", "doutes", "doutez", "doutent", "doutons") and two not in _PRONOUNS:
        return False
    if before.startswith("dout") and que > 2 and low[que - 3] in _REFLEXIVE:
        return False  # "vous vous doutez que"
    return any(
        r.lemma in _WILLED and r.category == "V" and any(c[0] in "PIFCWG" for c in r.features)
        for r in Lexicon.load().readings(before)
    )


def _verb(tokens: Sequence[Token], low: Sequence[str], que: int) -> int | None:
    """The finite verb of the clause behind "que", where it is in the indicative beyond doubt."""
    at = que + 1
    if at >= len(low):
        return None
    if low[at : at + 2] == ["l'", "on"]:
        at += 1
    wanted = _PRONOUNS.get(low[at])
    if wanted is not None:
        at += 1
        while at < len(low) and low[at] in grammar.CLITICS:
            at += 1
    else:
        end = min(len(low), at + _LONGEST)
        while at < end and not _finite(low[at]):
            if tokens[at].kind != "word" or low[at] in _STOPS or _meant(low[at]):
                return None
            at += 1
        if at >= end or at == que + 1:
            return None
    if at >= len(low) or tokens[at].text != low[at]:
        return None
    lexicon = Lexicon.load()
    if low[at] not in _AUXILIARIES and lexicon.english_zipf(low[at]) > lexicon.zipf(low[at]):
        return None  # "la commande git"
    persons = _indicative(low[at], wanted)
    if not persons or (wanted is not None and wanted not in persons):
        return None
    if wanted is None and not persons & {"3s", "3p"}:
        return None
    return at


def _finite(word: str) -> bool:
    """Whether a word is a finite verb and nothing else."""
    if word in _AUXILIARIES:
        return True
    return bool(grammar.persons(word)) and grammar.categories(word) == {"V"}


def _meant(word: str) -> bool:
    """Whether a word is a verb in the subjunctive, and no noun."""
    return _subjunctive(word) and not grammar.categories(word) & {"N", "A", "DET"}


def _subjunctive(word: str) -> bool:
    """Whether a word can be a verb in the subjunctive."""
    return any(
        len(code) == 3 and code[0] in "ST"
        for reading in Lexicon.load().readings(word)
        if reading.category == "V"
        for code in reading.features
    )


def _indicative(word: str, person: str | None = None) -> frozenset[str]:
    """The persons of a finite verb that has no subjunctive reading, in ``person``; else none."""
    codes = {
        code
        for reading in Lexicon.load().readings(word)
        if reading.category == "V"
        for code in reading.features
        if len(code) == 3
    }
    plain = word in _AUXILIARIES or grammar.categories(word) <= {"V", "N"}
    if person is None:
        if not plain or _subjunctive(word):
            return frozenset()
    elif "S" + person in codes or "T" + person in codes:
        return frozenset()  # "sommes" is the subjunctive of "sommer" for "tu" alone
    return frozenset(code[1:] for code in codes if code[0] in "PF")


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The verb in the subjunctive."""
    del context
    yield from conjugated.forms(finding, passage)
