"""DOCX: the text of runs is read and written, and nothing else is touched."""

from __future__ import annotations

import io
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtrepair import api
from mtrepair.cli.main import main
from mtrepair.core import OBJECT, Edit, InputError, Span, apply
from mtrepair.readers import edited, read
from mtrepair.readers.files import encode, read_bytes
from mtrepair.readers.packed import Block, Layout, PackedText
from tests.timing import assert_grows, spent

docx = pytest.importorskip("docx", reason="python-docx is not installed")


def made(*build: Callable[[Any], None]) -> bytes:
    document = docx.Document()
    for step in build:
        step(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def full(document: Any) -> None:
    document.add_heading("Le titre titre du document", 1)
    paragraph = document.add_paragraph("Le plan ")
    paragraph.add_run("de relance de ").bold = True
    paragraph.add_run("relance a été adopté .")
    paragraph = document.add_paragraph()
    for text in ("Il faut ", "que ", "que ", "tout aille bien."):
        paragraph.add_run(text)
    paragraph.add_run().add_break()
    paragraph.add_run("La suite\tici.").italic = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "La case case."
    table.cell(0, 1).text = "Bien."
    document.add_paragraph("Un point", style="List Bullet")
    document.sections[0].footer.paragraphs[0].text = "Pied de de page"


def xml(inner: str) -> bytes:
    """A document whose paragraphs are the given WordprocessingML."""
    data = made()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                start = content.index(b"<w:body>") + len(b"<w:body>")
                end = content.index(b"<w:sectPr")
                content = content[:start] + inner.encode() + content[end:]
            new.writestr(info, content)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def runs(data: bytes) -> list[list[tuple[str, bool | None]]]:
    document = docx.Document(io.BytesIO(data))
    return [[(run.text, run.bold) for run in p.runs] for p in document.paragraphs]


def repaired(data: bytes) -> bytes:
    file = read_bytes(data, "a.docx")
    session = api.Session(api.Options(select=("repetition", "typography")))
    result = session.fix(read(file.text, name="a.docx"))
    assert result.settled
    return encode(file, result.text, result.edits)


def test_what_is_read() -> None:
    document = read(read_bytes(made(full), "a.docx").text, name="a.docx")
    assert [(s.kind, s.locator, s.text) for s in document.segments] == [
        ("heading", "paragraph 1", "Le titre titre du document"),
        ("paragraph", "paragraph 2", "Le plan de relance de relance a été adopté ."),
        ("paragraph", "paragraph 3", "Il faut que que tout aille bien.\nLa suite\tici."),
        ("cell", "paragraph 4", "La case case."),
        ("cell", "paragraph 5", "Bien."),
        ("paragraph", "paragraph 6", "Un point"),
        ("paragraph", "footer, paragraph 1", "Pied de de page"),
    ]


def test_without_an_edit_every_byte_stays() -> None:
    data = made(full)
    file = read_bytes(data, "a.docx")
    assert encode(file, file.text) == data == encode(file, file.text, [])


def test_a_repair_keeps_runs_and_every_other_part() -> None:
    data = made(full)
    after = repaired(data)
    assert runs(after)[:2] == [
        [("Le titre du document", None)],
        [("Le plan ", None), ("de relance", True), (" a été adopté.", None)],
    ]
    before, now = parts(data), parts(after)
    assert list(before) == list(now)
    changed = [name for name in before if before[name] != now[name]]
    assert sorted(changed) == ["word/document.xml", "word/footer1.xml"]
    again = read(read_bytes(after, "a.docx").text, name="a.docx")
    assert "Il faut que tout aille bien.\nLa suite\tici." in [s.text for s in again.segments]
    assert repaired(after) == after


def test_text_does_not_cross_a_change_of_formatting() -> None:
    document = read(read_bytes(made(full), "a.docx").text, name="a.docx")
    text = document.segments[1].text
    at = text.index("plan de")
    crossing = Span(at, at + 7)
    assert document.edits(1, [Edit(span=crossing, text="projet du")]) is None
    assert document.edits(1, [Edit(span=crossing, text="")]) is not None
    assert document.edits(1, [Edit(span=Span(at, at + 4), text="projet")]) is not None
    # Runs that look alike are one to the reader.
    at = document.segments[2].text.index("que que")
    assert document.edits(2, [Edit(span=Span(at, at + 7), text="qu'enfin")]) is not None


def test_seams_move_along_with_the_text() -> None:
    document = read(read_bytes(made(full), "a.docx").text, name="a.docx")
    (edit,) = document.edits(0, [Edit(span=Span(0, 2), text="Un long")]) or []
    again = edited(document, [edit])
    assert isinstance(again.text, PackedText)
    assert again.segments[0].text == "Un long titre titre du document"
    at = again.segments[1].text.index("plan de")
    assert again.edits(1, [Edit(span=Span(at, at + 7), text="projet du")]) is None


RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<w:ins w:id='1'>" + RUN.format("mis ") + "</w:ins><w:del w:id='2'><w:r><w:delText>ôté"
         "</w:delText></w:r></w:del>" + RUN.format("là"), "mis là"),
        ("<w:hyperlink>" + RUN.format("un lien") + "</w:hyperlink>" + RUN.format(" ici"),
         "un lien ici"),
        ("<w:fldSimple w:instr='PAGE'>" + RUN.format("12") + "</w:fldSimple>"
         + RUN.format(" pages"),
         "@ pages"),
        ("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
         "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + RUN.format("mardi")
         + "<w:r><w:fldChar w:fldCharType='end'/></w:r>" + RUN.format(" soir"), "@@@@@ soir"),
        (RUN.format("note") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + RUN.format(" vue"),
         "note@ vue"),
        (RUN.format("sous") + "<w:r><w:noBreakHyphen/></w:r>" + RUN.format("sol"), "sous\u2011sol"),
        (RUN.format("un") + "<w:proofErr w:type='spellStart'/>" + RUN.format("ité"), "unité"),
        ("<w:sdt><w:sdtContent>" + RUN.format("champ") + "</w:sdtContent></w:sdt>", "champ"),
    ],
)  # fmt: skip
def test_what_stands_in_a_paragraph(inner: str, expected: str) -> None:
    document = read(read_bytes(xml(f"<w:p>{inner}</w:p>"), "a.docx").text, name="a.docx")
    assert [s.text.replace(OBJECT, "@") for s in document.segments] == [expected]


def test_a_text_box_is_left_alone() -> None:
    box = (
        "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox>"
        f"<w:txbxContent><w:p>{RUN.format('la la boîte')}</w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r>"
    )
    document = read(
        read_bytes(xml(f"<w:p>{RUN.format('avant')}{box}</w:p>"), "a.docx").text, name="a.docx"
    )
    assert [s.text for s in document.segments] == ["avant" + OBJECT]


def test_a_paragraph_of_two_lines_can_go() -> None:
    file = read_bytes(PACKAGE, "a.docx")
    document = read(file.text, name="a.docx")
    edits = document.edits(2, [Edit(span=Span(0, len(document.segments[2].text)), text="")]) or []
    after = apply(file.text, edits)
    for known in (edits, None):
        assert read_bytes(encode(file, after, known), "a.docx").text == after


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_any_edit_of_a_paragraph_comes_back(data: st.DataObject) -> None:
    """What is written and read again is the text after the edits, with and without them named."""
    package = PACKAGE
    file = read_bytes(package, "a.docx")
    document = read(file.text, name="a.docx")
    index = data.draw(st.integers(0, len(document.segments) - 1))
    length = len(document.segments[index].text)
    start = data.draw(st.integers(0, length - 1))
    end = data.draw(st.integers(start, length))
    text = data.draw(st.text(alphabet="ab é<&>\u00a0", max_size=6))
    edits = document.edits(index, [Edit(span=Span(start, end), text=text)])
    if edits is None:
        return
    after = apply(file.text, edits)
    for known in (edits, None):
        assert read_bytes(encode(file, after, known), "a.docx").text == after


PACKAGE = made(full)


def test_a_layout_travels() -> None:
    layout = Layout((Block(0, 3, "paragraph", "p"),), (Span(1, 2),), (2,))
    text = PackedText("abc", layout)
    again = pickle.loads(pickle.dumps(text))
    assert again == text and again.layout == layout
    assert type(text[:2]) is str


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 nothing", "not a Word document"),
        (made(), "no text in this document"),
        (xml("<w:p>" * 300 + "</w:p>" * 300), "not a Word document"),
        (xml("<w:p>"), "not a Word document"),
    ],
)
def test_what_is_no_document_is_one_clear_line(data: bytes, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "a.docx")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_text_that_does_not_fit_is_refused() -> None:
    file = read_bytes(made(full), "a.docx")
    with pytest.raises(InputError, match="goes beyond it"):
        encode(file, str(file.text)[40:])


def test_time_is_linear() -> None:
    def seconds(count: int) -> float:
        data = xml(f"<w:p>{RUN.format('le le mot ') * 4}</w:p>" * count)

        def work() -> None:
            file = read_bytes(data, "a.docx")
            document = read(file.text, name="a.docx")
            edits = [e for i in range(count) for e in document.edits(i, [EDIT]) or ()]
            encode(file, apply(file.text, edits), edits)

        return spent(work)

    assert_grows(seconds, 100, 800, factor=28, floor=0.4)


EDIT = Edit(span=Span(0, 3), text="")


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(made(full))
    options = ["--no-config", "--select", "repetition,typography"]
    assert main(["check", *options, str(path)]) == 1
    assert "doubled-phrase" in capsys.readouterr().out
    patch = str(tmp_path / "a.diff")
    assert main(["fix", *options, "--patch", patch, str(path)]) == 2
    assert "Word document" in capsys.readouterr().err
    assert main(["fix", *options, "--write", str(path)]) == 0
    assert main(["check", *options, str(path)]) == 0
    assert runs(path.read_bytes())[0] == [("Le titre du document", None)]
