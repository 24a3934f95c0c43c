"""A participle after "être" that does not fit its subject.

Why: English participles do not agree, so engines forget it in French.

Examples:
    - Elle est [[venu]] hier.
    + Elle est venue hier.
    - Les maisons sont [[fermé]].
    + Les maisons sont fermées.
    - Les prix de la maison peuvent être [[affiché]] ici.
    + Les prix de la maison peuvent être affichés ici.
    - L'affaire du port est [[résolu]] depuis hier.
    + L'affaire du port est résolue depuis hier.
    - Sa maison est petite et [[blanc]].
    + Sa maison est petite et blanche.
    - Celle-ci a été [[vendu]]. Certains sont [[resté]] ici.
    + Celle-ci a été vendue. Certains sont restés ici.
    - Ils ont [[accusés]] le maire, qui est [[capables]] de tout.
    + Ils ont accusé le maire, qui est capable de tout.
    - Le prix, qui a [[augmentée]], reste bas ; « c'est peu », ont-ils [[écrits]].
    + Le prix, qui a augmenté, reste bas ; « c'est peu », ont-ils écrit.
    - Ses amis l'ont [[invités]] hier, et elle les a [[oublié]].
    + Ses amis l'ont invité hier, et elle les a oubliés.
    = Elle les a fait venir et les a entendu chanter ; il les a vus.
    - Les gants sont en cuir et sont [[cousu]] ; les sacs sont doux, [[léger]] et lavables.
    + Les gants sont en cuir et sont cousus ; les sacs sont doux, légers et lavables.
    - Nous sommes très [[satisfait]] de ces travaux.
    + Nous sommes très satisfaits de ces travaux.
    - Plusieurs d'entre elles sont [[venus]] ; onze enfants se sont retrouvés [[piégé]].
    + Plusieurs d'entre elles sont venues ; onze enfants se sont retrouvés piégés.
    - Il a marqué douze buts et [[délivrés]] neuf passes.
    + Il a marqué douze buts et délivré neuf passes.
    - Le conseil d'administration, [[réunie]] mardi, a dit oui.
    + Le conseil d'administration, réuni mardi, a dit oui.
    = C'est un but que certains analystes jugent modeste.
    = Les amis que le maire a accusés sont bon marché ; on est partis.
    = Vêtus de blanc, un bâton à la main, ils marchent.
    = Sa voiture est plein sud ; ceux qui sont actifs et sur lesquels on compte.
    = On est partis tard et vous êtes venue.
    = Elle s'est fait mal.
    = Elle est médecin. Ils se le sont dit ; les élus seront sollicité.e.s.

Source: Grevisse & Goosse, Le bon usage, § 942 (participe conjugué avec être).
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import Finding, Proposal, Severity, Span
from mtrepair.languages.fr import grammar
from mtrepair.rules.agreement import asides, detached, links, with_be, with_have
from mtrepair.rules.agreement.forms import Misfit
from mtrepair.rules.offers import in_turn
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo

RULE = RuleInfo(
    name="agreement-participle",
    group="agreement",
    severity=Severity.MAJOR,
    summary="a participle after “être” that does not fit its subject",
    priority=Priority.AGREEMENT,
    reach="sentence",
    needs=frozenset({"lexicon"}),
    threshold=0.6,  # beside its measurement in confidence.py
)


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """Participles beside their subject or object, then those that the parser ties to a subject."""
    near: list[Finding] = []
    for misfit in _near(passage, context):
        found = _finding(passage, misfit)
        if not any(found.span.overlap(other.span) for other in near):
            near.append(found)
    yield from near
    for clash, sure, span, message in links.apart(passage, context, near, "predicate", "opening"):
        after = passage.text[span.end : span.end + 4].lower()
        if clash.kind == "opening" and after.startswith((" que", " qu'", " qu’")):
            continue  # "Pourvu que"
        yield passage.finding(
            RULE.name,
            span,
            message,
            severity=RULE.severity,
            confidence=sure,
            evidence={"slots": sorted(clash.wanted)},
        )


def _near(passage: Passage, context: Context) -> Iterator[Misfit]:
    """What stands beside the words that it should agree with."""
    yield from with_have.misfits(passage)
    yield from with_be.misfits(passage, _verbs(passage, context))
    yield from detached.misfits(passage)
    apposed = list(asides.apposed(passage))
    if not apposed:
        return
    said = {
        clash.target
        for clash, sure in links.reported(passage, context, "adjective", "object")
        if sure >= RULE.threshold
    }
    for at, slots in apposed:
        if at in said:
            continue  # agreement-noun-adjective says it
        # "Le modèle, entraînée sur des images, traduit"
        yield Misfit(passage.tokens[at], sorted(slots), "its noun stands before the comma")


def _verbs(passage: Passage, context: Context) -> frozenset[int]:
    """The verbs that the parser ties to a subject which they are reported not to fit."""
    if passage.vocabulary.isdisjoint(with_be.ATTRIBUTIVE):
        return frozenset()
    found = links.reported(passage, context, "verb")
    return frozenset(clash.target for clash, sure in found if sure >= RULE.threshold)


def _finding(passage: Passage, misfit: Misfit) -> Finding:
    word = misfit.word
    why = f": {misfit.why}" if misfit.why else " its subject"
    return passage.finding(
        RULE.name,
        Span(word.start, word.end),
        f"“{word.text}” does not fit{why}",
        severity=RULE.severity,
        evidence={"slots": misfit.slots},
    )


def propose(finding: Finding, passage: Passage, context: Context) -> Iterator[Proposal]:
    """The participle inflected for the subject."""
    del context
    slots = finding.evidence["slots"]
    wanted = frozenset(slots) if isinstance(slots, list) else grammar.ALL
    word = finding.span.of(passage.text)
    own = {slot[0] for slot in grammar.slots(word, "AK") or ()}
    forms = [
        *links.inflected(word, frozenset(s for s in wanted if s[0] in own), "AK"),
        *links.inflected(word, frozenset(s for s in wanted if s[0] not in own), "AK"),
    ]
    yield from in_turn(finding, finding.span, dict.fromkeys(forms))
