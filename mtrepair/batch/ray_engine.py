"""The same work on a Ray cluster: Ray Data reads, an actor pool cleans, this process writes.

    read tasks (a source each) -> chunks -> actors -> results -> the journal of this process

Ray does all the scheduling: it starts actors, keeps blocks small, holds readers back when actors
are busy, and runs again what a lost machine had. An actor hands its chunks to one process of
:mod:`mtrepair.batch.crew`, so that a record that hangs or kills is treated as it is locally, and
the results are the same byte for byte. Inputs must be readable under the same path on every
machine; the output is written here.
"""

from __future__ import annotations

import logging
import os
import pickle
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from mtrepair.batch.chunk import Key, Result
from mtrepair.batch.crew import Crew, Setup
from mtrepair.batch.formats import Source
from mtrepair.batch.settings import Settings
from mtrepair.core import ConfigError, MtrepairError

READING = 0.05
"""Cores that Ray sets aside for a reader: cutting a file into chunks takes next to nothing, and
readers must not wait for a core that an actor holds."""

PATIENCE = 10.0
"""Seconds until the head of a cluster must have answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RayEngine:
    """A cluster that runs (``address``), or one that is started on this machine.

    Attributes:
        jobs: actors.
        address: as in ``ray.init``: ``auto``, or ``host:port`` of the head.
    """

    jobs: int
    address: str | None = None
    stop: Callable[[], bool] = lambda: False
    make: Any = None
    name: str = "ray"

    def results(
        self, sources: Sequence[Source], settings: Settings, done: frozenset[Key]
    ) -> Iterator[Result]:
        """The results of all chunks that are not done, as they come.

        Raises:
            ConfigError: if Ray is not installed or the cluster cannot be reached.
            MtrepairError: if the work fails on the cluster.
        """
        ray = _ray()
        setup = Setup(
            settings=settings,
            kinds=tuple(source.kind for source in sources),
            names=tuple(source.name for source in sources),
            **({} if self.make is None else {"make": self.make}),
        )
        ours = self._connect(ray)
        try:
            yield from self._results(ray, sources, settings, setup, done)
        finally:
            if ours:
                ray.shutdown()

    def _connect(self, ray: Any) -> bool:
        """Whether the connection was made here."""
        if ray.is_initialized():
            return False
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere
        os.environ.setdefault("RAY_DATA_DISABLE_PROGRESS_BARS", "1")
        # What goes wrong comes as an exception; standard error is for the progress of the run.
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)
        quiet = {"log_to_driver": False, "logging_level": "ERROR"}
        if self.address is not None:
            _knock(self.address)
        try:
            if self.address is not None:
                ray.init(address=self.address, **quiet)
            else:
                ray.init(
                    address="local",  # a new one, whatever runs here already
                    num_cpus=self.jobs + 1,
                    include_dashboard=False,
                    _node_ip_address="127.0.0.1",
                    **quiet,
                )
        except (ConnectionError, RuntimeError, ValueError) as error:
            what, hint = "--engine ray", ""
            if self.address is not None:
                what = f"--address {self.address}"
                hint = " (if the cluster asks for a token, set RAY_AUTH_MODE=token)"
            raise ConfigError(f"{what}: {str(error).splitlines()[0]}{hint}") from None
        return True

    def _results(
        self,
        ray: Any,
        sources: Sequence[Source],
        settings: Settings,
        setup: Setup,
        done: frozenset[Key],
    ) -> Iterator[Result]:
        context = ray.data.DataContext.get_current()
        context.target_max_block_size = settings.chunk  # a block is a chunk: none waits for another
        context.enable_progress_bars = False
        context.enable_operator_progress_bars = False
        dataset = ray.data.read_datasource(
            _chunk_source(sources, settings, done), num_cpus=READING
        ).map(
            Cleaner,
            fn_constructor_args=[setup],
            compute=ray.data.ActorPoolStrategy(size=self.jobs, max_tasks_in_flight_per_actor=2),
            num_cpus=1 - READING,
        )
        try:
            for row in dataset.iter_rows():
                yield Result.decode(row["result"])
                if self.stop():
                    return
        except ray.exceptions.RayError as error:
            cause = getattr(error, "cause", None)
            if isinstance(cause, MtrepairError):
                # Ray writes advice of its own below the message.
                raise type(cause)(str(cause).splitlines()[0]) from None
            raise MtrepairError(f"the work failed on Ray: {_reason(error)}") from None


class Cleaner:
    """What an actor holds: one process with the rules and the model in it."""

    def __init__(self, setup: Setup) -> None:
        self._crew = Crew(setup, 1)

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """The result of the chunk in a row."""
        result = next(self._crew.run(iter([pickle.loads(row["chunk"])])))
        return {"result": result.encode()}

    def __del__(self) -> None:
        self._crew.close()


def _chunk_source(sources: Sequence[Source], settings: Settings, done: frozenset[Key]) -> Any:
    """A Ray datasource: a read task for each of our sources, a block for each chunk."""
    from ray.data.block import BlockMetadata
    from ray.data.datasource import Datasource, ReadTask

    total = sum(source.total for source in sources)

    class Chunks(Datasource):  # type: ignore[misc]
        def estimate_inmemory_data_size(self) -> int:
            return total

        def get_read_tasks(
            self,
            parallelism: int,  # noqa: ARG002
            per_task_row_limit: int | None = None,  # noqa: ARG002
            data_context: Any = None,  # noqa: ARG002
        ) -> list[Any]:
            return [
                ReadTask(
                    partial(read, index, source, settings, done),
                    BlockMetadata(
                        num_rows=None,
                        size_bytes=source.total,
                        exec_stats=None,
                        input_files=None,
                    ),
                )
                for index, source in enumerate(sources)
            ]

    return Chunks()


def read(index: int, source: Source, settings: Settings, done: frozenset[Key]) -> Iterable[Any]:
    """The chunks of a source that are not done, each as a table of one row."""
    import pyarrow

    for chunk in source.chunks(index, settings, done):
        if chunk.key not in done:
            data = pickle.dumps(chunk)
            yield pyarrow.table({"chunk": pyarrow.array([data], pyarrow.large_binary())})


def _knock(address: str) -> None:
    """Ray itself tries for minutes before it says that nobody is there.

    Raises:
        ConfigError: if nobody listens at a ``host:port``.
    """
    host, colon, port = address.rpartition("//")[2].rpartition(":")
    if not colon or not port.isdigit():
        return  # "auto", or something that Ray knows
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise ConfigError(f"--address {address}: {error}") from None


def _reason(error: BaseException) -> str:
    """The innermost thing that went wrong, which Ray wraps several times."""
    while (cause := getattr(error, "cause", None) or error.__cause__) is not None:
        error = cause
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _ray() -> Any:
    try:
        import ray
        import ray.data
    except ImportError:
        raise ConfigError("--engine ray needs Ray; pip install 'mtrepair[ray]'") from None
    return ray
