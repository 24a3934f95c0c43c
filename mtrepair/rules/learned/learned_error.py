"""Words that a trained classifier takes for a translation error.

Why: a calque, a wrong sense or a misplaced word is well-formed and wrong; no rule of form sees it.
The classifier has read thousands of sentences in which people marked what is wrong. It says what
kind of error it takes the words for, and how sure it is; with the source sentence it sees more.
Needs the detector, which is loaded only when asked for (``--proposals model`` or ``--learned``).
Articles are read by a second classifier, which was trained on right sentences with errors planted
into them; it is less reserved where the calques of an article show that it is a translation.
Where a more specific rule speaks about the same words, this one is silent.

Examples:
    = Le conseil municipal a adopté le budget de la commune lundi soir.

Source: expert error spans of the WMT 2019-2020 quality-estimation tasks, document level (Fonseca
et al. 2019; Specia et al. 2020), and the data named in the model's card.
"""

from __future__ import annotations

from collections.abc import Iterator

from mtrepair.core import OBJECT, Finding, Severity
from mtrepair.rules.passage import Passage
from mtrepair.rules.rule import Context, Priority, RuleInfo
from mtrepair.rules.words.habits import habits

DEFAULT = 0.65
"""3.4 alarms in 10,000 words of right text; of the words marked in wmt_qe_docs 71 in 100 are wrong.
At 0.6 it is 5.9 and 69, at 0.7 1.8 and 74 (docs/detector-scores.md)."""
SENSITIVE = 0.4
"""34 alarms in 10,000 words of right text; 57 in 100 of the words are errors, and nearly half of
all errors are marked."""

BACKED = 0.5
"""In articles that are word for word from English (``calques/translated.py``). Chosen on the
articles of corpora/articles that were read; docs/detector.md has what it finds in the others."""

RULE = RuleInfo(
    name="learned-error",
    group="learned",
    severity=Severity.MAJOR,
    summary="words that a trained classifier takes for an error",
    priority=Priority.LEARNED,
    needs=frozenset({"model"}),
    status="preview",
    threshold=DEFAULT,
)

MESSAGES = {
    "agreement": "“{}” seems to have the wrong form",
    "word-order": "“{}” seems to stand in the wrong place",
    "wrong-word": "“{}” seems to be the wrong word here",
    "untranslated": "“{}” seems to be left untranslated",
    "translated-name": "“{}” seems to be a name that should not be translated",
    "small-word": "“{}” seems to be the wrong small word",
    "addition": "“{}” seems to be too much",
    "punctuation": "“{}” seems to be written wrong",
    "other": "“{}” seems to be wrong",
}


def detect(passage: Passage, context: Context) -> Iterator[Finding]:
    """The spans of tokens that the detector is sure enough of, at the operating point in force."""
    if context.detector is None:
        return
    from mtrepair.rules.calques.translated import translated
    from mtrepair.rules.learned.judging import judged  # loaded only with the detector
    from mtrepair.rules.learned.spans import draw

    floor = SENSITIVE if context.thresholds.get(RULE.name, DEFAULT) < DEFAULT else DEFAULT
    backed = habits(context).article() and translated(context)
    if backed:
        floor = min(floor, BACKED)
    for sentence in judged(passage, context, context.detector):
        for drawn in draw(passage.text, sentence.marks, floor):
            words = drawn.span.of(passage.text)
            if OBJECT in words:
                continue
            yield passage.finding(
                RULE.name,
                drawn.span,
                MESSAGES[drawn.kind].format(words),
                severity=Severity.MINOR if drawn.severity == "minor" else Severity.MAJOR,
                confidence=max(drawn.confidence, DEFAULT) if backed else drawn.confidence,
                evidence={"kind": drawn.kind, "severity": drawn.severity},
            )
