"""Which language a sentence is in, by its smallest words.

The small words of a language are a third of any text, and few are shared. A sentence is in the
language whose small words it has most of, if French has clearly fewer and the French lexicon does
not know most of the rest. Scripts other than Latin are told by their letters. It is made to say
that a sentence is *not* French; which other language it is comes second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from mtrepair.languages import Token
from mtrepair.rules.words.english import surplus
from mtrepair.rules.words.vocabulary import knowledge

_SMALL = {
    "en": "the of and to in is that for it was on are with as be by this have from they at not or which you"
    " we has had his her were their its will would can been there if more who what about an when up out do"
    " your our my he she but all no so could than then these those into how a only some any",
    "fr": "le la les de des du un une et à est que qui dans pour pas sur au aux par plus ne se ce il elle sont avec"
    " son sa ses cette ces ou en nous vous leur leurs mais été être ont fait comme tout l' d' qu' n' s' c' j' y",
    "es": "el los las del una y que por con para es se lo como más pero sus le ya este sí porque esta entre"
    " cuando muy sin sobre también me hasta hay donde quien desde todo nos durante uno ni contra otros",
    "it": "il gli di che e è per una sono con non del della dei delle nel alla come più ma anche lo ha si"
    " questo questa loro dal essere stato degli nella cui dopo fra tutti ogni molto",
    "pt": "o os as do da dos das em um uma não que para com por mais como mas foi ao ele seu sua ou quando"
    " muito nos já eu também só pelo pela até isso ela entre depois sem mesmo aos são",
    "de": "der die das und ist nicht ein eine einen dem den des mit von zu auf für im sich auch es an werden"
    " aus er hat dass sie nach wird bei einer um am sind noch wie einem über zum war haben nur oder aber",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er ook als bij maar om uit door over ze"
    " hij wordt naar heeft hebben nog wel deze worden dan meer geen",
}
WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}
_LANGUAGES: dict[str, list[str]] = {}
for _language, _words in WORDS.items():
    for _word in _words:
        _LANGUAGES.setdefault(_word, []).append(_language)
_SCRIPTS = (
    ("ru", "\u0400", "\u04ff"), ("el", "\u0370", "\u03ff"), ("ar", "\u0600", "\u06ff"),
    ("he", "\u0590", "\u05ff"), ("zh", "\u4e00", "\u9fff"), ("zh", "\u3040", "\u30ff"),
    ("zh", "\uac00", "\ud7af"),
)  # fmt: skip
"""Languages with letters of their own, and the first and the last of these."""
SHORTEST = 5
"""Words below which a sentence is not judged."""


def _scripts(letters: Sequence[str]) -> Counter[str]:
    """How many of some letters belong to each language that has its own."""
    return Counter(
        language
        for letter in letters
        for language, first, last in _SCRIPTS
        if first <= letter <= last
    )


def tongue(words: Sequence[Token], text: str) -> tuple[str, float]:
    """The language of a sentence other than French, and how sure that is; ``("", 0.0)`` else.

    Args:
        words: its word tokens.
        text: the sentence, for its script.
    """
    strange = [char for char in text if char >= "\u0370" and char.isalpha()]
    if strange:
        letters = sum(map(str.isalpha, text))
        for language, number in _scripts(strange).items():
            if letters >= 8 and 2 * number > letters:
                return language, 0.9
    lower = [token.low for token in words]
    lower = [word for word in lower if len(word) > 1 or word in "aàyoeéè"]
    if len(lower) < SHORTEST:
        return "", 0.0
    counts = dict.fromkeys(WORDS, 0)
    for word in lower:
        for language in _LANGUAGES.get(word, ()):
            counts[language] += 1
    french = counts.pop("fr") / len(lower)
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    share = counts[best] / len(lower)
    if counts[best] < 2 or share < 0.2 or french > 0.5 * share:
        return "", 0.0
    known = sum(_is_french(word) for word in lower) / len(lower)
    if known > 0.55:
        return "", 0.0
    if best == "en" and sum(surplus(word) > 0.5 for word in lower) < 0.4 * len(lower):
        return "", 0.0
    sure = 0.5 + 0.5 * (share - 0.2) + 0.3 * (0.55 - known) + 0.01 * min(len(lower), 15)
    return best, round(min(sure, 0.95), 2)


@lru_cache(maxsize=16384)
def _is_french(word: str) -> bool:
    facts = knowledge(word)
    return word in WORDS["fr"] or (facts.french and facts.zipf > facts.english - 0.5)
