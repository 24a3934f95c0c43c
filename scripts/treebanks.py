"""Trees of Universal Dependencies over the tokens of mtrepair, as two scripts read them."""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from mtrepair.languages.fr.tokens import tokens

KEPT = {"nsubj:pass", "aux:pass", "acl:relcl", "obl:agent", "flat:name", "expl:subj"}
"""Relations that keep what follows their colon."""

Row = tuple[list[str], list[int], list[str], list[str]]
"""Forms, heads (-1 is the root), relations and parts of speech of a sentence."""


def squeeze(text: str) -> str:
    """A text by its letters and digits, so that two copies of a sentence are told as one."""
    return re.sub(r"\W+", "", text.lower())


_Item = TypeVar("_Item")


def groups(
    rows: list[_Item], size: int, length: Callable[[_Item], int], chance: random.Random
) -> Iterator[list[_Item]]:
    """The rows in batches of about the same length, in random order; ``rows`` is shuffled."""
    chance.shuffle(rows)
    for start in range(0, len(rows), size * 20):
        pool = sorted(rows[start : start + size * 20], key=length)
        parts = [pool[i : i + size] for i in range(0, len(pool), size)]
        chance.shuffle(parts)
        yield from parts


def read(folder: Path, clean: Path, *, say: bool = True) -> tuple[list[Row], list[Row]]:
    """The trees to learn from, and those held out: the ``*-test.conllu`` of GSD and Sequoia.

    Sentences that occur in the ``ud_*`` texts of ``clean/dev`` are left out of the first.
    """
    banned = {
        squeeze(line)
        for path in (clean / "dev").glob("ud_*.xz")
        for line in lzma.decompress(path.read_bytes()).decode("utf-8").split("\n")
    }
    train: list[Row] = []
    held: list[Row] = []
    for path in sorted(folder.glob("*.conllu")):
        out = path.name.endswith("-test.conllu") and ("gsd" in path.name or "sequoia" in path.name)
        rows = _trees(path, set() if out else banned)
        (held if out else train).extend(rows)
        if say:
            print(f"{path.name}: {len(rows)} trees", flush=True)
    kept = {squeeze("".join(row[0])) for row in held}
    return [row for row in train if squeeze("".join(row[0])) not in kept], held


def _trees(path: Path, banned: set[str]) -> list[Row]:
    rows: list[Row] = []
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.split("\n")
        text = next((x[9:] for x in lines if x.startswith("# text = ")), None)
        if text is None or squeeze(text) in banned:
            continue
        row = _row(text, [x.split("\t") for x in lines if x and x[0] != "#"])
        if row is not None and len(row[0]) > 1:
            rows.append(row)
    return rows


def _row(text: str, cells: Sequence[Sequence[str]]) -> Row | None:
    # Characters of each syntactic word; the words of a contraction ("du") share them.
    place: dict[int, tuple[int, int]] = {}
    head: dict[int, int] = {}
    label: dict[int, str] = {}
    tag: dict[int, str] = {}
    at, shared_to, shared = 0, 0, (0, 0)
    for cell in cells:
        if "." in cell[0]:
            continue
        if "-" in cell[0]:
            start = text.find(cell[1], at)
            if start < 0:
                return None
            at = start + len(cell[1])
            shared, shared_to = (start, at), int(cell[0].split("-")[1])
            continue
        number = int(cell[0])
        if number <= shared_to:
            place[number] = shared
        else:
            start = text.find(cell[1], at)
            if start < 0:
                return None
            at = start + len(cell[1])
            place[number] = (start, at)
        head[number] = int(cell[6])
        label[number] = cell[7] if cell[7] in KEPT else cell[7].split(":")[0]
        tag[number] = cell[3]
    found = list(tokens(text))
    owner: dict[int, int] = {}  # syntactic word -> token
    words_of: list[list[int]] = [[] for _ in found]
    for number, (start, end) in place.items():
        for i, token in enumerate(found):
            if token.start < end and start < token.end:
                words_of[i].append(number)
                owner.setdefault(number, i)
    heads, relations, tags = [], [], []
    for i, words in enumerate(words_of):
        if not words:
            return None
        main = next((w for w in words if head[w] == 0 or owner[head[w]] != i), words[0])
        if owner[main] != i:  # a later piece of a word that the treebank does not cut
            heads.append(owner[main])
            relations.append("flat")
        else:
            heads.append(-1 if head[main] == 0 else owner[head[main]])
            relations.append(label[main])
        tags.append(tag[main])
    return [t.text for t in found], heads, relations, tags
