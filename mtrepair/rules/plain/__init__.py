"""Rules about words for a language whose pack has a lexicon without readings, and no models."""
