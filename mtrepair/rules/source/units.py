"""Numbers that the translation has with another unit than the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mtrepair.core import Span
from mtrepair.rules.passage import Passage
from mtrepair.rules.source.quantities import numbers, same

_UNIT = re.compile(r"[\s\u00a0\u202f-]*(?:[%°$€£¥]|[^\W\d_]+(?:[\s\u00a0]de[\s\u00a0]\w+)?)")


def swapped(passage: Passage) -> Iterator[tuple[Span, str, str]]:
    """Number and unit in the translation, its unit's family, and the source's.

    Only numbers that both sides have once and in digits count, and only where the source's unit
    stands nowhere else in the translation.
    """
    if not passage.source:
        return
    english = [n for n in numbers(passage.source, "en") if n.digits]
    french = [n for n in numbers(passage.text, "fr") if n.digits]
    units = {n.unit for n in french}
    for number in french:
        if not number.unit:
            continue
        pairs = [n for n in english if same(n, number)]
        twins = [n for n in french if same(n, number)]
        if len(pairs) != 1 or len(twins) != 1 or not pairs[0].unit:
            continue
        if pairs[0].unit != number.unit and pairs[0].unit not in units:
            end = number.span.end
            unit = _UNIT.match(passage.text, end)
            yield Span(number.span.start, unit.end() if unit else end), number.unit, pairs[0].unit
