"""Between bytes and text: nothing is lost on the way in, and nothing is half written back."""

from __future__ import annotations

import codecs
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mtrepair.core import ConfigError, Edit, InputError
from mtrepair.readers.base import FORMATS, format_of

STDIN = "-"

SUFFIXES = frozenset(suffix for suffixes in FORMATS.values() for suffix in suffixes)
"""What is read of a directory; a file that is named itself is read whatever it is called."""

_ZIP = b"PK\x03\x04"

# Longest first: the mark of UTF-32-LE starts with that of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

HEADER = 16_384
"""Bytes at the start of a file in which its encoding may be declared."""

_XML = re.compile(rb"\A<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.:-]+)[\"']")
_DECLARED = {
    "po": re.compile(rb"^\"Content-Type:[^\"]*?charset=([\w.:-]+)", re.M | re.I),
    "xliff": _XML,
    "tmx": _XML,
}

# What the names that leave the order of the bytes to a mark mean without one (RFC 2781, 4.3:
# big-endian; files without a mark come from Windows, so little-endian is what is found).
_UNMARKED = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """A decoded file and what is needed to write it back as it was.

    Attributes:
        text: the content, newlines as they are, without the byte order mark.
        encoding: the Python name of its encoding, without a mark.
        bom: the byte order mark the file starts with, or nothing.
        path: where it was read; for messages.
        package: the whole file, where the text is only taken out of it (DOCX).
    """

    text: str
    encoding: str
    bom: bytes
    path: str
    package: bytes = b""


def read_file(path: str, encoding: str | None = None) -> FileText:
    """Read a file as text.

    Args:
        path: a file; ``-`` is not special here.
        encoding: a name that Python knows. Without one a byte order mark decides, else UTF-8.

    Raises:
        InputError: if it is missing, a directory, unreadable, empty, binary, or not in that
            encoding; one line that names the path.
        ConfigError: if there is no such encoding.
    """
    try:
        data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(_reason(path, error)) from None
    return read_bytes(data, path, encoding)


def read_bytes(data: bytes, name: str, encoding: str | None = None) -> FileText:
    """Decode the content of a file; see :func:`read_file`."""
    if data.startswith(_ZIP) and (is_packed(name) or name == "<stdin>"):
        from mtrepair.readers import docx

        packed = docx.unpack(data, name)
        return FileText(text=packed, encoding="utf-8", bom=b"", path=name, package=data)
    codec = declared(data, name) if encoding is None else _codec(encoding)
    bom, bare = b"", codec or "utf-8"
    for mark, marked in _MARKS:
        if data.startswith(mark) and codec in (None, marked, _family(marked)):
            bom, bare = mark, marked
            break
    else:
        bare = _UNMARKED.get(bare, bare)
    data = data[len(bom) :]
    if not data:
        raise InputError(f"{name}: the file is empty")
    if not bare.startswith(("utf-16", "utf-32")):
        _refuse_binary(data, name)
    try:
        text = data.decode(bare)
        faithful = bare == "utf-8" or text.encode(bare) == data
    except UnicodeDecodeError as error:
        hint = "" if encoding else "; name its encoding with --encoding, such as latin-1"
        at = error.start + len(bom)
        raise InputError(f"{name}: not {_shown(bare)} (byte {at}){hint}") from None
    except (UnicodeError, ValueError) as error:
        raise InputError(f"{name}: not {_shown(bare)} ({error})") from None
    if not faithful:
        raise InputError(f"{name}: reading it as {bare} and writing it back would change it")
    if "\0" in text:
        at = text.index("\0")
        raise InputError(f"{name}: binary, not text (NUL character at position {at})")
    return FileText(text=text, encoding=bare, bom=bom, path=name)


def encode(file: FileText, text: str, edits: Sequence[Edit] | None = None) -> bytes:
    """``text`` as the bytes of the file: its mark and its encoding.

    Args:
        edits: what made ``text`` of the file's text, where that is known. A package needs them to
            put each change into the right place; without them they are found by comparing.

    Raises:
        InputError: if the encoding lacks a character, or the text cannot be put back into the
            package; the message names it.
    """
    if file.package:
        from mtrepair.readers import docx

        return docx.pack(file.package, file.text, text, edits, file.path)
    try:
        return file.bom + text.encode(file.encoding)
    except UnicodeEncodeError as error:
        char = text[error.start]
        name = unicodedata.name(char, "")
        shown = f"U+{ord(char):04X}{' ' + name if name else ''}"
        raise InputError(f"{file.path}: {shown} cannot be written in {file.encoding}") from None


def write_atomic(path: str, data: bytes) -> None:
    """Put ``data`` in place of a file; whoever looks sees all of the old or all of the new.

    A link is followed to what it points at; mode and, where the system lets us, owner are kept.
    Other hard links to the file keep the old content. Something that is not a plain file (a
    terminal, a pipe) is simply written to.

    Raises:
        InputError: if it cannot be written; the file is then as it was.
    """
    target = os.path.realpath(path)
    try:
        try:
            old = os.stat(target)  # noqa: PTH116 - the mode and the owner are needed
        except FileNotFoundError:
            old = None
        if old is not None and not stat.S_ISREG(old.st_mode):
            with open(path, "wb") as stream:  # noqa: PTH123
                stream.write(data)
            return
        _replace(target, data, old)
    except (OSError, ValueError) as error:
        raise InputError(_reason(path, error)) from None


def expand(paths: Iterable[str]) -> list[str]:
    """The files that the paths stand for, each once.

    A file stands for itself whatever its suffix, ``-`` for standard input, a directory for the
    files with a suffix of :data:`FORMATS` anywhere below it, sorted by name. Below a directory
    hidden and empty files are passed over, and links to directories are not followed.

    Raises:
        InputError: if a path does not exist, cannot be listed, or holds no such file.
    """
    found: dict[str, str] = {}
    for path in paths:
        if path == STDIN:
            found.setdefault(STDIN, STDIN)
            continue
        try:
            is_directory = stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116 - it raises
        except (OSError, ValueError) as error:
            raise InputError(_reason(path, error)) from None
        files = [str(file) for file in _below(Path(path))] if is_directory else [path]
        if not files:
            suffixes = ", ".join(sorted(SUFFIXES))
            raise InputError(f"{path}: no text in this directory ({suffixes})")
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _below(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(_reason(str(folder), error)) from None
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = folder / entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _below(path)
        elif path.suffix.lower() in SUFFIXES and entry.is_file() and entry.stat().st_size:
            yield path


def _replace(target: str, data: bytes, old: os.stat_result | None) -> None:
    import secrets  # with OpenSSL; a check writes nothing

    folder, name = os.path.split(target)
    # Hidden, so that a run over the directory passes over what a kill may have left.
    temporary = os.path.join(folder, f".{name[:80]}.{secrets.token_hex(6)}.tmp")  # noqa: PTH118
    binary = getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | binary, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            if old is not None:
                _inherit(stream.fileno(), old)
            os.fsync(stream.fileno())
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(folder)


def _inherit(handle: int, old: os.stat_result) -> None:
    if not hasattr(os, "fchmod"):
        return  # a system without these modes
    with suppress(OSError):  # only root may give a file away; it is ours then
        os.fchown(handle, old.st_uid, old.st_gid)
    os.fchmod(handle, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: str) -> None:
    """Make the new name survive a power cut, where folders can be synced."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    with suppress(OSError):
        os.fsync(handle)
    os.close(handle)


def is_packed(name: str) -> bool:
    """Whether a path names a package that holds text, not a text."""
    return format_of(name) == "docx"


def declared(data: bytes, name: str) -> str | None:
    """The encoding that a file of translation units says it is in, where it says one."""
    if data.startswith(tuple(mark for mark, _ in _MARKS)):
        return None  # the mark decides
    pattern = _DECLARED.get(format_of(name))
    found = pattern.search(data[:HEADER]) if pattern else None
    if found is None:
        return None
    try:
        return _codec(found[1].decode("ascii"))
    except ConfigError:  # such as CHARSET in a template
        return None


def _codec(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        "".encode(name)  # hex, base64 and their like are codecs but not of text
    except (LookupError, ValueError, TypeError):
        raise ConfigError(f"unknown encoding '{encoding}'") from None
    return name


def _family(codec: str) -> str:
    """``utf-16`` for ``utf-16-le``: the name that lets the mark decide."""
    return "utf-8-sig" if codec == "utf-8" else codec[:6]


def _shown(codec: str) -> str:
    return codec.upper() if codec.startswith("utf-") else codec


def _refuse_binary(data: bytes, name: str) -> None:
    at = data.find(b"\0")
    if at < 0:
        return
    start = data[:64]
    if len(start) % 2 == 0:
        for offset, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
            if 4 * start[offset::2].count(0) > len(start) and not start[1 - offset :: 2].count(0):
                raise InputError(
                    f"{name}: not UTF-8 but probably UTF-16 without a byte order mark;"
                    f" try --encoding {codec}"
                )
    raise InputError(f"{name}: binary, not text (NUL byte at {at})")


def _reason(path: str, error: Exception) -> str:
    """``path: no such file``, without Python's error number."""
    if isinstance(error, FileNotFoundError):
        reason = "no such file or directory"
    elif isinstance(error, IsADirectoryError):
        reason = "this is a directory"
    elif isinstance(error, OSError):
        reason = (error.strerror or type(error).__name__).lower()
    else:
        reason = str(error)
    return f"{path}: {reason}"
