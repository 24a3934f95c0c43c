"""From files to documents: bytes to text, text to segments with exact positions."""

from mtrepair.readers.base import FORMATS, Reader, edited, format_of, read

__all__ = ["FORMATS", "Reader", "edited", "format_of", "read"]
