"""What the model writes must be made of words."""

from __future__ import annotations

from mtrepair.rules.words.vocabulary import is_word
from mtrepair.verify.check import Trial


def known_words(trial: Trial) -> str | None:
    """Every word that a generated replacement brings is known, or stood in the text or its source.

    The model writes pieces of words, and pieces may be joined to what nobody has ever written
    (a determiner glued to its noun, a name spelt on): no rule needs to be sure of that to refuse.
    """
    if trial.proposal.origin != "seq2seq":
        return None
    touched = trial.touched()
    had = {token.low for token in trial.passage.words}
    had |= {token.low for token in trial.passage.language.tokens(trial.passage.source or "")}
    for token in trial.edited.words:
        if token.end <= touched.start - 1 or token.start > touched.end:
            continue
        low = token.low
        if low in had:
            continue
        if not is_word(low, trial.passage.language):
            return "no-word"
    return None
