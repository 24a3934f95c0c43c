"""Real errors of a weak engine, where stronger engines and the reference agree against it.

An independent reference paraphrases; its differences from a translation are mostly no errors. A
place counts here when a strong engine writes other words there, the reference or another strong
engine has these words too, and neither of them has the weak engine's:

    weak    Il a pris [place] à Paris.      [place -> lieu]
    strong  Il a eu [lieu] à Paris.
    ref     La réunion a eu lieu à Paris.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from mtrepair.core import Span
from mtrepair.train.corrupt import Damage

FILE = "mt/train/news_systems.jsonl.xz"
"""Outputs of four engines with references: Mozilla's evaluation of firefox-translations-models
(MPL-2.0; texts of the WMT and IWSLT tests)."""

WEAK = "bergamot-tiny"
LONGEST = 4
"""Words on either side of a difference; longer ones are other sentences, not errors."""

_WORD = re.compile(r"[^\W_]+['’]?")
_CHUNK = re.compile(r"\S+")


def read(folder: Path) -> list[tuple[Damage, str]]:
    """The errors found in ``folder``, each with its source sentence; none if the file is absent."""
    path = folder / FILE
    if not path.is_file():
        return []
    groups: dict[tuple[str, int], dict[str, dict[str, str]]] = defaultdict(dict)
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            groups[row["set"], row["seg"]][row["system"]] = row
    found: list[tuple[Damage, str]] = []
    for systems in groups.values():
        weak = systems.pop(WEAK, None)
        if weak is None or not systems:
            continue
        strong = [row["mt"] for row in systems.values()]
        found.extend((made, weak["src"]) for made in errors(weak["mt"], strong, weak.get("ref")))
    return found


def errors(weak: str, strong: Sequence[str], reference: str | None) -> Iterator[Damage]:
    """The places of ``weak`` that are wrong by the measure above; the first strong text answers."""
    chunks = list(_CHUNK.finditer(weak))
    old = [chunk[0] for chunk in chunks]
    taken: set[int] = set()
    for number, other in enumerate(strong):
        witnesses = [text for i, text in enumerate(strong) if i != number]
        if reference:
            witnesses.append(reference)
        known = [set(_words(text)) for text in witnesses]
        new = other.split()
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        if not known or matcher.ratio() < 0.5:
            continue
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal" or not 0 < b - a <= LONGEST or d - c > LONGEST:
                continue
            wrong, right = _words(" ".join(old[a:b])), _words(" ".join(new[c:d]))
            gone, come = set(wrong) - set(right), set(right) - set(wrong)
            if not gone or taken & set(range(a, b)):
                continue
            if any(gone & words for words in known) or not any(come <= words for words in known):
                continue
            if not come and len(known) < 2:
                continue  # a deletion needs more than one witness
            taken |= set(range(a, b))
            span = Span(chunks[a].start(), chunks[b - 1].end())
            yield Damage("real", weak, span, " ".join(new[c:d]))


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]
