"""The line of a key is where a person would point at it."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from mtrepair.config.lines import key_lines

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = '''# head
lang = "fr"
select = [   # a list
  "names", "]",
  'repetition',
]
text = """
[not.a.table]
key = "no key"
"""
"quoted key" = 1
a.b = 2

[severity]
missing-nbsp = "minor"

[[ignore]]
rule = "x"

[[ignore]]   # second
text = "a # b"
[ignore.below]
deep = 1
'''


def test_lines() -> None:
    tomllib.loads(FILE)
    lines = key_lines(FILE)
    assert lines == {
        ("lang",): 2,
        ("select",): 3,
        ("text",): 7,
        ("quoted key",): 11,
        ("a", "b"): 12,
        ("severity",): 14,
        ("severity", "missing-nbsp"): 15,
        ("ignore",): 17,
        ("ignore", 0): 17,
        ("ignore", 0, "rule"): 18,
        ("ignore", 1): 20,
        ("ignore", 1, "text"): 21,
        ("ignore", 1, "below"): 22,
        ("ignore", 1, "below", "deep"): 23,
    }


KEYS = st.from_regex(r"[a-z]{1,3}(-[a-z]{1,3})?", fullmatch=True)
VALUES = st.one_of(
    st.integers(),
    st.text(max_size=8),
    st.lists(st.text(alphabet='a]["#=\n', max_size=4), max_size=3),
)


def written(value: object, wide: bool) -> str:
    if isinstance(value, str):
        escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 0x10000 else c for c in value)
        return f'"{escaped}"'
    if isinstance(value, list):
        gap = ",\n  " if wide else ", "
        return "[" + gap.join(written(v, wide) for v in value) + "]"
    return str(value)


@given(st.dictionaries(KEYS, VALUES, max_size=6), st.booleans())
def test_every_key_has_its_line(table: dict[str, object], wide: bool) -> None:
    text = ""
    wanted = {}
    for name, value in table.items():
        wanted[(name,)] = text.count("\n") + 1
        text += f"{name} = {written(value, wide)}\n"
    text = text.encode("utf-8", "replace").decode()
    if "\\ud8" in text or "\\ud9" in text or "\\uda" in text or "\\udb" in text:
        return
    if "\\udc" in text or "\\udd" in text or "\\ude" in text or "\\udf" in text:
        return
    tomllib.loads(text)
    assert key_lines(text) == wanted
