"""Clean text with damage at known places, as JSON lines, for the scripts that measure batch."""

from __future__ import annotations

import json
import lzma
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mtrepair.train.corrupt import Resources, damage
from mtrepair.train.data import Corpus, resources

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parent.parent
SEED = 6


def paragraphs(data: Path | None) -> list[list[str]]:
    """The paragraphs of each clean text: corpora/clean, or DATA/clean/dev.

    Of the latter the files whose licence lets everybody use them (tier A in corpora/sources.toml).
    """
    files: list[list[str]] = []
    if data is None:
        samples = sorted((ROOT / "corpora" / "clean").glob("*.txt"))
        files = [path.read_text("utf-8").splitlines() for path in samples]
    else:
        with (ROOT / "corpora" / "sources.toml").open("rb") as stream:
            listed = tomllib.load(stream)["source"]
        names = sorted(row["path"] for row in listed if row["tier"] == "A")
        for name in names:
            if name.startswith("clean/dev/"):
                with lzma.open(data / name, "rt", encoding="utf-8") as lines:
                    files.append(list(lines))
    texts = [[t for line in file if len((t := line.strip()).split()) >= 4] for file in files]
    return [file for file in texts if file]


def damage_resources(files: list[list[str]]) -> Resources:
    """What the damage is made from: the package's lexicon and dictionary."""
    return resources(Corpus([text for file in files for text in file], []))


def damaged(count: int, data: Path | None) -> Iterator[dict[str, Any]]:
    """Records of one paragraph with at most one damage each, the same for the same arguments.

    A record has the damaged ``text``, the ``right`` one, the ``kind`` of damage and where it is
    (``start``, ``end``); of kind ``keep`` are those that were left as they are.
    """
    files = paragraphs(data)
    texts = [text for file in files for text in file]
    res = damage_resources(files)
    chance = random.Random(SEED)
    number = 0
    while number < count:
        chance.shuffle(texts)
        for text in texts:
            made = damage(text, chance, res)
            if made is None:
                continue
            number += 1
            yield {
                "id": f"r{number}",
                "text": made.text,
                "kind": made.kind,
                "start": made.span.start,
                "end": made.span.end,
                "right": text,
            }
            if number == count:
                return


def articles(count: int, words: int = 300, share: float = 0.04) -> Iterator[dict[str, Any]]:
    """Articles of about so many words from corpora/clean; ``share`` of the paragraphs damaged."""
    files = paragraphs(None)
    res = damage_resources(files)
    chance = random.Random(SEED)
    for number in range(count):
        file = chance.choice(files)
        at = chance.randrange(len(file))
        taken: list[str] = []
        while sum(len(text.split()) for text in taken) < words:
            text = file[at % len(file)]
            made = damage(text, chance, res) if chance.random() < share else None
            taken.append(text if made is None else made.text)
            at += 1
        yield {
            "id": f"a{number}",
            "text": "\n\n".join(taken),
            "url": f"https://example.org/{number}",
        }


def write(path: Path, rows: Iterator[dict[str, Any]]) -> int:
    """JSON lines; how many words of text they hold."""
    words = 0
    with path.open("w", encoding="utf-8") as stream:
        for row in rows:
            words += len(row["text"].split())
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return words


def command(source: Path, out: Path, *more: str) -> list[str]:
    """The command line of a run."""
    return [
        sys.executable, "-m", "mtrepair", "batch", str(source), "--out", str(out),
        "--no-config", "--quiet", *more,
    ]  # fmt: skip


def run(source: Path, out: Path, *more: str) -> dict[str, Any]:
    """Run the command to its end; what it wrote into ``stats.json``."""
    done = subprocess.run(command(source, out, *more), cwd=ROOT, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"mtrepair batch: exit status {done.returncode}")
    stats: dict[str, Any] = json.loads((out / "stats.json").read_text("utf-8"))
    return stats
