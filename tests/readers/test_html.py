"""What of HTML is prose, and what is never touched."""

from __future__ import annotations

import pytest

from mtrepair.core import OBJECT, Edit, Span, apply
from mtrepair.readers import read


def seen(text: str, lang: str = "fr") -> list[tuple[str, str]]:
    found = []
    for segment in read(text, name="a.html", lang=lang).segments:
        shown = segment.text
        while OBJECT * 2 in shown:
            shown = shown.replace(OBJECT * 2, OBJECT)
        found.append((segment.kind, shown.replace(OBJECT, "@")))
    return found


def texts(text: str, lang: str = "fr") -> list[str]:
    return [shown for _, shown in seen(text, lang)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<title>Un &amp; <b></title><h2>Deux</h2>trois", ["Un & <b>", "Deux", "trois"]),
        ("<p>un<p>deux<div>trois<div>quatre</div>cinq</div>six", None),
        ("<ul><li>un<li><p>deux</p></ul>trois", [("item", "un"), ("item", "deux"), "trois"]),
        ("<table><tr><th>a<td>b</table>c", [("cell", "a"), ("cell", "b"), ("paragraph", "c")]),
        ("<h1>a</h1><dl><dt>b<dd>c</dl>", [("heading", "a"), ("item", "b"), ("item", "c")]),
    ],
)
def test_blocks(text: str, expected: list[object] | None) -> None:
    got = seen(text)
    if expected is None:
        expected = ["un", "deux", "trois", "quatre", "cinq", "six"]
    pairs = zip(got, expected, strict=True)
    assert [pair if isinstance(wanted, tuple) else pair[1] for pair, wanted in pairs] == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>if (a < b) { '<p>mot</p>' }</script>",
        "<STYLE>p {}</Style >",
        "<pre>du <b>code</b></pre>",
        "<template><p>mot</p></template>",
        "<textarea>mot <p></textarea>",
        "<svg><text>mot</text></svg>",
        '<p translate="no">mot</p>',
        "<div class='a notranslate'>mot</div>",
        "<p lang=en>so what</p>",
        "<!-- mot -->",
        "<!-->",
        "<!DOCTYPE html><?php echo '<p>mot</p>' ?>",
        "<img alt=\"un > mot\" title='un mot'>",
        '<a href=\'l"eau\' title="un mot"></a>',
    ],
)
def test_what_is_in_no_segment(text: str) -> None:
    assert texts(text) == []
    assert texts(f"avant<p></p>{text}<p>après") == ["avant", "après"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("du <b>texte</b> <i>en</i><wbr>suite", "du texte ensuite"),
        ("tapez <code>a <b>b</b></code> ici <kbd>x</kbd>", "tapez @ ici @"),
        ("dire <i lang='en'>so what</i> ou <i lang=fr-CA>bref</i>", "dire @ ou bref"),
        ("caf&eacute; &lt;b&gt; &#xe9;&#233; &amp &rien; & a", "café <b> éé & &rien; & a"),
        ("un\u00a0mot&nbsp;seul", "un\u00a0mot\u00a0seul"),
        ("un<br>deux<br/>trois", "un\ndeux\ntrois"),
        ("un \r\n   deux", "un\r\ndeux"),
        ("1<sup>er</sup> mot<sup>[<a href=x>12</a>]</sup>.", "1er mot."),
        ("3 < 4 et <3 ou a<b", "3 < 4 et <3 ou a"),
        ("<p class=l'eau>un <a title='a>b'>lien</a>", "un lien"),
        ("un <code>oublié", "un oublié"),
        ("http://a.b/?c=d&amp;e, fin", "@, fin"),
    ],
)
def test_inline(text: str, expected: str) -> None:
    assert texts(text) == [expected]


def test_the_language_of_the_page_is_not_believed() -> None:
    assert texts("<html lang=en><body lang=en><p>Un mot</p>") == ["Un mot"]
    assert texts("<p lang=de>Ein Wort</p><p lang=fr>Un mot</p>", "de") == ["Ein Wort"]


def test_an_entity_is_replaced_whole_and_new_text_is_escaped() -> None:
    text = "<p>Le caf&eacute; &amp; le <b>th&eacute;</b>.</p>"
    document = read(text, format="html")
    (segment,) = document.segments
    at = segment.text.index("café")
    made = document.edits(0, [Edit(span=Span(at, at + 4), text="vin & l'eau <")])
    assert made is not None
    assert apply(text, made) == "<p>Le vin &amp; l'eau &lt; &amp; le <b>th&eacute;</b>.</p>"
    assert segment.locate(Span(0, len(segment.text))).of(text) == text[3:-4]


def test_edits_over_tags_only_delete() -> None:
    document = read("<p>un <b>mot</b> mot</p>", format="html")
    assert document.edits(0, [Edit(span=Span(3, 8), text="x")]) is None
    made = document.edits(0, [Edit(span=Span(2, 6), text="")])
    assert made is not None
    assert apply(document.text, made) == "<p>un<b></b> mot</p>"
