"""A name that was translated like a common word.

Why: An engine that takes a surname for a word of the language translates it, often with a
determiner or in another order, and a person or a product disappears from the text.

Examples:
    - Hier, [[le fils Takeshi]] a quitté la réunion.
    + Hier, Takeshi Son a quitté la réunion.
    - Les propos [[du fils Takeshi]] ont surpris.
    + Les propos de Takeshi Son ont surpris.
    - [[Larry Oiseau]] a marqué vingt points.
    + Larry Bird a marqué vingt points.
    - On attend [[la ruche d'Apache]] avec impatience.
    + On attend Hive d'Apache avec impatience.
    - Lumen Sound grandit ; selon son patron, Lumen [[Son]] recrute.
    + Lumen Sound grandit ; selon son patron, Lumen Sound recrute.
    - Alan Price a démissionné. « Tant mieux », dit M. [[Prix]].
    + Alan Price a démissionné. « Tant mieux », dit M. Price.
    = Le fils Kennedy est mort à Dallas.
    = La reine Elizabeth a reçu le petit Nicolas.
    = Alexandre Dumas fils et les frères Lumière.
    = Pierre Cuisinier et Marie Bois sont venus.
    = Son fils Takeshi a quitté la réunion.

Fix safety: with an aligned source the name is read there, and its remains are the words that
translate it; without one the proposal is a guess that a person should look at.

Source: Ugawa et al. 2018, "Neural Machine Translation Incorporating Named Entity", on how engines
translate names word by word; the list of appositions is general French usage (Grevisse, Le bon
usage, § 343).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Applicability, Finding, Proposal, Severity, Span
from mtrepair.languages.fr.names import Names
from mtrepair.rules.names import titled
from mtrepair.rules.names.confidence import confidence
from mtrepair.rules.names.guess import Guess
from mtrepair.rules.names.restoring import put
from mtrepair.rules.names.shapes import guesses, product_guesses
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="mistranslated-name",
    group="names",
    severity=Severity.CRITICAL,
    summary="a name translated like a common word",
    priority=Priority.NAME,
    # docs/measured/measure-names.txt: what was found and wrongly reported at this threshold
    threshold=0.65,
)

TOLD = 0.8
"""The least confidence of a finding that the source makes. On human translations
(scripts/measure-alignment) those below are loose translations, not losses."""

KNOWN = 0.9
"""The confidence of a surname behind a title that translates one of the document. Chosen."""

ATTESTED = 2.0
"""What it adds to the logit of a guess that the document has the surname elsewhere. Chosen, not
measured: the development sets are single sentences."""


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Broken names, by the source where there is one and by their shape."""
    taken: list[Span] = []
    if passage.source:
        from mtrepair.rules.names import source_names  # loaded only where there is a source

        for loss in source_names.losses(passage):
            if loss.span is None or loss.confidence < TOLD:
                continue
            taken.append(loss.span)
            yield passage.finding(
                RULE.name,
                loss.span,
                f"the source has the name “{loss.name}” here",
                severity=RULE.severity,
                confidence=loss.confidence,
                evidence={
                    "name": loss.name,
                    "names": [loss.name],
                    "source": True,
                    "sure": loss.sure,
                },
            )
    for token, name in (*titled.translated(passage, context), *titled.halves(passage, context)):
        span = Span(token.start, token.end)
        if any(span.overlap(other) for other in taken) or _in_source(token.text, passage):
            continue
        taken.append(span)
        yield passage.finding(
            RULE.name,
            span,
            f"“{token.text}” is {name} elsewhere",
            severity=RULE.severity,
            confidence=KNOWN,
            evidence={"names": [name], "source": False, "sure": False},
        )
    found = [*guesses(passage), *product_guesses(passage)]
    for guess in sorted(found, key=lambda g: -confidence(g.shape, g.score)):
        if any(guess.span.overlap(span) for span in taken) or _denied(guess, passage):
            continue
        taken.append(guess.span)
        told = told_by_source(guess, passage)
        names, sure = ([told], 0.95) if told else _weighed(guess, passage, context)
        yield passage.finding(
            RULE.name,
            guess.span,
            f"“{guess.word}” looks like a translated name" + (f" ({names[0]}?)" if names else ""),
            severity=RULE.severity,
            confidence=sure,
            evidence={"names": names, "source": bool(told), "sure": bool(told)},
        )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The names it may have been, the likeliest first."""
    del context
    names = finding.evidence["names"]
    if not isinstance(names, list):
        return
    sure = bool(finding.evidence.get("sure"))
    for place, name in enumerate(names[:3]):
        yield Proposal(
            finding=finding,
            edits=(put(passage.text, finding.span, str(name)),),
            applicability=Applicability.SAFE if sure else Applicability.SUGGESTED,
            origin="names",
            score=finding.confidence - 0.1 * place,
        )


def _weighed(guess: Guess, passage: Passage, context: Context) -> tuple[list[str], float]:
    """The full names a guess may stand for, and its confidence with the rest of the document."""
    attested = _attested(context)
    own = guess.span.of(passage.text)
    ranked: list[tuple[int, int, str]] = []
    sure = confidence(guess.shape, guess.score)
    for place, name in enumerate(guess.names):
        surname = name.rpartition(" ")[2]
        support = 0
        if name in context.names or name in attested:
            support, sure = 2, max(sure, 0.95)
        elif any(n == surname or n.endswith(f" {surname}") for n in context.names):
            support, sure = 2, max(sure, 0.9)
        elif surname in attested and surname not in own:
            support, sure = 1, confidence(guess.shape, guess.score, ATTESTED)
        ranked.append((-support, place, name))
    return [name for *_, name in sorted(ranked)], sure


def told_by_source(guess: Guess, passage: Passage) -> str | None:
    """The name that the source has in the guess's place, by the part of it that survived.

    "Lena Rue" and "Lena Street": the source has one capitalised word beside Lena, which the
    translation lacks. After "the" it may be a thing of that name.
    """
    if not passage.source or not guess.shape.startswith(("name-", "capital", "given")):
        return None  # "la place de Tlatelolco" renders Tlatelolco Plaza
    found: set[str] = set()
    broken = guess.span.of(passage.text)
    for part in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", broken):
        if not part[0].isupper() or part == guess.word:
            continue
        first = guess.shape.startswith("given")
        pattern = rf"({_NAME}) {part}(?!\w)" if first else rf"(?<!\w){part} ({_NAME})"
        for match in re.finditer(pattern, passage.source):
            before = passage.source[: match.start()]
            if re.search(r"(?:^|[.!?\"“] ?)$" if first else r"\b[Tt]he $", before):
                continue
            known = Names.load().given(match[1]) if first else Names.load().surname(match[1])
            if known and not re.search(rf"(?<!\w){match[1]}(?!\w)", passage.text):
                found.add(match[0])
    return found.pop() if len(found) == 1 else None


_NAME = r"[A-ZÀ-Þ][^\W\d_]*[a-zß-ÿ](?:-[A-ZÀ-Þ][^\W\d_]+)?"


def _in_source(word: str, passage: Passage) -> bool:
    return bool(passage.source) and word in str(passage.source)


def _denied(guess: Guess, passage: Passage) -> bool:
    """Whether the source has the very words: then they are no translation."""
    return bool(passage.source) and guess.span.of(passage.text) in str(passage.source)


_CAPITALS = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?", re.M)


def _attested(context: Context) -> frozenset[str]:
    """Capitalised words and pairs inside sentences of the document."""
    key = f"{RULE.name}:attested"
    found = context.cache.get(key)
    if not isinstance(found, frozenset):
        seen: set[str] = set()
        names = Names.load()
        for passage in context.passages:
            for match in _CAPITALS.finditer(passage.text):
                seen.add(match[0])
                seen.update(part for part in match[0].split() if names.surname(part))
        found = frozenset(seen)
        context.cache[key] = found
    return found
