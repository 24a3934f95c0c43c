"""English phrases that are found in whatever literal French an engine makes of them."""

from __future__ import annotations

from pathlib import Path

import marisa_trie
import pytest

from mtrepair import api
from mtrepair.core import Segment
from mtrepair.languages import load
from mtrepair.languages.fr.lexicon import Lexicon
from mtrepair.rules import Passage
from mtrepair.rules.calques import idioms, inventory
from mtrepair.rules.calques.patterns import TERM

HERE = Path(idioms.__file__).parent
LINES = (HERE / "idioms.tsv").read_text("utf-8").rstrip("\n").split("\n")[1:]


def found(text: str, table: idioms.Idioms | None = None) -> dict[str, tuple[str, tuple[str, ...]]]:
    """The phrases in a text: where, and what French says there."""
    passage = Passage(Segment(text=text, runs=(), source=None), 0, load("fr"))
    tokens = passage.tokens
    return {
        one.idiom.english: (idioms.span(one, tokens).of(text), idioms.offered(one, tokens, text))
        for one in (table or idioms.phrases()).search(tokens)
    }


def own(*rows: str) -> idioms.Idioms:
    """A table of one's own with the words of literal.tsv; a row is a phrase and its French."""
    english = inventory.English(inventory.literal(HERE / "literal.tsv"))
    lines: list[str] = []
    for row in rows:
        phrase, french = row.split("=")
        parts = inventory.words(phrase, english)
        assert parts is not None
        lines.append(inventory.line(phrase, french, parts))
    trie = inventory.trie(inventory.index(lines, english))
    return idioms.Idioms([line.encode() for line in lines], trie)


@pytest.mark.parametrize(
    "text",
    [
        "Ils ont jeté une clé dans les travaux.",
        "La grève pourrait lancer une clef dans les œuvres.",
        "Ce vote jette des clés dans le travail.",
    ],
)
def test_any_literal_french_of_a_phrase_is_found(text: str) -> None:
    assert "throw a spanner in the works" in found(text)


def test_the_inflection_of_the_verb_is_kept() -> None:
    table = own("throw a spanner in the works=mettre@V des bâtons dans les roues")
    ((span, offered),) = found("Ils jetteront une clé dans les travaux.", table).values()
    assert span == "jetteront une clé dans les travaux"
    assert offered == ("mettront des bâtons dans les roues",)


def test_what_would_be_lost_is_not_offered() -> None:
    table = own("rock the boat=faire@V des vagues")
    assert found("Elle secoue le bateau.", table)["rock the boat"][1] == ("fait des vagues",)
    assert found("Elle ne secoue pas le bateau.", table)["rock the boat"][1] == ()


def test_neighbours_may_change_places_and_a_verb_may_not() -> None:
    table = own("packed courtroom=salle d'audience comble", "rock the boat=faire@V des vagues")
    assert "packed courtroom" in found("Dans un tribunal bondé, elle a parlé.", table)
    assert "rock the boat" not in found("Le bateau, elle le secoue.", table)
    assert "rock the boat" not in found("Le bateau secoué rentre au port.", table)


def test_small_words_are_those_of_english() -> None:
    table = own("burn to the ground=réduire@V en cendres")
    assert "burn to the ground" in found("Le feu a brûlé au sol trois maisons.", table)
    assert "burn to the ground" not in found("Le feu a brûlé sans sol ni toit.", table)
    assert "burn to the ground" not in found("Le feu a brûlé, le sol fume.", table)


def test_a_verb_is_no_noun_behind_a_determiner() -> None:
    table = own("march the streets=défiler@V dans les rues")
    assert "march the streets" in found("Ils marchent les rues depuis lundi.", table)
    assert "march the streets" not in found("Cette marche les rues la connaissent.", table)


def test_a_preposition_that_a_phrase_goes_on_with_belongs_to_it() -> None:
    table = own("poke holes in=démonter@V")
    text = "L'avocat a piqué des trous dans le dossier."
    ((span, offered),) = found(text, table).values()
    assert span == "piqué des trous dans"
    assert offered == ("démonté",)
    assert not found("L'avocat a piqué des trous.", table)


def test_articles_are_not_doubled() -> None:
    table = own("a game changer=une révolution")
    ((_, offered),) = found("C'est un changeur de jeu pour nous.", table).values()
    assert offered == ("révolution",)


def test_right_french_is_left_alone() -> None:
    for text in (
        "Le fils a jeté la clé dans le jardin.",
        "Les travaux du tunnel ont une clé de voûte.",
        "Le bateau a basculé au large de Brest.",
    ):
        assert not any(f.rule == "calque" for f in api.check(text).findings), text


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("throw a spanner in the works", "throw *spanner in/*works"),
        ("keep a close eye on", "keep *close +eye on>"),
        ("off the table", "off *table"),
        ("on the high side", "on/*high +side"),
        ("do that", None),
        ("get good", None),
    ],
)
def test_the_words_of_a_phrase(phrase: str, words: str | None) -> None:
    english = inventory.English(inventory.literal(HERE / "literal.tsv"))
    assert inventory.words(phrase, english) == words


def test_what_french_says_word_for_word_is_no_calque() -> None:
    english = inventory.English(inventory.literal(HERE / "literal.tsv"))
    for phrase, french, literal in (
        ("dream home", "maison de rêve", True),
        ("rock the boat", "faire@V des vagues", False),
    ):
        parts = inventory.words(phrase, english)
        assert parts is not None
        idiom = idioms.Idiom.parse(inventory.line(phrase, french, parts))
        assert inventory.is_literal(french, idiom, english) is literal


def test_articles_and_reflexives_are_normal() -> None:
    assert inventory.normal("The Hat  trick", "le triplé") == ("hat trick", "triplé")
    assert inventory.normal("lose patience", "s'impatienter@V") == (
        "lose patience",
        "se impatienter@V",
    )


def test_the_index_is_current() -> None:
    english = inventory.English(inventory.literal(HERE / "literal.tsv"))
    for line in LINES:
        fields = line.split("\t")
        assert inventory.words(fields[0], english) == fields[2], "run scripts/build-idioms"
    index = marisa_trie.BytesTrie()
    index.load(str(HERE / "idioms.marisa"))
    assert inventory.index(LINES, english) == {key: [value] for key, value in index.items()}


def test_the_table_is_sorted_and_well_formed() -> None:
    phrases = [line.split("\t")[0] for line in LINES]
    assert sorted(set(phrases)) == phrases
    for line in LINES:
        idiom = idioms.Idiom.parse(line)
        assert idiom.french, idiom.english
        assert len(idiom.slots) >= 2, idiom.english
        assert line.split("\t")[3] in ("sure", "unsure")
        for template in idiom.french:
            for match in TERM.finditer(template):
                assert match[3], template
                assert Lexicon.load().forms(match[3], match[4]), f"{match[3]} in {template}"
