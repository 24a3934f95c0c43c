"""TMX: each variant in the wanted language is a segment, the one in English its source.

translate-toolkit says which units a file has and what is in them; :mod:`mtrepair.readers.xml` says
where. A variant that the two read differently is left alone. https://www.gala-global.org/tmx-14b
"""

from __future__ import annotations

from typing import Any

from mtrepair.core import Document, InputError, Segment
from mtrepair.readers import inline, xml
from mtrepair.readers.units import is_language, missing
from mtrepair.readers.xml import Node

_LANG = "http://www.w3.org/XML/1998/namespace lang"


def read(text: str, name: str = "<text>", lang: str = "fr") -> Document:
    """The translations in a translation memory.

    Units without a variant in another language are left out: their only text is an original.

    Raises:
        ConfigError: if translate-toolkit is not installed.
        InputError: if the file is not TMX.
    """
    root = xml.parse(text, name)
    if root.name != "tmx":
        raise InputError(f"{name}: not a TMX file (its root is <{root.name}>)")
    units = [node for node in root.walk() if node.name == "tu"]
    known = _known(text, name)
    if len(known) != len(units):
        raise InputError(f"{name}: cannot tell the units of this TMX file apart")
    found: list[Segment] = []
    headers = root.elements("header")
    default = headers[0].attributes.get("srclang") if headers else None
    for number, (node, unit) in enumerate(zip(units, known, strict=True), start=1):
        found += _segments(text, number, node, unit, default, lang)
    return Document(text=text, segments=tuple(found), format="tmx", name=name, escape=xml.escape)


def _known(text: str, name: str) -> list[Any]:
    try:
        from translate.storage.tmx import tmxfile
    except ImportError:
        raise missing("translate-toolkit", name) from None
    try:
        store: Any = tmxfile
        return list(store.parsestring(xml.encoded(text)).units)
    except Exception as error:  # it asserts, and lets lxml's errors through
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise InputError(f"{name}: not a TMX file ({reason})") from None


def _segments(
    text: str, number: int, node: Node, unit: Any, default: str | None, lang: str
) -> list[Segment]:
    variants = node.elements("tuv")
    doms = unit.getlanguageNodes()
    if len(doms) != len(variants):
        return []
    origin = node.attributes.get("srclang") or default or "*all*"
    targets: list[tuple[Node, Any]] = []
    source: Node | None = None
    others = False
    for variant, dom in zip(variants, doms, strict=True):
        segs = variant.elements("seg")
        code = variant.attributes.get(_LANG) or variant.attributes.get("lang")
        if len(segs) != 1 or not code:
            continue
        if is_language(code, lang) and not is_language(origin, lang):
            targets.append((segs[0], dom))
        elif not is_language(code, lang):
            others = True
            if is_language(code, "en") and source is None:
                source = segs[0]
    if not others:
        return []
    found: list[Segment] = []
    name = node.attributes.get("tuid")
    locator = f"unit {name}" if name else f"unit {number}"
    for place, (target, dom) in enumerate(targets, start=1):
        if "".join(dom.xpath("./*[local-name()='seg'][1]//text()")) != target.content():
            continue
        which = f", variant {place}" if len(targets) > 1 else ""
        made = inline.unit(text, target, source, locator + which)
        if made is not None:
            found.append(made)
    return found
