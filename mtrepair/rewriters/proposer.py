"""What the model proposes for findings, and what it thinks of everybody's proposals."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from mtrepair.core import Applicability, Edit, Finding, Proposal, Span, apply
from mtrepair.rewriters import spelling
from mtrepair.rewriters.base import Candidate, Query, Rewriter
from mtrepair.rewriters.prepare import MAX_SPAN, prepare, widen
from mtrepair.rewriters.ranking import margin, normalised
from mtrepair.rewriters.replies import Sense
from mtrepair.rewriters.view import view

ORIGIN = "seq2seq"
ALTERNATIVES = 3
"""Replies of the model that are kept for a finding."""
UNASKED = frozenset({"mistranslated-name", "missing-name", "inconsistent-name"})
"""Rules whose findings the model is not asked about: what a name was is knowledge, not language. Of
names translated word for word the model restores none exactly (the card beside the weights, kind
``name``). Nor does it rank what the name rules offer: it takes Masayoshi Sons for Masayoshi Son."""
SURE = 3.0
"""Nats per piece by which a reply must stand above the original, both with the span shown, to be
SUGGESTED; below it is for a person to look at."""
SURE_OF_FORMS = 1.0
"""The same where a rule has found a wrong form of the right word, which is what the model is good
at. Of .5, 1, 2 and 3 these are the least at which well over four of five replies are right (84 and
87 in 100) on damaged sentences drawn with seed 101; ``scripts/evaluate-rewriter`` reports on others
(columns *at margin*)."""
DOUBTED = frozenset({"garbled-phrase", "learned-error"})
"""Rules that see that something is wrong, not what: where the model would leave the text as it is
(see ``replies.py``), it proposes nothing."""
_NAMING = frozenset(("french", "better"))
"""Evidence of a finding that says what should stand there."""
_FORMS = ("agreement-", "missing-elision", "wrong-elision", "wrong-verb-form")
_PART = re.compile(r"\w+['’]?|\s+|[^\w\s]")


class Prose(Protocol):
    """What is needed of a passage (rules' ``Passage`` has it)."""

    text: str
    source: str | None


def propose(
    findings: Sequence[Finding],
    passages: Sequence[Prose],
    rewriter: Rewriter,
    sense: Sense,
    *,
    offered: Sequence[Proposal] = (),
) -> list[Proposal]:
    """The model's replacements for the findings, as minimal edits, at most SUGGESTED.

    Args:
        findings: spans count in ``passages[finding.segment].text``.
        sense: which of the model's replies are worth weighing.
        offered: what the rules propose; a finding with a SAFE proposal is not asked about.
    """
    settled = {id(p.finding) for p in offered if p.applicability is Applicability.SAFE}
    asked = [
        f
        for f in findings
        # A finding that names the French word itself ("AI" is "IA") needs no second opinion, nor
        # one that knows what was meant ("deses" is "de ses").
        if id(f) not in settled and f.rule not in UNASKED and not f.evidence.keys() & _NAMING
    ]
    queries = [_query(passages[f.segment], f.span) for f in asked]
    replies = [
        sense.sensible(query, found)[:ALTERNATIVES]
        for query, found in zip(
            queries, rewriter.generate(queries, best=ALTERNATIVES + 1), strict=True
        )
    ]
    result: list[Proposal] = []
    for finding, query, found, margins in zip(
        asked, queries, replies, margins_shown(rewriter, queries, replies), strict=True
    ):
        for reply, above in zip(found, margins, strict=True):
            edit = minimal(query.text, query.span, reply.text)
            doubted = finding.rule in DOUBTED and above * reply.pieces < sense.favour(
                query.span.of(query.text), reply.text
            )
            if edit is not None and not doubted:
                sure = above >= least(finding.rule) and _kept(finding, query, reply.text, sense)
                result.append(
                    Proposal(
                        finding=finding,
                        edits=(edit,),
                        applicability=Applicability.SUGGESTED if sure else Applicability.DISPLAY,
                        origin=ORIGIN,
                        score=normalised(reply),
                    )
                )
    return result


def _kept(finding: Finding, query: Query, reply: str, sense: Sense) -> bool:
    """Whether a reply keeps the words that a rule holds for right ones in the wrong form.

    Behind a missing or wrong elision the word stays as it is. For "les cause" the model may like
    "les raisons" better than "les causes"; that is its taste, not what the rule saw.
    """
    text = query.span.of(query.text)
    if finding.rule in ("missing-elision", "wrong-elision"):
        last = [re.findall(r"\w+", words)[-1:] for words in (text, reply)]
        return last[0] == last[1]
    if finding.rule == "non-word":
        return reply.lower() != text.lower().removeprefix("un")  # not "unhappy" for "happy"
    if finding.rule == "untranslated-word":
        return sense.translates(text, reply)
    if not finding.rule.startswith(_FORMS):
        return True
    if finding.rule.startswith("agreement-") and not sense.same_kind(text, reply):
        return False
    change = sense.change(text, reply)
    # Another article is a form too; a word more or less is not ("une vive des réactions"), nor
    # another article and another form ("certains billets" for "quelques billet").
    old, new = (re.findall(r"\w+", words.lower()) for words in (text, reply))
    others = sum(one != two for one, two in zip(old, new, strict=False))
    if change == "other" and not sense.same_articles(text, reply):
        return False  # "leur domiciles" is not "les domiciles"
    return change == "forms" or (change == "other" and len(old) == len(new) and others == 1)


def least(rule: str) -> float:
    """The margin at which a reply to a finding of ``rule`` may be applied on demand."""
    return SURE_OF_FORMS if rule.startswith(_FORMS) else SURE


def margins_shown(
    rewriter: Rewriter, queries: Sequence[Query], replies: Sequence[Sequence[Candidate]]
) -> list[list[float]]:
    """By how much each reply stands above the original that the model sees, in nats per piece.

    A model that sees the original likes to copy it; where it would still rather write something
    else it has seen something wrong. Hidden, the original has no such advantage, and of right words
    four of five have some other words above them: that ranks candidates for what is known to be
    wrong, and says nothing about whether it is.
    """
    texts = [
        [query.span.of(query.text), *(reply.text for reply in found)] if found else []
        for query, found in zip(queries, replies, strict=True)
    ]
    scored = rewriter.score(queries, texts, hidden=False)
    return [
        [margin(one, some[0]) for one in some[1:]] if some else [-math.inf] * len(found)
        for some, found in zip(scored, replies, strict=True)
    ]


def rank(
    proposals: Sequence[Proposal], passages: Sequence[Prose], rewriter: Rewriter
) -> list[Proposal]:
    """The proposals, each with its margin over the original text as its score.

    For an unknown word that is in nats, and its spelling counts (see ``spelling.py``).

    All candidates of one finding are scored over the same words with these hidden, in one batch
    for the whole document. Where the model cannot judge (typography, long loops, untouchable
    text) the finding's proposals keep the scores they have.
    """
    groups: dict[int, list[int]] = {}
    for index, proposal in enumerate(proposals):
        if proposal.finding.rule not in UNASKED:
            groups.setdefault(id(proposal.finding), []).append(index)
    queries: list[Query] = []
    texts: list[list[str]] = []
    members: list[list[int]] = []
    for indices in groups.values():
        some = [proposals[i] for i in indices]
        passage = passages[some[0].finding.segment]
        hull = _hull(passage.text, some)
        if hull is None:
            continue
        original = hull.of(passage.text)
        written = [_carried_out(passage.text, hull, proposal) for proposal in some]
        if all(view(text) == view(original) for text in written):
            continue  # only what the model does not see is changed
        query = _query(passage, hull)
        if prepare(query) is None:
            continue
        queries.append(query)
        texts.append([original, *written])
        members.append(indices)
    result = list(proposals)
    hidden = rewriter.score(queries, texts, hidden=True)
    for indices, scored in zip(members, hidden, strict=True):
        if not scored:
            continue
        for index, candidate in zip(indices, scored[1:], strict=True):
            result[index] = replace(proposals[index], score=margin(candidate, scored[0]))
    unknown = [
        n for n, some in enumerate(members) if proposals[some[0]].finding.rule in spelling.RULES
    ]
    shown = rewriter.score([queries[n] for n in unknown], [texts[n] for n in unknown], hidden=False)
    for n, seen in zip(unknown, shown, strict=True):
        unseen, (original, *written) = hidden[n], texts[n]
        if not (seen and unseen):
            continue
        for place, (index, text) in enumerate(zip(members[n], written, strict=True), 1):
            above = spelling.score(
                text, original, (unseen[place], unseen[0]), (seen[place], seen[0])
            )
            result[index] = replace(proposals[index], score=above)
    return result


def minimal(text: str, span: Span, reply: str) -> Edit | None:
    """The smallest edit, in whole words, that puts ``reply`` for ``span``; None if it is a no-op.

    A deletion takes one neighbouring space with it: [a very very b -> a very b], not two spaces.
    """
    old, new = _PART.findall(span.of(text)), _PART.findall(reply)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    start = span.start + sum(map(len, old[:head]))
    end = span.end - sum(map(len, old[len(old) - tail :]))
    written = "".join(new[head : len(new) - tail])
    if start == end and not written:
        return None
    if not written and not text[start].isspace() and not text[end - 1].isspace():
        if start > 0 and text[start - 1].isspace() and not text[end : end + 1].isalnum():
            start -= 1
        elif start == 0 and text[end : end + 1].isspace():
            end += 1
    return Edit(span=Span(start, end), text=written)


def _query(passage: Prose, span: Span) -> Query:
    return Query(text=passage.text, span=span, source=passage.source)


def _hull(text: str, proposals: Sequence[Proposal]) -> Span | None:
    """The whole words that hold all edits, or None where there are too many of them."""
    spans = [edit.span for proposal in proposals for edit in proposal.edits]
    if not spans:
        return None
    hull = Span(min(s.start for s in spans), max(s.end for s in spans))
    if len(hull) > MAX_SPAN:
        return None
    # An insertion, or a deletion with its space, stands between words: look at both of them.
    start, end = hull.start, hull.end
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return widen(text, Span(start, end))


def _carried_out(text: str, hull: Span, proposal: Proposal) -> str:
    """The words of ``hull`` after the proposal."""
    # Edits may touch white space at the hull's edge that `widen` left out; clip them.
    edits = [
        Edit(
            span=Span(
                min(max(edit.span.start, hull.start), hull.end) - hull.start,
                max(min(edit.span.end, hull.end), hull.start) - hull.start,
            ),
            text=edit.text,
        )
        for edit in proposal.edits
    ]
    return apply(hull.of(text), edits)
