"""A baseline survives what editors do, and hides nothing that is new."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtrepair.api import CheckResult, Options, Session
from mtrepair.config.baseline import file_key, match, read_baseline, write_baseline
from mtrepair.config.fingerprint import Fingerprint, fingerprint, fold
from mtrepair.core import ConfigError, Finding
from mtrepair.readers import read

SEED = Path(__file__).parents[2] / "corpora/seed/article.txt"
CLEAN = "Le conseil municipal a voté le budget de la ville mardi soir après un long débat."


@pytest.fixture(scope="module")
def session() -> Session:
    return Session(Options(proposals="none", sensitive=True))


def check(session: Session, text: str) -> CheckResult:
    return session.check(read(text, format="text"))


def marks(result: CheckResult) -> list[Fingerprint]:
    return [fingerprint(result.document, finding) for finding in result.findings]


def new(session: Session, known: list[Fingerprint], text: str) -> list[Finding]:
    result = check(session, text)
    places = match(known, marks(result))
    return [f for f, place in zip(result.findings, places, strict=True) if place is None]


def test_unchanged(session: Session) -> None:
    text = SEED.read_text("utf-8")
    known = marks(check(session, text))
    assert len(known) >= 20
    assert not new(session, known, text)


def clean_lines(count: int) -> list[str]:
    """Sentences in which nothing is wrong, each another."""
    who = ("Le conseil", "Une habitante", "Mon voisin", "La mairie", "Ce musée", "Leur école")
    did = ("a ouvert", "attend", "prépare", "a reçu", "cherche", "montre", "a perdu")
    what = ("une lettre", "des fleurs", "le marché", "sa réponse", "deux livres")
    return [f"{who[n % 6]} {did[n % 7]} {what[n % 5]} depuis {n + 2} jours." for n in range(count)]


def test_lines_above_half_rewritten_and_other_quotes(session: Session) -> None:
    """No silenced finding comes back in what was left alone, and every new one shows."""
    text = SEED.read_text("utf-8").replace("« ", '"').replace(" »", '"').replace("’", "'")
    known = marks(check(session, text))
    paragraphs = text.split("\n\n")
    rewritten = set(random.Random(7).sample(range(len(paragraphs)), len(paragraphs) // 2))
    garbled = "Le maire sait que que le plan de relance de relance est prêt ."
    edited = [
        clean_lines(60)[20 + number] if number in rewritten else paragraph.replace("'", "’")
        for number, paragraph in enumerate(paragraphs)
    ]
    changed = "\n".join(clean_lines(20)) + "\n\n" + "\n\n".join([*edited, garbled])
    found = new(session, known, changed)
    place = changed.index(garbled)
    back = [f for f in found if f.span.end <= place]
    assert not back, [f"{f.rule}: {f.span.of(changed)}" for f in back]
    shown = {f.rule for f in found}
    expected = {f.rule for f in check(session, garbled).findings}
    assert expected >= {"doubled-word", "doubled-phrase", "space-before-period"}
    assert shown == expected


def test_the_same_words_elsewhere_are_new(session: Session) -> None:
    old = "Le plan de relance de relance est prêt depuis hier soir."
    known = marks(check(session, old))
    assert len(known) == 1
    other = "Une annonce du ministre de relance de relance fut reportée."
    assert not new(session, known, f"{CLEAN}\n{old}")
    assert len(new(session, known, f"{other}\n{old}")) == 1
    assert len(new(session, known, f"{old}\n{old}")) == 1


def test_half_a_sentence_is_enough(session: Session) -> None:
    old = "Le chef du parti sait que que la réforme serait votée avant la fin du mois."
    known = marks(check(session, old))
    assert len(known) == 1
    assert not new(session, known, old.replace("Le chef du parti", "Hier, une ministre"))
    assert not new(session, known, old.replace("serait votée avant", "passerait bien après"))


def print_of(word: str, before: str = "", after: str = "") -> Fingerprint:
    return Fingerprint("non-word", word, tuple(before.split()), tuple(after.split()))


def test_nothing_short_is_taken_for_another() -> None:
    """Punctuation and single words need neighbours; being the same is enough without any."""
    assert match([print_of("?", "voulez vous")], [print_of("?", "pensez vous")]) == [None]
    assert match([print_of("?")], [print_of("?")]) == [0]
    assert match([print_of("x", "a b c d", "e")], [print_of("x", "b c d e", "f")]) == [None]
    assert match([print_of("x", "a b c d", "e")], [print_of("x", "z b c d", "y")]) == [0]
    assert match([print_of("x", "a", "b c")], [print_of("x", "o a", "b c d")]) == [0]
    long = "un texte de cinq mots"
    assert match([print_of(long, "a")], [print_of(long, "b")]) == [0]


WORDS = st.lists(st.sampled_from("abc"), max_size=4).map(" ".join)
PRINTS = st.lists(st.builds(print_of, st.sampled_from("xy"), WORDS, WORDS), max_size=12)


@given(PRINTS, st.integers(0, 99))
def test_what_was_known_is_known_in_any_order(known: list[Fingerprint], seed: int) -> None:
    found = list(known)
    random.Random(seed).shuffle(found)
    places = match(known, found)
    assert sorted(place for place in places if place is not None) == list(range(len(known)))


@given(PRINTS, PRINTS)
def test_no_entry_is_used_twice(known: list[Fingerprint], found: list[Fingerprint]) -> None:
    places = [place for place in match(known, found) if place is not None]
    assert len(places) == len(set(places))
    for mark, place in zip(found, match(known, found), strict=True):
        if place is not None:
            assert (known[place].rule, known[place].text) == (mark.rule, mark.text)


def test_fold() -> None:
    assert fold("l’été") == fold("l'été")
    assert fold("« un  mot »") == fold('"un mot"') == fold("“un mot”")
    assert fold("1990–1995\u202f…") == "1990-1995 ..."
    assert fold(" .") != fold(".")


def test_file(tmp_path: Path) -> None:
    path = str(tmp_path / "base.json")
    (tmp_path / "b").mkdir()
    for name in ("a.txt", "b/c.txt"):
        (tmp_path / name).write_text("x")
    first = [print_of("é\u2028", "a b", "c")]
    write_baseline(path, {str(tmp_path / "b/c.txt"): first, str(tmp_path / "a.txt"): first})
    assert list(read_baseline(path)) == ["a.txt", "b/c.txt"]
    assert read_baseline(path)["a.txt"] == tuple(first)
    assert file_key(path, str(tmp_path / "b/c.txt")) == "b/c.txt"
    # A run over some files keeps what is known of the others, unless they are gone.
    (tmp_path / "b/c.txt").unlink()
    write_baseline(path, {str(tmp_path / "a.txt"): []})
    assert dict(read_baseline(path)) == {}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "no such baseline; write it with --write-baseline"),
        ("{", "not a baseline: no JSON"),
        ("[" * 100_000, "not a baseline: no JSON"),
        ("[]", "not a baseline: no version"),
        ('{"version": 9, "files": {}}', "a baseline of version 9; this program reads 1"),
        ('{"version": 1}', "not a baseline: an entry lacks its fields"),
        ('{"version": 1, "files": {"a": [{}]}}', "not a baseline: an entry lacks its fields"),
        ('{"version": 1, "files": {"a": 3}}', "not a baseline: an entry lacks its fields"),
    ],
)
def test_unreadable(tmp_path: Path, content: str | None, message: str) -> None:
    path = tmp_path / "base.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigError) as error:
        read_baseline(str(path))
    assert str(error.value) == f"{path}: {message}"
    if content is not None:
        with pytest.raises(ConfigError):  # another file is not overwritten
            write_baseline(str(path), {})
        assert path.read_text() == content


def test_the_file_is_json_that_a_person_can_review(tmp_path: Path) -> None:
    path = tmp_path / "base.json"
    (tmp_path / "a.txt").write_text("x")
    write_baseline(str(path), {str(tmp_path / "a.txt"): [print_of("mot", "un", "de")]})
    assert json.loads(path.read_text("utf-8"))["files"]["a.txt"] == [
        {"rule": "non-word", "text": "mot", "before": "un", "after": "de"}
    ]
