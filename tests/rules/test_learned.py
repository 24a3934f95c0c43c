"""The learned rule: what it reads, the spans it draws, and when it is silent."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtrepair import api
from mtrepair.core import ModelError, Segment, Span
from mtrepair.languages import load as load_language
from mtrepair.models.store import find
from mtrepair.rewriters.pieces import EOS, SEP, Pieces
from mtrepair.rules import Context, Passage
from mtrepair.rules.learned import detector as runtime
from mtrepair.rules.learned import judging, learned_error
from mtrepair.rules.learned.calibration import Calibration, Scale
from mtrepair.rules.learned.marks import Detector, Mark, Question
from mtrepair.rules.learned.reading import LONGEST, Reader, fits
from mtrepair.rules.learned.spans import draw

LANGUAGE = load_language("fr")


class WordList:
    """A detector that knows its words, so that what a rule makes of marks can be told exactly."""

    name = "words"

    def __init__(self, bad: dict[str, float]) -> None:
        self.bad = bad
        self.calls: list[list[Question]] = []

    def suited(self, *, article: bool) -> Detector:
        del article
        return self

    def mark(self, questions: Sequence[Question]) -> list[list[Mark]]:
        self.calls.append(list(questions))
        return [
            [
                Mark(Span(a, b), self.bad.get(q.text[a:b], 0.0), 0.0, "wrong-word", "major")
                for a, b in q.tokens
            ]
            for q in questions
        ]


def passage(text: str, source: str | None = None, index: int = 0) -> Passage:
    return Passage(Segment(text=text, runs=(), source=source), index, LANGUAGE)


def context(detector: Detector | None, *passages: Passage, sensitive: bool = False) -> Context:
    point = 0.0 if sensitive else learned_error.RULE.threshold
    return Context(
        language=LANGUAGE,
        passages=passages,
        thresholds={learned_error.RULE.name: point},
        detector=detector,
    )


def marks(marked: str) -> tuple[str, list[Mark]]:
    """``un [taux] de ?prix`` as a text and its marks: [sure], ?doubtful."""
    text = re.sub(r"[\[\]?]", "", marked)
    found: list[Mark] = []
    at = 0
    for token in LANGUAGE.tokens(text):
        at = re.compile(r"[\[?]*" + re.escape(token.text)).search(marked, at).end()  # type: ignore[union-attr]
        before = marked[: at - len(token.text)]
        inside = before.count("[") > before.count("]")
        bad = 0.9 if inside else 0.6 if before.endswith("?") else 0.1
        found.append(Mark(Span(token.start, token.end), bad, 0.0, "other", "major"))
    return text, found


@pytest.mark.parametrize(
    ("marked", "wanted"),
    [
        ("les [postures] [cependant] sont", ["postures cependant"]),
        ("un [taux] ?de [effectif] fixe", ["taux de effectif"]),
        ("un [taux] de [effectif] fixe", ["taux", "effectif"]),
        ("le [chat] dort[.]", ["chat"]),
        ("le chat dort[.]", []),
        ("il [mange] [le] pain", ["mange"]),
        ("il mange [le] pain", ["le"]),
        ("boire [l']eau froide", ["l'eau"]),
        ("boire [l’]eau froide", ["l’eau"]),
        ("le [chat] , [dort] ici", ["chat", "dort"]),
        ("rien du tout", []),
    ],
)
def test_spans_are_drawn_as_a_person_would(marked: str, wanted: list[str]) -> None:
    text, some = marks(marked)
    assert [d.span.of(text) for d in draw(text, some, 0.8)] == wanted


@given(
    st.lists(st.sampled_from("le chat l' d' . , mange prix de « 3".split()), max_size=30),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_spans_are_whole_tokens_in_order(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    tokens = [Span(t.start, t.end) for t in LANGUAGE.tokens(text)]
    bad = data.draw(
        st.lists(st.floats(0, 1), min_size=len(tokens), max_size=len(tokens)), label="bad"
    )
    some = [Mark(t, b, 0.0, "other", "minor") for t, b in zip(tokens, bad, strict=True)]
    drawn = draw(text, some, 0.5)
    starts, ends = {t.start for t in tokens}, {t.end for t in tokens}
    for one in drawn:
        assert one.span.start in starts and one.span.end in ends
        assert 0.5 <= one.confidence <= 1 or one.span.of(text).endswith(("'", "’"))
    for left, right in pairwise(drawn):
        assert left.span.start < right.span.start


def test_silent_without_a_detector() -> None:
    one = passage("Le chat xyz dort.")
    assert list(learned_error.detect(one, context(None, one))) == []


def test_finding_says_words_kind_and_confidence() -> None:
    one = passage("Il vient. Le chat dort une mouche ici.")
    found = list(learned_error.detect(one, context(WordList({"mouche": 0.93}), one)))
    assert [f.span.of(one.text) for f in found] == ["mouche"]
    assert found[0].confidence == pytest.approx(0.93)
    assert found[0].evidence["kind"] == "wrong-word"
    assert "mouche" in found[0].message


def test_the_sensitive_point_shows_more() -> None:
    one = passage("Le chat dort une mouche ici.")
    between = (learned_error.SENSITIVE + learned_error.DEFAULT) / 2
    known = WordList({"mouche": between})
    assert not list(learned_error.detect(one, context(known, one)))
    assert len(list(learned_error.detect(one, context(known, one, sensitive=True)))) == 1


def test_a_document_is_judged_at_once() -> None:
    known = WordList({"mouche": 0.95})
    some = [passage(f"La mouche numéro {i} vole.", index=i) for i in range(5)]
    ctx = context(known, *some)
    for one in some:
        assert len(list(learned_error.detect(one, ctx))) == 1
    assert [len(call) for call in known.calls] == [5]
    changed = passage("La mouche change.", index=2)  # as the gate asks about an edited passage
    assert len(list(learned_error.detect(changed, ctx))) == 1
    assert [len(call) for call in known.calls] == [5, 1]


def test_untouchable_text_is_not_flagged() -> None:
    one = passage("Voyez \ufffc\ufffc\ufffc ici.")
    known = WordList({"\ufffc\ufffc\ufffc": 0.99})
    assert not list(learned_error.detect(one, context(known, one)))


def test_sentences_get_their_own_source() -> None:
    one = passage("Le chat dort. Il pleut.", "The cat sleeps. It rains.")
    asked = [question for _, question in judging.questions(one)]
    assert [(q.text, q.source) for q in asked] == [
        ("Le chat dort.", "The cat sleeps."),
        ("Il pleut.", "It rains."),
    ]


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_questions_cover_every_token_once(text: str) -> None:
    one = passage(text)
    seen = [
        (span.start + a, span.start + b)
        for span, question in judging.questions(one)
        for a, b in question.tokens
    ]
    inside = [
        (t.start, t.end)
        for t in one.tokens
        if any(s.start <= t.start < s.end for s in one.sentences)
    ]
    assert seen == inside


def test_long_sentences_are_cut_where_they_fit() -> None:
    tokens = [(i * 5, i * 5 + 4) for i in range(500)]
    first = fits(tokens, 0)
    assert 0 < first < 500
    assert fits(tokens, 499) == 500


def test_calibration_survives_json() -> None:
    one = Calibration(every=Scale(slope=1.5, shift=-0.5), kinds={"addition": Scale(slope=0.5)})
    again = Calibration.from_json(one.as_json())
    assert again == one
    assert again.probability(0.0, "addition") == pytest.approx(0.5)
    assert again.probability(-1000.0, "other") == 0.0
    with pytest.raises(ValueError):
        Calibration.from_json({"every": [1], "kinds": {}, "gap": [1, 0]})


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    try:
        return Pieces(find("rewriter-fr").file("sentencepiece.model"))
    except ModelError as error:
        pytest.skip(str(error))


_FILLER = "Le maire a lu son discours devant une salle pleine, et personne ne disait mot. "
_CALQUES = (
    "Cette mesure fait du sens, a-t-il dit. « Nous allons adresser ce problème », a dit le maire. "
)


def article(text: str) -> Passage:
    """A text with enough sentences of prose around it to be an article."""
    return passage(_FILLER * 12 + text)


def test_an_article_has_a_detector_of_its_own() -> None:
    usual, prose = WordList({"chien": 0.9}), WordList({"chat": 0.9})
    pair = runtime.Pair(usual, prose)
    assert pair.name == "words, words"
    text = "Le chien et le chat dorment."
    for document, found in ((passage(text), ["chien"]), (article(text), ["chat"])):
        some = list(learned_error.detect(document, context(pair, document)))
        assert [f.span.of(document.text) for f in some] == found


def test_an_article_with_calques_is_read_with_less_reserve() -> None:
    words = WordList({"chat": (learned_error.BACKED + learned_error.DEFAULT) / 2})
    for text, found in (("", []), (_CALQUES, ["chat"])):
        document = article(text + "Le chat dort.")
        some = list(learned_error.detect(document, context(words, document)))
        assert [f.span.of(document.text) for f in some] == found
        assert all(f.confidence >= learned_error.DEFAULT for f in some)


@given(text=st.text(max_size=400), source=st.none() | st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_reading_has_an_owner_for_each_piece(pieces: Pieces, text: str, source: str | None) -> None:
    tokens = [(t.start, t.end) for t in LANGUAGE.tokens(text)]
    read = Reader(pieces).read(text, tokens, source)
    assert len(read.pieces) == len(read.owners) <= LONGEST + 1
    owned = [o for o in read.owners if o >= 0]
    assert owned == sorted(owned)
    assert read.pieces[-1] == EOS
    if SEP in read.pieces:
        assert max(read.owners[read.pieces.index(SEP) :]) == -1


@pytest.fixture(scope="module")
def packed() -> runtime.LearnedDetector:
    try:
        return runtime.load(threads=1)
    except ModelError as error:
        pytest.skip(str(error))


@pytest.mark.model
def test_packed_detector_tells_garbled_from_right(packed: runtime.LearnedDetector) -> None:
    right = "Le conseil municipal a adopté le budget de la commune lundi soir."
    garbled = "Le municipal conseil a adopté the budget de commune le lundi evening."
    asked = [
        Question(t, tuple((x.start, x.end) for x in LANGUAGE.tokens(t))) for t in (right, garbled)
    ]
    good, bad = packed.mark(asked)
    assert max(m.bad for m in good) < 0.5
    surest = max(bad, key=lambda m: m.bad)
    assert surest.bad > 0.5
    assert packed.mark([asked[1], asked[0]]) == [bad, good]


@pytest.mark.model
def test_session_loads_it_only_when_asked(packed: runtime.LearnedDetector) -> None:
    del packed
    assert api.Session(api.Options(sensitive=True)).detector is None
    assert (
        api.Session(api.Options(proposals="none", learned=False, sensitive=True)).detector is None
    )
    assert api.Session(api.Options(learned=True, sensitive=True)).detector is not None
    asked = api.Session(api.Options(learned=True))
    assert asked.detector is not None
    assert "learned-error" in {rule.name for rule in asked.rules}
    assert {rule.name for rule in asked.rules} - {"learned-error"} == {
        rule.name for rule in api.Session(api.Options()).rules
    }
    assert api.Session(api.Options(select=("learned-error",))).detector is not None
    assert api.Session(api.Options(proposals="model", sensitive=True)).detector is not None


def test_a_check_without_it_loads_no_model() -> None:
    program = (
        "import sys; from mtrepair import api; api.check('Le chat dort.', sensitive=True);"
        "print([m for m in ('ctranslate2', 'torch', 'sentencepiece') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr
