"""“a” for “à”, and the other way round.

Why: one accent is the whole difference, and neither engine nor speller sees a non-word.

Examples:
    - C'est grâce [[a]] son aide que nous partons.
    + C'est grâce à son aide que nous partons.
    - Il [[à]] mangé une pomme.
    + Il a mangé une pomme.
    - Le conseil [[à]] approuvé le projet.
    + Le conseil a approuvé le projet.
    - Le maire de Lyon [[à]] promis que tout ira bien ; le conseil [[à]] décidé de voter.
    + Le maire de Lyon a promis que tout ira bien ; le conseil a décidé de voter.
    = Quant à lui, il a été à Paris.
    = Elle a grâce et charme ; face A, face à face.
    = Ce qu'il y a à faire, il l'a fait.

Source: Grevisse & Goosse, Le bon usage, § 104 (accents qui distinguent des homonymes).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mtrepair.core import Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.languages.base import Token
from mtrepair.languages.fr import grammar
from mtrepair.rules.agreement import opening
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="unaccented-a",
    group="grammar",
    severity=Severity.MAJOR,
    summary="“a” for “à”, or “à” for “a”",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
)

_BEFORE_A = frozenset(
    "grâce quant jusqu' face suite conformément contrairement relatif relative relatifs".split()
)
_AFTER = frozenset("la l' un une son sa ses ce cet cette ces leur leurs nos vos votre lui".split())
_SUBJECTS = frozenset("il elle on qui".split())


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """ "a" between words that only "à" joins, and "à" between a subject and a participle."""
    del context
    text, tokens = passage.text, passage.tokens
    for at in range(1, len(tokens) - 1):
        word = tokens[at].text
        if word not in ("a", "à"):
            continue
        left, right = tokens[at - 1], tokens[at + 1]
        before = left.low
        if not grammar.adjacent(text, left, tokens[at]):
            continue
        if word == "a":
            after = right.text.replace("’", "'")
            earlier = tokens[at - 2].low if at > 1 else ""
            wrong = before in _BEFORE_A and after in _AFTER
            if before in ("face", "suite", "grâce") and earlier in grammar.DETERMINERS:
                wrong = False  # "la suite a un sens"
        else:
            # "celui qui à vu": only a participle follows, and no preposition is before "elle".
            earlier = tokens[at - 2].low if at > 1 else ""
            wrong = (
                _noun_before(passage, at)
                or _done(tokens, at)
                or (
                    before in _SUBJECTS
                    and earlier not in grammar.PREPOSITIONS
                    and earlier not in ("à", "que", "qu'")
                    and right.text not in ("peine",)
                    and grammar.verb_forms(right.text) == {"K"}
                )
            )
        if wrong:
            yield passage.finding(
                RULE.name,
                Span(tokens[at].start, tokens[at].end),
                f"“{word}” for “{'à' if word == 'a' else 'a'}”",
                severity=RULE.severity,
            )


_BEHIND = frozenset("que qu' de d' le la les l' un une des son sa ses leur en dans par".split())


def _done(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands behind "à" can only be a participle: "le maire à promis que"."""
    left, done, after = tokens[at - 1], tokens[at + 1], tokens[at + 2 : at + 3]
    slots = grammar.slots(done.low, "K")
    if slots is None or "ms" not in slots or done.text != done.low or not after:
        return False
    if left.kind != "word" or grammar.persons(left.low) or left.low in grammar.PREPOSITIONS:
        return False
    if after[0].low in ("que", "qu'"):
        return grammar.categories(done.low) <= {"A", "N", "V"} and done.low not in _NO_PARTICIPLES
    only = grammar.categories(done.low) <= {"A", "V"} and done.low.endswith("é")
    return only and after[0].low in _BEHIND


_NO_PARTICIPLES = frozenset("tel autant fait condition".split())


def _noun_before(passage: Passage, at: int) -> bool:
    """Whether a noun phrase that opens a clause, and a participle, stand around "à"."""
    tokens = passage.tokens
    done = tokens[at + 1]
    if grammar.slots(done.low, "K") is None or not done.low.endswith(("é", "i", "u")):
        return False
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    if after is None or after.low not in grammar.DETERMINERS:
        return False
    subject = opening.subject_before(passage, at)
    return subject is not None and all(slot[1] == "s" for slot in subject.slots)


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The other of the two."""
    del context
    text = "à" if finding.span.of(passage.text) == "a" else "a"
    yield Proposal(
        finding=finding,
        edits=(Edit(span=finding.span, text=text),),
        applicability=Applicability.SUGGESTED,
        origin="rule",
    )
