# ruff: noqa: E501 - files as tools write them
"""PO, XLIFF and TMX: what is read, what is left alone, and that nothing else ever changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtrepair.cli.main import main
from mtrepair.core import OBJECT, Edit, InputError, Span, apply
from mtrepair.readers import read
from mtrepair.readers.files import encode, read_bytes
from tests.timing import assert_grows, spent

pytest.importorskip("translate.storage", reason="translate-toolkit is not installed")

PO = r"""# Un commentaire
msgid ""
msgstr ""
"Language: fr\n"
"Content-Type: text/plain; charset=UTF-8\n"

#: a.c:1
#, c-format
msgid "The file %s of <b>%d</b> bytes."
msgstr ""
"Le fichier %s de <b>%d</b> octets et le "
"le \"reste\".\n"
"Fin de la ligne."

#, fuzzy, c-format
#| msgid "older"
msgid "old"
msgstr "vieux vieux"

msgctxt "menu"
msgid "_Open file"
msgid_plural "_Open %d files"
msgstr[0] "_Ouvrir le fichier"
msgstr[1] "_Ouvrir les %d fichiers"

msgid "untranslated"
msgstr ""

#~ msgid "gone"
#~ msgstr "parti parti"

msgid "last"
msgstr "dernier\tmot"
"""

XLIFF1 = """<?xml version='1.0' encoding="utf-8"?>
<!-- un é -->
<xliff version='1.2' xmlns="urn:oasis:names:tc:xliff:document:1.2"  xmlns:x="urn:x">
<file original="a" source-language="en-US" target-language="fr-FR" datatype="html"><body>
<trans-unit id="1"><source>The <g id="1">big &amp; red</g> house<x id="2"/>.</source>
  <target state="translated">La <g id="1">grande &amp; rouge</g> maison<x id="2"/>.</target>
  <alt-trans><source>x</source><target>autre chose</target></alt-trans><x:note>Une note.</x:note>
</trans-unit>
<group translate="no"><trans-unit id="2"><source>A</source><target>Un chat</target></trans-unit></group>
<trans-unit id="3"><source>Same</source><target state="new">Same</target></trans-unit>
<trans-unit id="4"><source>One day. Two dogs.</source>
<seg-source><mrk mtype="seg" mid="0">One day.</mrk> <mrk mtype="seg" mid="1">Two dogs.</mrk></seg-source>
<target><mrk mtype="seg" mid="0">Un jour.</mrk> <mrk mtype="seg" mid="1">Deux <bpt id="1">&lt;b></bpt>chiens<ept id="1">&lt;/b></ept>
    aboient.</mrk></target></trans-unit>
<trans-unit id="5"><source><![CDATA[Hello & bye]]></source><target><![CDATA[Bonjour & adieu]]></target></trans-unit>
<trans-unit id="6"><source>Near</source><target state-qualifier="fuzzy-match">Loin</target></trans-unit>
<trans-unit id="7"><source>None</source></trans-unit>
</body></file>
<file original="b" source-language="en" target-language="de" datatype="html"><body>
<trans-unit id="8"><source>Dog</source><target>Der Hund</target></trans-unit></body></file></xliff>
"""

XLIFF2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr">
<file id="f1"><unit id="u1"><segment id="s1"><source>Hello <pc id="1">big</pc> <ph id="2"/> world</source>\
<target>Bonjour <pc id="1">grand</pc> <ph id="2"/> monde</target></segment>\
<ignorable><source> </source></ignorable><segment><source>Two</source></segment></unit>
<unit id="u2" translate="no"><segment><source>A</source><target>Un chat</target></segment></unit>
<unit id="u3"><segment state="final"><source>Dog <cp hex="001B"/><sc id="1"/>x<ec startRef="1"/></source>\
<target>Chien <cp hex="001B"/><sc id="1"/>x<ec startRef="1"/></target></segment></unit></file></xliff>
"""

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en" adminlang="en" segtype="sentence" datatype="plaintext"
 creationtool="t" creationtoolversion="1" o-tmf="x"/><body>
<tu tuid="a"><tuv xml:lang="en-US"><seg>The dog.</seg></tuv>
<tuv xml:lang="fr-FR"><seg>Le chien<ph x="1">{0}</ph>.</seg></tuv><tuv xml:lang="FR-CA"><seg>Le chien là.</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Der Hund</seg></tuv><tuv xml:lang="fr"><seg>Le &foo; chien &lt; chat</seg></tuv></tu>
<tu srclang="fr"><tuv xml:lang="fr"><seg>Un original</seg></tuv><tuv xml:lang="en"><seg>A source</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>Seul</seg></tuv></tu>
</body></tmx>
"""

ALL = {"a.po": PO, "a.xlf": XLIFF1, "b.xliff": XLIFF2, "a.tmx": TMX}


def seen(text: str, name: str, lang: str = "fr") -> list[tuple[str | None, str, str | None]]:
    found = []
    for segment in read(text, name=name, lang=lang).segments:
        shown = segment.text
        while OBJECT * 2 in shown:
            shown = shown.replace(OBJECT * 2, OBJECT)
        source = segment.source and segment.source.replace(OBJECT, "@")
        found.append((segment.locator, shown.replace(OBJECT, "@"), source))
    return found


def test_po() -> None:
    assert seen(PO, "a.po") == [
        (
            "entry 1, msgstr",
            'Le fichier @ de @ octets et le le "reste".\nFin de la ligne.',
            "The file @ of @ bytes.",
        ),
        ("entry 3, msgstr[0]", "Ouvrir le fichier", "Open file"),
        ("entry 3, msgstr[1]", "Ouvrir les @ fichiers", "Open @ files"),
        ("entry 5, msgstr", "dernier\tmot", "last"),
    ]
    assert seen(PO, "a.po", "de") == []


def test_xliff_1() -> None:
    assert seen(XLIFF1, "a.xlf") == [
        ("unit 1", "La grande & rouge maison@.", "The big & red house@."),
        ("unit 4, segment 0", "Un jour.", "One day."),
        ("unit 4, segment 1", "Deux chiens\naboient.", "Two dogs."),
        ("unit 5", "Bonjour & adieu", "Hello & bye"),
    ]
    assert [text for _, text, _ in seen(XLIFF1, "a.xlf", "de")] == ["Der Hund"]


def test_xliff_2() -> None:
    assert seen(XLIFF2, "b.xlf") == [
        ("unit u1, segment s1", "Bonjour grand @ monde", "Hello big @ world"),
        ("unit u3", "Chien @x", "Dog @x"),
    ]


def test_tmx() -> None:
    assert seen(TMX, "a.tmx") == [
        ("unit a, variant 1", "Le chien@.", "The dog."),
        ("unit a, variant 2", "Le chien là.", "The dog."),
        ("unit 2", "Le @ chien < chat", None),
    ]


@pytest.mark.parametrize("name", ALL)
def test_a_file_without_edits_comes_back_byte_for_byte(name: str) -> None:
    for text in (ALL[name], ALL[name].replace("\n", "\r\n")):
        for data in (text.encode(), b"\xef\xbb\xbf" + text.encode()):
            file = read_bytes(data, name)
            assert read(file.text, name=name).segments
            assert encode(file, file.text) == data


@pytest.mark.parametrize("name", ALL)
def test_runs_stand_for_the_characters_of_the_file(name: str) -> None:
    """A run as wide as its text holds that text, unless an object hides it."""
    document = read(ALL[name], name=name)
    for segment in document.segments:
        at = 0
        for run in segment.runs:
            assert run.at == at
            at += run.length
            shown = segment.text[run.at : run.at + run.length]
            if run.length == run.width and OBJECT not in shown:
                assert document.text[run.start : run.start + run.width] == shown
        assert at == len(segment.text)


WORD = 'l\'eau & <b> "x" \\ ]]>'


@pytest.mark.parametrize("name", ALL)
def test_an_edit_changes_the_target_and_nothing_else(name: str) -> None:
    """Each word of each segment is replaced by something hostile; the file says so when read."""
    text = ALL[name]
    document = read(text, name=name)
    for index, segment in enumerate(document.segments):
        for word in set(segment.text.replace(OBJECT, " ").split()):
            start = segment.text.index(word)
            edit = Edit(span=Span(start, start + len(word)), text=WORD)
            made = document.edits(index, [edit])
            if made is None:  # it would cross a tag
                continue
            again = read(apply(text, made), name=name)
            assert len(again.segments) == len(document.segments)
            for place, (old, new) in enumerate(zip(document.segments, again.segments, strict=True)):
                assert old.locator == new.locator
                # A menu key counts only while both sides mark one.
                assert (old.source or "") == (new.source or "").replace("_", "")
                if place != index:
                    assert old.text == new.text
            pieces = [again.segments[index].text, apply(segment.text, [edit])]
            plain = [piece.replace(OBJECT, "").replace("<b>", "") for piece in pieces]
            if "\\" not in again.text or name == "a.po":
                assert plain[0].split() == plain[1].split() or OBJECT in pieces[0]


def test_placeholders_are_never_edited() -> None:
    document = read(PO, name="a.po")
    text = document.segments[0].text
    at = text.index(OBJECT)
    made = document.edits(0, [Edit(span=Span(0, at), text="Ce ")])
    assert made is not None
    assert "Ce %s de" in apply(PO, made)


def test_an_edit_over_a_wrapped_line_joins_it() -> None:
    document = read(PO, name="a.po")
    at = document.segments[0].text.index(" le le ")
    made = document.edits(0, [Edit(span=Span(at, at + 6), text=" le")])
    assert made is not None
    assert 'octets et le \\"reste\\".\\n"' in apply(PO, made)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='ab "\\\n\t<>&%s{}é\U0001f600]', min_size=1, max_size=30))
def test_any_text_survives_an_entry(text: str) -> None:
    from mtrepair.readers import po, xml

    written = f'msgid "x"\nmsgstr "mot {po.escape(text)} fin"\n'
    (segment,) = read(written, name="a.po").segments
    assert segment.text.startswith("mot") and segment.text.endswith(("fin", OBJECT))
    unit = f"<source>x</source><target>mot {xml.escape(text)} fin</target>"
    whole = f'<xliff version="1.2"><file><body><trans-unit id="1">{unit}</trans-unit></body></file></xliff>'
    (segment,) = read(whole, name="a.xlf").segments
    assert segment.text.startswith("mot") and segment.text.endswith(("fin", OBJECT))


def test_declared_encodings() -> None:
    po = PO.replace("UTF-8", "ISO-8859-15").replace("dernier", "café")
    file = read_bytes(po.encode("iso-8859-15"), "a.po")
    assert "café" in file.text and encode(file, file.text) == po.encode("iso-8859-15")
    assert seen(file.text, "a.po")[-1][1] == "café\tmot"
    xliff = XLIFF1.replace('"utf-8"', '"iso-8859-1"')
    file = read_bytes(xliff.encode("iso-8859-1"), "a.xlf")
    assert "un é" in file.text and len(seen(file.text, "a.xlf")) == 4
    template = PO.replace("charset=UTF-8", "charset=CHARSET")
    assert read_bytes(template.encode(), "a.pot").encoding == "utf-8"


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ('msgid "a\nmsgstr "b"\n', "a.po", "a.po: not a PO file"),
        ("<xliff><file></xliff>", "a.xlf", "a.xlf:1:16: not well-formed XML (mismatched tag)"),
        ("du texte", "a.tmx", "not well-formed XML"),
        ("<html/>", "a.xlf", "not an XLIFF file (its root is <html>)"),
        ("<html/>", "a.tmx", "not a TMX file"),
        ("<tmx>" + "<a>" * 100_000, "a.tmx", "nested more than"),
        ('<!DOCTYPE x [<!ENTITY a "' + "b" * 10 + '"><!ENTITY c "' + "&a;" * 10
         + '">]><tmx><body>&c;</tmx>', "a.tmx", "mismatched tag"),
    ],
)  # fmt: skip
def test_what_is_not_such_a_file_is_one_clear_line(text: str, name: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text, name=name)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


PILES = {
    "entries": ("a.po", lambda n: 'msgid "a"\nmsgstr "mot mot"\n\n' * n),
    "lines": ("a.po", lambda n: 'msgid "a"\nmsgstr ""\n' + '"mot \\n"\n' * n),
    "units": (
        "a.xlf",
        lambda n: (
            '<xliff version="1.2"><file><body>'
            + '<trans-unit id="é"><source>a</source><target>m &amp; n</target></trans-unit>' * n
            + "</body></file></xliff>"
        ),
    ),
    "entities": (
        "a.xlf",
        lambda n: (
            '<xliff version="1.2"><file><body><trans-unit id="1"><source>a</source><target>'
            + "m &amp; <x id='1'/>é\n  " * n
            + "</target></trans-unit></body></file></xliff>"
        ),
    ),
    "variants": (
        "a.tmx",
        lambda n: (
            '<tmx version="1.4"><header srclang="en"/><body>'
            + '<tu><tuv xml:lang="en"><seg>a</seg></tuv><tuv xml:lang="fr"><seg>m</seg></tuv></tu>'
            * n
            + "</body></tmx>"
        ),
    ),
}


@pytest.mark.parametrize("pile", PILES)
def test_time_is_linear(pile: str) -> None:
    name, make = PILES[pile]

    def seconds(count: int) -> float:
        text = make(count)
        return spent(lambda: read(text, name=name))

    assert_grows(seconds, 300, 2_400, factor=28, floor=0.4)


def test_the_commands_work_on_them(tmp_path: Path) -> None:
    for name, text in ALL.items():
        doubled = text.replace("Le chien là", "Le le chien là").replace("maison", "maison maison")
        doubled = doubled.replace("monde</", "monde que que</")
        (tmp_path / name).write_bytes(doubled.encode())
    options = ["--no-config", "--select", "repetition"]
    assert main(["check", *options, str(tmp_path)]) == 1
    assert main(["fix", *options, "--write", str(tmp_path)]) == 0
    assert main(["check", *options, str(tmp_path)]) == 0
    fixed = {name: (tmp_path / name).read_bytes().decode() for name in ALL}
    assert fixed["a.xlf"] == XLIFF1
    assert fixed["a.tmx"] == TMX
    assert fixed["b.xliff"] == XLIFF2.replace("monde</", "monde que</")
    assert fixed["a.po"] == PO.replace('octets et le "\n"le ', "octets et le ")
