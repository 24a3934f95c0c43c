"""What French says twice, and where a repetition can be cut."""

from __future__ import annotations

from functools import lru_cache

from mtrepair.languages.base import Repetition, read_doubling
from mtrepair.languages.fr.lexicon import DATA, Lexicon


@lru_cache(maxsize=256)
def is_finite(word: str) -> bool:
    """Whether a word can be a verb in the third person singular."""
    return any(
        reading.category == "V" and any(f.startswith("P3s") or "3s" in f for f in reading.features)
        for reading in Lexicon.load().readings(word)
    )


_SHORT = {"d": "de", "qu": "que", "n": "ne", "s": "se", "j": "je", "m": "me", "t": "te", "c": "ce"}


@lru_cache(maxsize=1)
def repetition() -> Repetition:
    """The facts, read once."""
    return Repetition(
        doubling=read_doubling(DATA / "doubling.tsv"),
        whole={short + mark: full for mark in "'’" for short, full in _SHORT.items()},
        letters="àya",
        links=frozenset(("et", "ou")),
        also="et",
        pairing=frozenset(("à", "par", "en", "pour", "contre", "sur", "après")),
        of_all=frozenset(("du", "des")),
        clitics=frozenset("a elle elles est il ils lui me ne on ont qui se sont te y".split()),
        infinitives=("er", "ir", "re"),  # "se plaindre et se plaindre"
        subjects=frozenset(("qui", "lequel", "laquelle", "il", "elle")),
        waiting=frozenset(
            """le la les l' un une des du de au aux à en dans par pour sur avec sans et ou que qui
            dont où il elle ils elles on ce se ne me te je tu nous vous son sa ses leur
            leurs""".split()
        ),
        bound=frozenset(
            """le la les un une des du de au aux à dans chez que qui dont cet cette sa ses
            leurs""".split()
        ),
        units=frozenset((("ce", "que"),)),  # "une garantie de ce que ce qu'on appelle …"
        inverted=("-il", "-elle", "-on", "-ils", "-elles"),
        is_finite=is_finite,
    )
