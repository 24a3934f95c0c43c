"""Parquet, CSV and TSV through pyarrow: rows in, rows out, the other columns untouched."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mtrepair.batch.chunk import Chunk, Key, Patch
from mtrepair.batch.formats.base import OneFile, Results
from mtrepair.batch.records import Record, Reject, Text
from mtrepair.batch.settings import Settings
from mtrepair.core import ConfigError, InputError

KIND = "table"
SUFFIXES = (".parquet", ".csv", ".tsv")
_BLOCK = 1 << 22

Row = tuple[Any, tuple[Any, ...], tuple[Any, ...]]
"""The id, the texts and the originals of a row; anything may stand in a column."""


@dataclass(frozen=True, slots=True)
class Table(OneFile):
    """A Parquet, CSV or TSV file."""

    kind: str = KIND

    def chunks(
        self, index: int, settings: Settings, done: frozenset[Key] = frozenset()
    ) -> Iterator[Chunk]:
        """Rows until their texts fill a chunk."""
        first, number = 1, 0
        for batch, size in self._batches(settings):
            rows = _rows(batch, settings, self.path)
            for start, end in _cuts(rows, settings.chunk):
                key = Key(index, number)
                payload = [] if key in done else rows[start:end]
                took = size * end // len(rows) - size * start // len(rows)
                yield Chunk(key=key, payload=payload, first=first, size=took)
                first += end - start
                number += 1

    def write(self, folder: Path, index: int, settings: Settings, results: Results) -> list[str]:
        """The same table with the patched cells."""
        target = folder / self.name
        target.parent.mkdir(parents=True, exist_ok=True)
        number = 0

        def patched() -> Iterator[Any]:
            nonlocal number
            for batch, _ in self._batches(settings):
                rows = _rows(batch, settings, self.path)
                cells: list[tuple[int, int, str]] = []
                for start, _ in _cuts(rows, settings.chunk):
                    result = results(Key(index, number))
                    cells += [
                        (start + p.start, p.end, p.data.decode("utf-8")) for p in result.patches
                    ]
                    number += 1
                yield _patched(batch, settings.text_fields, cells)

        if self.path.suffix == ".parquet":
            _write_parquet(self.path, target, patched())
        else:
            _write_csv(self.path, target, patched())
        return [self.name]

    def _batches(self, settings: Settings) -> Iterator[tuple[Any, int]]:
        """Record batches and the bytes of the file that each took, about."""
        if self.path.suffix == ".parquet":
            return _parquet_batches(self.path)
        return _csv_batches(self.path, settings)


def _pyarrow(path: Path) -> Any:
    try:
        import pyarrow
        import pyarrow.csv
        import pyarrow.parquet
    except ImportError:
        raise ConfigError(f"{path}: needs pyarrow; pip install 'mtrepair[batch]'") from None
    return pyarrow


def _parquet_batches(path: Path) -> Iterator[tuple[Any, int]]:
    """A row group after the other, in batches of a size that depends on the file alone."""
    arrow = _pyarrow(path)
    try:
        file = arrow.parquet.ParquetFile(path)
        for group in range(file.num_row_groups):
            meta = file.metadata.row_group(group)
            rows = max(1, meta.num_rows * _BLOCK // max(1, meta.total_byte_size))
            packed = sum(meta.column(c).total_compressed_size for c in range(meta.num_columns))
            for batch in file.iter_batches(batch_size=rows, row_groups=[group]):
                if batch.num_rows:
                    yield batch, packed * batch.num_rows // meta.num_rows
    except (arrow.ArrowException, OSError) as error:
        raise InputError(f"{path}: not a whole Parquet file ({error})") from None


def _csv_batches(path: Path, settings: Settings) -> Iterator[tuple[Any, int]]:
    """Blocks of rows; every cell is bytes, so that nothing is guessed and nothing is lost."""
    arrow = _pyarrow(path)
    delimiter = _delimiter(path)
    try:
        with path.open("rb") as stream:
            header = stream.readline(1 << 20)
        names = next(csv.reader(io.StringIO(header.decode("utf-8-sig")), delimiter=delimiter), [])
        if not names or len(set(names)) < len(names):
            raise InputError(f"{path}: the first line must name the columns, each differently")
        reader = arrow.csv.open_csv(
            path,
            read_options=arrow.csv.ReadOptions(
                block_size=max(_BLOCK, 2 * settings.longest), use_threads=False
            ),
            parse_options=arrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            convert_options=arrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, arrow.binary()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
        total, seen = path.stat().st_size, 0
        for batch in reader:
            if batch.num_rows:
                size = min(total - seen, batch.nbytes)
                seen += size
                yield batch, size
    except UnicodeDecodeError:
        raise InputError(f"{path}: the names of the columns are not UTF-8") from None
    except (arrow.ArrowException, OSError) as error:
        raise InputError(f"{path}: not a table ({error})") from None


def _delimiter(path: Path) -> str:
    return "\t" if path.suffix == ".tsv" else ","


def _rows(batch: Any, settings: Settings, path: Path) -> list[Row]:
    """The cells that the work needs.

    Raises:
        InputError: if a column is missing.
    """

    def column(name: str) -> list[Any]:
        at = batch.schema.get_field_index(name)
        if at < 0:
            known = ", ".join(batch.schema.names)
            raise InputError(f"{path}: no column '{name}' (it has {known})")
        values: list[Any] = batch.column(at).to_pylist()
        return values

    nothing: list[Any] = [None] * batch.num_rows
    ids = column(settings.id_field) if settings.id_field else nothing
    texts = list(zip(*(column(name) for name in settings.text_fields), strict=True))
    originals = list(zip(*(column(name) for name in settings.source_fields), strict=True))
    if not settings.source_fields:
        originals = [()] * batch.num_rows
    return list(zip(ids, texts, originals, strict=True))


def _cuts(rows: Sequence[Row], size: int) -> list[tuple[int, int]]:
    """Ranges of rows that hold ``size`` characters of text each, the last one what is left."""
    found: list[tuple[int, int]] = []
    start = filled = 0
    for at, (_, texts, originals) in enumerate(rows):
        filled += sum(len(t) for t in (*texts, *originals) if isinstance(t, str | bytes))
        if filled >= size or at - start >= 10_000:
            found.append((start, at + 1))
            start, filled = at + 1, 0
    if start < len(rows):
        found.append((start, len(rows)))
    return found


def _patched(batch: Any, fields: Sequence[str], cells: Sequence[tuple[int, int, str]]) -> Any:
    """The batch with new cells: (row, which of the text fields, text)."""
    if not cells:
        return batch
    import pyarrow

    for place, field in enumerate(fields):
        mine = {row: text for row, which, text in cells if which == place}
        if not mine:
            continue
        at = batch.schema.get_field_index(field)
        kind = batch.schema.field(at).type
        raw = pyarrow.types.is_binary(kind) or pyarrow.types.is_large_binary(kind)
        values = batch.column(at).to_pylist()
        for row, text in mine.items():
            values[row] = text.encode("utf-8") if raw else text
        batch = batch.set_column(at, batch.schema.field(at), pyarrow.array(values, kind))
    return batch


def _write_parquet(path: Path, target: Path, batches: Iterator[Any]) -> None:
    """The same schema, compression and row groups as the input."""
    arrow = _pyarrow(path)
    file = arrow.parquet.ParquetFile(path)
    groups = [file.metadata.row_group(g) for g in range(file.num_row_groups)]
    codec = groups[0].column(0).compression if groups and groups[0].num_columns else "SNAPPY"
    with arrow.parquet.ParquetWriter(
        target,
        file.schema_arrow,
        compression="NONE" if codec == "UNCOMPRESSED" else codec,
        version=file.metadata.format_version,
    ) as writer:
        for group in groups:
            held: list[Any] = []
            while sum(batch.num_rows for batch in held) < group.num_rows:
                held.append(next(batches))
            if held:
                table = arrow.Table.from_batches(held)
                writer.write_table(table, row_group_size=table.num_rows)


def _write_csv(path: Path, target: Path, batches: Iterator[Any]) -> None:
    """The names, quotes where they are needed, and the newlines that the input has."""
    with path.open("rb") as stream:
        header = stream.readline(1 << 20)
    newline = "\r\n" if header.endswith(b"\r\n") else "\n"
    with target.open("w", encoding="utf-8", errors="surrogateescape", newline="") as out:
        writer = csv.writer(out, delimiter=_delimiter(path), lineterminator=newline)
        # The first line is the input's own: pyarrow would write it with quotes.
        out.write(header.decode("utf-8").rstrip("\r\n") + newline)
        for batch in batches:
            columns = [
                [cell.decode("utf-8", "surrogateescape") for cell in column.to_pylist()]
                for column in batch.columns
            ]
            writer.writerows(zip(*columns, strict=True))


def parse(chunk: Chunk, settings: Settings) -> Iterator[Record | Reject]:
    """The rows of a chunk."""
    payload: list[Row] = chunk.payload
    for place, (name, cells, originals) in enumerate(payload):
        number = chunk.first + place
        if isinstance(name, bytes):
            name = name.decode("utf-8", "replace")
        known = name if name is not None and settings.id_field else number
        if not isinstance(known, str | int):
            known = str(known)
        yield _row(place, number, known, cells, originals, settings)


def _row(
    place: int,
    number: int,
    name: str | int,
    cells: Sequence[Any],
    originals: Sequence[Any],
    settings: Settings,
) -> Record | Reject:
    texts: list[Text] = []
    for at, (field, cell) in enumerate(zip(settings.text_fields, cells, strict=True)):
        original = originals[at] if originals else None
        try:
            text = cell.decode("utf-8") if isinstance(cell, bytes) else cell
            source = original.decode("utf-8") if isinstance(original, bytes) else original
        except UnicodeDecodeError:
            detail = f"column '{field}'"
            return Reject(number=number, id=name, reason="not-utf-8", detail=detail)
        if not isinstance(text, str) or not isinstance(source, str | None):
            detail = f"column '{field}' is {'null' if text is None else type(text).__name__}"
            return Reject(number=number, id=name, reason="wrong-type", detail=detail)
        if len(text) > settings.longest:
            detail = f"{len(text):,} characters"
            return Reject(number=number, id=name, reason="too-long", detail=detail)
        texts.append(Text(field=field, text=text, source=source, format=settings.field_format))
    return Record(number=number, id=name, texts=tuple(texts), handle=(place, settings.text_fields))


def patch(record: Record, texts: Mapping[str | None, str]) -> list[Patch]:
    """New cells: the row in the chunk and which of the text fields."""
    place, fields = record.handle
    return [
        Patch(place, fields.index(field), text.encode("utf-8"))
        for field, text in texts.items()
        if field is not None
    ]
