"""JSON Lines: cut by content alone, and changed in one string literal alone."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtrepair.batch.chunk import Chunk, Key
from mtrepair.batch.formats import jsonl
from mtrepair.batch.formats.jsonl import lines, parse, patch, places
from mtrepair.batch.records import Record, Reject
from mtrepair.batch.settings import Settings

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def chunk(payload: bytes, first: int = 1) -> Chunk:
    return Chunk(key=Key(0, 0), payload=payload, first=first, size=len(payload))


def patched(payload: bytes, patches: list[Any]) -> bytes:
    out, at = b"", 0
    for one in patches:
        out += payload[at : one.start] + one.data
        at = one.end
    return out + payload[at:]


# On a busy machine twelve short lists have taken longer to draw than Hypothesis likes.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    content=st.lists(st.binary(max_size=40).map(lambda b: b.replace(b"\n", b"")), max_size=12),
    ended=st.booleans(),
    size=st.integers(1, 60),
    longest=st.integers(1, 40),
    blocks=st.lists(st.integers(1, 50), min_size=1, max_size=5),
)
def test_cuts_depend_on_the_content_alone(
    content: list[bytes], ended: bool, size: int, longest: int, blocks: list[int]
) -> None:
    data = b"\n".join(content) + (b"\n" if ended else b"")
    turn = 0

    def uneven(wanted: int) -> bytes:
        nonlocal turn
        turn += 1
        return stream.read(min(wanted, blocks[turn % len(blocks)]))

    stream = io.BytesIO(data)
    whole: list[bytes] = []
    found: list[bytes] = []
    for piece in lines(uneven, size, longest, whole.append):
        whole.append(piece)
        found.append(piece)
    assert b"".join(whole) == data  # nothing is lost, and what does not fit is passed on
    assert found == list(lines(io.BytesIO(data).read, size, longest))
    for piece in found:
        assert piece == b"" or piece.endswith(b"\n") or data.endswith(piece)
        assert len(piece) < size + longest + 1


def test_a_line_that_does_not_fit_is_passed_on() -> None:
    data = b"a\n" + b"x" * 500 + b"\nb\n"
    seen: list[bytes] = []
    assert list(lines(io.BytesIO(data).read, 10, 20, seen.append)) == [b"a\n", b"", b"b\n"]
    assert b"".join(seen) == b"x" * 500 + b"\n"


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(record=st.dictionaries(st.text(), values, max_size=5), new=st.text(), ascii_=st.booleans())
def test_only_the_text_changes(record: dict[str, Any], new: str, ascii_: bool) -> None:
    record["text"] = "l'été"
    line = (
        (json.dumps(record, ensure_ascii=ascii_, indent=None) + "\r\n").encode(
            "utf-8", "surrogatepass" if ascii_ else "strict"
        )
        if ascii_ or _encodable(record)
        else b""
    )
    if not line:
        return
    (one,) = parse(chunk(b"\n" + line), Settings())
    assert isinstance(one, Record)
    assert one.number == 2
    result = patched(b"\n" + line, patch(one, {"text": new}))
    changed = json.loads(result)
    assert changed == {**record, "text": new}
    assert list(changed) == list(record)
    left, right = places(line.decode())["text"]
    assert result.decode().startswith("\n" + line.decode()[:left])
    assert result.decode().endswith(line.decode()[right:])


def _encodable(record: dict[str, Any]) -> bool:
    try:
        json.dumps(record, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('{"n": 1.50, "text" :  "le le" , "z":1e5}', '{"n": 1.50, "text" :  "le" , "z":1e5}'),
        ('{"text": "\\u00e9t\\u00e9"}', '{"text": "le"}'),
        ('{"text": "a", "text": "b"}', '{"text": "a", "text": "le"}'),  # the last one counts
        ('{"a": {"text": "x"}, "text": "b"}', '{"a": {"text": "x"}, "text": "le"}'),
        ('  {"text":"b"}  ', '  {"text":"le"}  '),
    ],
)
def test_everything_else_keeps_its_bytes(line: str, expected: str) -> None:
    data = line.encode()
    (one,) = parse(chunk(data), Settings())
    assert isinstance(one, Record)
    assert patched(data, patch(one, {"text": "le"})).decode() == expected


def test_escapes_stay_escapes() -> None:
    data = b'{"text": "l\\u2019\\u00e9t\\u00e9"}\n'
    (one,) = parse(chunk(data), Settings())
    assert isinstance(one, Record)
    assert patched(data, patch(one, {"text": "l’hiver né"})) == (
        b'{"text": "l\\u2019hiver n\\u00e9"}\n'
    )


def test_half_a_surrogate_pair_survives() -> None:
    data = b'{"text": "a \\ud83d b"}\n'
    (one,) = parse(chunk(data), Settings())
    assert isinstance(one, Record)
    assert json.loads(patched(data, patch(one, {"text": "c \ud83d d"})))["text"] == "c \ud83d d"


@pytest.mark.parametrize(
    ("line", "reason", "kept"),
    [
        (b'{"text": "a"', "bad-json", False),
        (b'{"text": "a"} {"text": "b"}', "bad-json", False),
        (b"[" * 100_000, "bad-json", False),
        (b'{"text": "\xff"}', "not-utf-8", False),
        (b'["text"]', "not-an-object", False),
        (b'{"txt": "a"}', "wrong-type", True),
        (b'{"text": null}', "wrong-type", True),
        (b'{"text": 3}', "wrong-type", True),
        (b'{"text": "' + b"a" * 300_000 + b'"}', "too-long", True),
    ],
)
def test_what_is_no_record_says_why(line: bytes, reason: str, kept: bool) -> None:
    good = b'{"text": "a"}\n'
    payload = good + line + b"\n" + good
    found = list(parse(chunk(payload), Settings(longest=200_000)))
    assert [type(one) for one in found] == [Record, Reject, Record]
    one = found[1]
    assert isinstance(one, Reject)
    assert (one.number, one.reason, one.kept) == (2, reason, kept)
    if one.drop is not None:
        assert patched(payload, [one.drop]) == good + good
        assert one.raw == line + b"\n"


def test_a_byte_order_mark_is_no_error() -> None:
    payload = b'\xef\xbb\xbf{"text": "a"}\n'
    (one,) = parse(chunk(payload), Settings())
    assert isinstance(one, Record)
    assert patched(payload, patch(one, {"text": "b"})) == b'\xef\xbb\xbf{"text": "b"}\n'


def test_ids_and_sources_come_from_their_fields() -> None:
    settings = Settings(id_field="k", text_fields=("t", "u"), source_fields=("s", "v"))
    payload = b'{"k": "x", "t": "a", "s": "A", "u": "b"}\n{"t": "a", "u": "b"}\n'
    one, two = parse(chunk(payload), settings)
    assert isinstance(one, Record)
    assert one.id == "x"
    assert [(t.field, t.text, t.source) for t in one.texts] == [("t", "a", "A"), ("u", "b", None)]
    assert isinstance(two, Reject)
    assert two.detail == "no field 'k'"
    assert jsonl.KIND == "jsonl"
