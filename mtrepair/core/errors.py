"""The errors of mtrepair: what a user can have done wrong, never a traceback."""

from __future__ import annotations


class MtrepairError(Exception):
    """Base of every error that mtrepair raises on purpose; its text is one clear line."""


class ConfigError(MtrepairError):
    """A setting, a flag or a configuration file says something that cannot be."""


class InputError(MtrepairError):
    """A document, a source, a reference or a span file cannot be read as what it should be."""


class ModelError(MtrepairError):
    """A model folder is missing, incomplete or of a version that this program cannot run."""


class RuleError(MtrepairError):
    """A rule is unknown, or it crashed; the text names rule, file and segment."""
