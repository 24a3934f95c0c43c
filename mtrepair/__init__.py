"""mtrepair: the linter and auto-fixer for machine-translated text."""

from mtrepair.version import __version__

__all__ = ["__version__"]
