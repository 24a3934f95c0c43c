"""A phrase written twice in a row.

Why: engines take up a phrase again that they have just written ("on dirait qu'on dirait que"); the
second copy says nothing.

Examples:
    - le plan [[de relance de relance]] est prêt
    + le plan de relance est prêt
    - Or [[on dirait qu'on dirait que]] tout va bien.
    + Or on dirait que tout va bien.
    - La ville change [[et se gonfle et se gonfle]] vite.
    + La ville change et se gonfle vite.
    - Le marché [[se gonfle et se gonfle]] vite.
    + Le marché se gonfle vite.
    - Les heures effectuées [[le dimanche dans et le dimanche dans]] les usines comptent.
    + Les heures effectuées le dimanche dans les usines comptent.
    - L'emploi [[de données qui - de données qui]] ont un type est libre.
    + L'emploi de données qui ont un type est libre.
    - Les prix ont monté [[de 5 % de 5]] % en un an, et elle [[n'a n'a]] rien dit.
    + Les prix ont monté de 5 % en un an, et elle n'a rien dit.
    - Les ventes ont reculé de [[18 % 18]] % en mai.
    + Les ventes ont reculé de 18 % en mai.
    - [[En 2023, en 2023]], les ventes ont doublé.
    + En 2023, les ventes ont doublé.
    - Le procureur [[a salué, a salué]] ce travail.
    + Le procureur a salué ce travail.
    - [[La marge la marge]] brute baisse.
    + La marge brute baisse.
    = Il a des milliards et des milliards, et progresse petit à petit.
    = Une approche un contre un et un contre un repos équilibre les classes.
    = Il l'a vue à la mairie. À la mairie, tout allait bien.
    = Vive la France ! Vive la France !

Fix safety: one whole copy is deleted; the words at the seam are the same as before.

Source: read from 1.1 million words of clean French and from real translations
(scripts/measure-loops).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import OBJECT, Applicability, Edit, Finding, Proposal, Severity, Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.repetition.joining import leave_one_turn
from mtrepair.rules.repetition.periods import Periodic
from mtrepair.rules.repetition.repetition_loop import loops, within
from mtrepair.rules.repetition.wordview import STOPS, WordView, view
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="doubled-phrase",
    group="repetition",
    severity=Severity.MAJOR,
    summary="a phrase written twice in a row",
    priority=Priority.REPETITION,
    threshold=0.5,
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Phrases of two words and more that come twice with nothing, or a comma, between."""
    del context
    words = view(passage)
    last = -1
    found = [(run, sure) for run in words.runs if (sure := _confidence(words, run)) > 0]
    sure_loops = [run for run, sure in loops(words) if sure >= 0.5]
    found += [(run, 0.85) for run in _coordinated(words)]
    for run, sure in sorted(found, key=lambda item: (item[0].start, -item[0].end)):
        if run.start < last or within(sure_loops, run.start, run.end):
            continue
        last = run.end
        yield passage.finding(
            RULE.name,
            Span(words.tokens[run.start][0], words.tokens[run.end - 1][1]),
            f"'{words.slice(run.start, run.start + run.period)}' twice",
            severity=RULE.severity,
            confidence=sure,
            evidence={"start": run.start, "end": run.end, "period": run.period},
        )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The phrase once."""
    del context
    words = view(passage)
    run = Periodic(
        start=int(str(finding.evidence["start"])),
        end=int(str(finding.evidence["end"])),
        period=int(str(finding.evidence["period"])),
    )
    yield Proposal(
        finding=finding,
        edits=(Edit(span=leave_one_turn(words, run), text=""),),
        applicability=Applicability.SAFE if finding.confidence >= 0.7 else Applicability.SUGGESTED,
        origin="rule",
    )


_LONGEST = 12
"""Words of a phrase that is coordinated with itself."""


def _coordinated(words: WordView) -> Iterator[Periodic]:
    """A phrase coordinated with itself that is none by itself.

    A verb with its pronoun ("se gonfle et se gonfle"), or words that still wait for a noun ("à
    partir de et à partir de cet identifiant").
    """
    keys, known = words.keys, words.known
    for at in range(2, len(keys) - 2):
        if keys[at] not in known.links or words.gap(at - 1).strip() or words.gap(at).strip():
            continue
        if keys[at - 1] in known.bound:
            # "un contre un et un contre un repos": one thing against another of its kind is whole
            for size in range(2, min(_LONGEST, at, len(keys) - 1 - at) + 1):
                if keys[at - size : at] != keys[at + 1 : at + 1 + size]:
                    continue
                if not (size == 3 and keys[at - size] == keys[at - 1]):
                    yield Periodic(start=at - size, end=at + 1 + size, period=size + 1)
                break
        elif (
            keys[at - 1] == keys[at + 2]
            and keys[at - 2] == keys[at + 1]
            and keys[at - 1] != keys[at - 2]
            and keys[at - 2] in known.clitics
            and not keys[at - 1].endswith(known.infinitives)
            and not (at >= 3 and keys[at - 3] == known.also)
        ):
            yield Periodic(start=at - 2, end=at + 3, period=3)


_NOT = "ne"


def _percentage(words: WordView, run: Periodic) -> bool:
    """Whether a share is said twice: "de 5 % de 5 % en un an", "de 5 % 5 % en un an".

    A number alone counts between words in lower case; tables have the same share twice too.
    """
    unit = words.keys[run.start : run.start + run.period]
    gaps = [words.gap(run.start + k * run.period - 1).strip(" \u00a0\u202f") for k in (1, 2)]
    if run.turns != 2 or gaps[0] != "%" or not unit[-1][0].isdigit():
        return False
    if run.period == 2:
        return unit[0] in words.known.bound and gaps[1] == "%"
    if run.period != 1 or not run.start or gaps[1][:1] != "%":
        return False
    before = words.tokens[run.start - 1][2]
    return before.islower() and not words.gap(run.start - 1).strip()


_MINE = frozenset("mon ma mes ton ta tes".split())


def _between_commas(words: WordView, run: Periodic) -> bool:
    """Whether a phrase stands twice between commas: "En 2023, en 2023, les ventes".

    In 1.6 million words of prose a phrase comes again behind a comma 18 times, and goes on there
    ("pendant le préavis, le préavis continue") or is a part of a list; none is cut off by a second
    comma. Vocatives are ("mon ami, mon ami, …").
    """
    first = words.keys[run.start]
    after = words.gap(run.end - 1) if run.end < len(words.keys) else ""
    return (
        run.turns == 2
        and run.period >= 2
        and words.gap(run.start + run.period - 1).strip() == ","
        and after.strip() == ","
        and (first in words.known.bound or words.keys[run.start + 1][0].isdigit())
        and first not in _MINE
    )


def _taken_up(words: WordView, run: Periodic) -> bool:
    """Whether a sentence starts again at its verb: "il a salué, a salué le travail".

    In 950,000 words of clean/dev, novels among them, nobody does.
    """
    first, after = words.keys[run.start], words.gap(run.end - 1).strip()
    if run.turns != 2 or words.gap(run.start + run.period - 1).strip() != "," or after:
        return False
    if any(c.isdigit() for key in words.keys[run.start : run.end] for c in key):
        return False  # "A10, A10s"
    if run.period == 1:
        return first.endswith(words.known.inverted)
    return words.known.is_finite(first) and run.end < len(words.keys)


def _confidence(words: WordView, run: Periodic) -> float:
    """How sure two turns are an error; 0 is never shown."""
    if _taken_up(words, run):
        return 0.65
    if run.period < 2 or run.turns >= 3:
        return 0.9 if run.period == 1 and _percentage(words, run) else 0.0
    first = run.start
    unit = words.keys[first : first + run.period]
    known = words.known
    if _percentage(words, run):
        return 0.9
    if _between_commas(words, run):
        return 0.65
    if any(OBJECT in key or not key[0].isalpha() for key in unit):
        return 0.0
    open_ended = unit[-1] in known.bound
    if run.period == 2 and unit[0] == _NOT and run.turns == 2:
        return 0.9  # "n'a n'a pas"
    if sum(len(key) for key in unit) <= 2 * run.period - 1 - open_ended:
        return 0.0
    if all(known.doubling.get(key) == "cry" for key in unit):
        return 0.0
    tokens = words.tokens
    gaps = [words.gap(i) for i in range(first, run.end - 1)]
    if any(not gap and not tokens[first + i][2].endswith(("'", "’")) for i, gap in enumerate(gaps)):
        return 0.0  # array.array(...), RAID6RAID6
    marks = "".join(gaps)
    if STOPS & set(marks.replace("\n", "", 1)) or any(c in marks for c in "«»\"“”()[]/|\t'—–="):
        return 0.0
    capital = any(
        tokens[i + run.period][2][0].isupper() and not tokens[i][2][0].isupper()
        for i in range(first, run.end - run.period)
    )
    if capital:
        return 0.0  # "… du Mali Le Mali est …": two sentences, or a heading and its text
    names = sum(1 for t in tokens[first : first + run.period] if t[2][0].isupper())
    opens = tokens[first][2][0].isupper() and run.period <= 3
    # "La marge la marge": a sentence starts with an article, and the second turn has no capital
    article = known.doubling.get(unit[0]) == "never" or unit[0] in known.bound
    again = tokens[first + run.period][2][0].islower() and article
    named = names == run.period or ((opens or (names and first == 0)) and not again)
    if named and not open_ended:
        return 0.3
    if marks.strip():  # a comma: rhetoric as often as error, unless the phrase is none yet
        if open_ended and run.turns == 2:
            return 0.85 if run.period >= 3 or marks.strip() != "," else 0.4
        return 0.6 if run.period >= 5 else 0.3
    if run.turns > 2 and run.turns < 2.5 + 0.01 and run.period > 2:
        return 0.4  # "qui connaît un mec qui connaît un …"
    if run.period == 2 and unit[1] in known.pairing and words.keys[first - 1 : first] != [unit[1]]:
        return 0.3  # "incomber peu à peu à la France", "au cas par cas par le juge"
    if run.period == 2 and known.links & set(unit):
        return 0.3  # "encore et encore et encore"
    if tuple(unit) in known.units:
        return 0.3
    return 0.9
