"""How often each word stands in a document."""

from __future__ import annotations

from collections import Counter

from mtrepair.rules.rule import Context


def counts(context: Context) -> Counter[str]:
    """The document's words as they are written, counted once for all rules."""
    found = context.cache.get("word counts")
    if not isinstance(found, Counter):
        found = Counter(token.text for passage in context.passages for token in passage.words)
        context.cache["word counts"] = found
    return found
