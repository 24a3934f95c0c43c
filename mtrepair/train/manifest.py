"""Writes the manifest of a packed model; needs no torch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from mtrepair.models.store import FORMAT, describe

NAME = "rewriter-fr"


def trained(checkpoint: Path, *, version: str, data: str) -> dict[str, object]:
    """What a manifest says of the training that a checkpoint comes from.

    Args:
        data: hash of the training data.
    """
    state = json.loads((checkpoint / "state.json").read_text())
    settings = json.loads((checkpoint / "settings.json").read_text())
    return {
        "version": version,
        "languages": ["fr"],
        "training": settings,
        "seed": settings["seed"],
        "examples": state["examples"],
        "steps": state["step"],
        "data_sha256": data,
        "minutes": round(state["seconds"] / 60, 1),
        "scores": {},
    }


def seen(folder: Path, name: str = NAME) -> int:
    """Examples that a packed model or a checkpoint was trained on.

    0 if the folder is neither, or holds a model of another name.
    """
    if (folder / "state.json").is_file():
        state = json.loads((folder / "state.json").read_text("utf-8"))
        settings = json.loads((folder / "settings.json").read_text("utf-8"))
        return int(state["examples"]) + int(settings.get("before", 0))
    place = folder / "manifest.json"
    if not place.is_file():
        return 0
    told = json.loads(place.read_text("utf-8"))
    if told["name"] != name:
        return 0
    return int(told["examples"]) + int(told["training"].get("before", 0))


def write(folder: Path, told: Mapping[str, object], *, card: str = "", name: str = NAME) -> None:
    """Write ``manifest.json``, and ``README.md`` if there is a card.

    Args:
        told: version, languages, training settings, scores, …; ``name``, format and the files'
            hashes are added.
    """
    if card:
        (folder / "README.md").write_text(card, encoding="utf-8")
    whole = {**told, "format": FORMAT, "name": name, "files": describe(folder)}
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
