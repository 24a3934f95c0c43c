"""What of Markdown is prose, and what is never touched."""

from __future__ import annotations

import pytest

from mtrepair.core import OBJECT, Edit, Span, apply
from mtrepair.readers import read


def seen(text: str) -> list[tuple[str, str]]:
    """Kind and text of each segment; a stretch of objects shows as one ``@``."""
    found = []
    for segment in read(text, name="a.md").segments:
        shown = segment.text
        while OBJECT * 2 in shown:
            shown = shown.replace(OBJECT * 2, OBJECT)
        found.append((segment.kind, shown.replace(OBJECT, "@")))
    return found


def texts(text: str) -> list[str]:
    return [shown for _, shown in seen(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Un titre #\n\nUn texte.", [("heading", "Un titre"), ("paragraph", "Un texte.")]),
        ("#Pas un titre", [("paragraph", "#Pas un titre")]),
        ("Sur deux\nlignes\n===", [("heading", "Sur deux\nlignes")]),
        ("- un\n  - deux\n\n    trois", [("item", "un"), ("item", "deux"), ("item", "trois")]),
        ("1. [ ] faire\n2. [x] fait", [("item", "faire"), ("item", "fait")]),
        ("- > cité", [("paragraph", "cité")]),
        ("> - un", [("item", "un")]),
        ("|a|b\\|c|\n|-|-|\n|*un*|\n", [("cell", "a"), ("cell", "b|c"), ("cell", "un")]),
        ("> | a |\n> |---|\n> | b |", [("cell", "a"), ("cell", "b")]),
        ("[^n]: Une note\n    et sa suite\n\n    fin", ["Une note\net sa suite", "fin"]),
        ("Vu[^n].\n[^n]: Une note", ["Vu.", "Une note"]),
        ("> [!NOTE]\n> Un avis", ["Un avis"]),
    ],
)
def test_blocks(text: str, expected: list[object]) -> None:
    pairs = zip(seen(text), expected, strict=True)
    assert [pair if isinstance(wanted, tuple) else pair[1] for pair, wanted in pairs] == expected


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Un titre\n---\n",
        "+++\ntitle = 'Un titre'\n+++\n",
        "```\ndu code\n```",
        "~~~ texte\ndu code\n~~~",
        "    du code",
        "\tdu code",
        "<!-- une remarque\n\nsur deux alinéas -->",
        "<pre>du texte</pre>",
        "<script>\nvar a;\n\nb\n</script>",
        "[r]: http://a.b 'un titre'",
        "![une image](a.png)",
        "$$\na + b\n$$",
        "***",
        "<http://a.b>",
    ],
)
def test_what_is_in_no_segment(text: str) -> None:
    assert texts(text) == []
    assert texts(f"{text}\n\nAprès") == ["Après"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un *mot* et **deux _mots_** ~~barrés~~", "Un mot et deux mots barrés"),
        ("2 * 3 * 4, un_mot_long, **seul", "2 * 3 * 4, un_mot_long, **seul"),
        ("***les deux* un**", "les deux un"),
        ("Le `code` et ``le ` code``, ou ` rien", "Le @ et @, ou ` rien"),
        ("[un *lien*](http://a.b 'titre') là", "un lien là"),
        ("[un [b] lien](<a b>) là", "un [b] lien là"),
        ("[texte][r] et [r] et [r][]\n\n[r]: x", "texte et @ et @"),
        ("[pas un lien] et [a](b c)", "[pas un lien] et [a](b c)"),
        ("Voir ![alt *x*](u) ici", "Voir @ ici"),
        ("Voir <http://a.b> ou http://a.b/c_d_e.", "Voir @ ou @."),
        ("caf&eacute; &amp; &#233; & &rien;", "café & é & &rien;"),
        ("\\*pas\\* \\un \\\\", "*pas* \\un \\"),
        ("Un  \ndeux\\\ntrois\nquatre", "Un\ndeux\ntrois\nquatre"),
        ("Un<br>deux <b>trois</b><!-- x -->", "Un\ndeux trois"),
        ("Tapez <kbd>Ctrl *a*</kbd> puis <code>x", "Tapez @ puis x"),
        ('Dire <span lang="en">so *what*</span> ou <i lang="fr">bref</i>', "Dire @ ou bref"),
        ("Soit $x_1 * y$ mais 5 $ et 6 $, 5$ et 6$.", "Soit @ mais 5 $ et 6 $, 5$ et 6$."),
        ("Soit $$a\n= b$$ ici", "Soit @ ici"),
        ("Bonjour {{ nom }} et {% if x %}", "Bonjour @ et @"),
    ],
)
def test_inline(text: str, expected: str) -> None:
    assert texts(text)[0] == expected


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_quote_marks_and_indents_go_with_the_line_break(newline: str) -> None:
    text = newline.join(["> - mot", ">   mot suite", "> paresseuse", "", "Fin"])
    document = read(text, name="a.md")
    assert [s.text for s in document.segments] == ["mot\nmot suite\nparesseuse", "Fin"]
    edits = document.edits(0, [Edit(span=Span(3, 7), text="")])
    assert edits is not None
    assert apply(text, edits) == newline.join(["> - mot suite", "> paresseuse", "", "Fin"])


def test_html_blocks_are_read_as_html() -> None:
    text = "<div>\n<p>Un <b>texte</b></p>\n</div>\n\nUn autre"
    document = read(text, name="a.md")
    assert [s.text for s in document.segments] == ["Un texte", "Un autre"]
    assert document.segments[0].locate(Span(3, 8)).of(text) == "texte"


def test_headings_stand_where_they_stand() -> None:
    text = "  ##   Un # titre  ##  \r\n# # \n#\n#\tb"
    document = read(text, name="a.md")
    assert [s.text for s in document.segments if "i" in s.text] == ["Un # titre"]
    for segment in document.segments:
        assert segment.locate(Span(0, len(segment.text))).of(text) == segment.text


def test_thematic_breaks_are_no_front_matter() -> None:
    assert texts("---\n\nUn texte\n\n---\n") == ["Un texte"]
