"""The gate between proposals and the text: one check per file."""

from mtrepair.verify.gate import Gate

__all__ = ["Gate"]
