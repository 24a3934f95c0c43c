"""XLIFF 1.2 and 2: each target is a segment, the source comes with it.

translate-toolkit says which units a file has and what is in them; :mod:`mtrepair.readers.xml` says
where. A unit that the two read differently is left alone.
https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html,
https://docs.oasis-open.org/xliff/xliff-core/v2.1/os/xliff-core-v2.1-os.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mtrepair.core import Document, InputError, Segment
from mtrepair.readers import inline, xml
from mtrepair.readers.units import is_language, missing
from mtrepair.readers.xml import Node

_UNTRANSLATED = frozenset({"new", "needs-translation"})


def read(text: str, name: str = "<text>", lang: str = "fr") -> Document:
    """The targets of an XLIFF file.

    Left out: units marked ``translate="no"``, without a target, or whose target is a copy of the
    source that waits for its translation; matches of a similar source
    (``state-qualifier="fuzzy-match"``); suggestions; files with another target language. A target
    that is cut into ``<mrk mtype="seg">`` gives a segment for each.

    Raises:
        ConfigError: if translate-toolkit is not installed.
        InputError: if the file is not XLIFF.
    """
    root = xml.parse(text, name)
    if root.name.rpartition(" ")[2] != "xliff":
        raise InputError(f"{name}: not an XLIFF file (its root is <{root.name}>)")
    second = root.attributes.get("version", "1.2").startswith("2")
    units = [node for node in root.walk() if node.name == ("segment" if second else "trans-unit")]
    known = _known(text, name, second=second)
    if len(known) != len(units):
        raise InputError(f"{name}: cannot tell the units of this XLIFF file apart")
    found: list[Segment] = []
    for node, unit in zip(units, known, strict=True):
        if _wanted(node, lang, second=second):
            found += _segments(text, node, unit, second=second)
    return Document(text=text, segments=tuple(found), format="xliff", name=name, escape=xml.escape)


def _known(text: str, name: str, *, second: bool) -> list[Any]:
    try:
        from translate.storage.xliff import Xliff1File
        from translate.storage.xliff2 import Xliff2File
    except ImportError:
        raise missing("translate-toolkit>=3.17", name) from None
    store: Any = Xliff2File if second else Xliff1File
    try:
        return list(store.parsestring(xml.encoded(text)).units)
    except Exception as error:  # it asserts, and lets lxml's errors through
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise InputError(f"{name}: not an XLIFF file ({reason})") from None


def _wanted(node: Node, lang: str, *, second: bool) -> bool:
    if node.inherited("translate") == "no":
        return False
    return is_language(node.inherited("trgLang" if second else "target-language"), lang)


def _segments(text: str, node: Node, unit: Any, *, second: bool) -> Iterator[Segment]:
    targets = node.elements("target")
    sources = node.elements("source")
    if len(targets) != 1 or not sources:
        return
    target, source = targets[0], sources[0]
    dom = unit.target_dom
    if dom is None or not unit.istranslatable() or dom.xpath("string()") != target.content():
        return
    state = node.attributes.get("state") if second else target.attributes.get("state")
    if target.attributes.get("state-qualifier") == "fuzzy-match":
        return
    if source.content() == target.content() and (state in _UNTRANSLATED or state == "initial"):
        return
    english = is_language(node.inherited("srcLang" if second else "source-language"), "en")
    locator = _locator(node, second=second)
    parts = _parts(target)
    if not parts:
        made = inline.unit(text, target, source if english else None, locator)
        if made is not None:
            yield made
        return
    originals = {
        part.attributes.get("mid"): part for seg in node.elements("seg-source", "source")
        for part in _parts(seg)
    }  # fmt: skip
    for part in parts:
        mid = part.attributes.get("mid")
        original = originals.get(mid) if english else None
        made = inline.unit(text, part, original, f"{locator}, segment {mid}")
        if made is not None:
            yield made


def _parts(node: Node) -> list[Node]:
    return [
        part for part in node.walk() if part.name == "mrk" and part.attributes.get("mtype") == "seg"
    ]


def _locator(node: Node, *, second: bool) -> str:
    if not second:
        return f"unit {node.attributes.get('id', '?')}"
    unit = node.parent.attributes.get("id", "?") if node.parent is not None else "?"
    own = node.attributes.get("id")
    return f"unit {unit}, segment {own}" if own else f"unit {unit}"
