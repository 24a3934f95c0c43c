"""Ray does the same work: on a cluster that runs, and on one that is started for the run."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.batch.conftest import texts

# Ray itself is only loaded in the processes that are started here: it changes the one it is in.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("ray") is None, reason="needs ray[data]"),
]

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Cluster:
    address: str
    environment: Mapping[str, str]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A cluster of one machine, on loopback, which asks for its token."""
    token = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    environment = {**os.environ, **token, "PYTHONPATH": str(ROOT)}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begin = [
        sys.executable, "-m", "ray.scripts.scripts", "start", "--head", "--block",
        "--node-ip-address", "127.0.0.1", "--port", str(port), "--num-cpus", "3",
        "--include-dashboard", "false", "--disable-usage-stats",
    ]  # fmt: skip
    with subprocess.Popen(
        begin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as up:
        assert up.stdout is not None
        for said in up.stdout:
            if "Ray runtime started" in said:
                break
        else:
            pytest.fail("ray start ended")
        yield Cluster(f"127.0.0.1:{port}", environment)
        up.terminate()  # with --block its processes end with it


def command(inputs: list[str], out: Path, *more: str) -> list[str]:
    return [
        sys.executable, "-m", "mtrepair", "batch", *inputs, "--out", str(out), "--jobs", "2",
        "--chunk-size", "3000", "--no-config", *more,
    ]  # fmt: skip


def batch(
    inputs: list[str], out: Path, *more: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command(inputs, out, *more), cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return done


def content(out: Path) -> dict[str, bytes]:
    names = ("edits.jsonl", "rejects.jsonl", "report.html")
    found = {name: (out / name).read_bytes() for name in names}
    found |= {p.name: p.read_bytes() for p in (out / "data").rglob("*") if p.is_file()}
    stats = json.loads((out / "stats.json").read_text("utf-8"))
    del stats["timing"]
    return {**found, "stats": json.dumps(stats).encode()}


def several(tmp_path: Path, articles: Callable[[int], Path]) -> list[str]:
    """Lines with two bad ones among them, a table, and a text."""
    lines = articles(120)
    lines.write_bytes(lines.read_bytes() + b'{"text": 3}\nno JSON\n')
    (tmp_path / "t.csv").write_text(
        "text\n" + "".join(f'"{text}"\n' for text in texts(60)), encoding="utf-8"
    )
    (tmp_path / "t.md").write_text("# Titre\n\n" + "\n\n".join(texts(20)), encoding="utf-8")
    return [str(lines), str(tmp_path / "t.csv"), str(tmp_path / "t.md")]


def test_a_cluster_gives_the_same_bytes(
    cluster: Cluster, tmp_path: Path, articles: Callable[[int], Path]
) -> None:
    inputs = several(tmp_path, articles)
    calm = batch(inputs, tmp_path / "local")
    out = tmp_path / "ray"
    ray = ("--engine", "ray", "--address", cluster.address)
    with subprocess.Popen(
        command(inputs, out, *ray), cwd=ROOT, env=cluster.environment, stderr=subprocess.DEVNULL
    ) as process:
        journal = out / ".mtrepair" / "journal"
        while process.poll() is None:
            if journal.is_file() and journal.stat().st_size > 5000:
                process.send_signal(signal.SIGINT)
                break
            time.sleep(0.01)
        assert process.wait(60) == 130
    done = batch(inputs, out, *ray, "--resume", env=cluster.environment)
    assert done.returncode == calm.returncode == 3, done.stderr
    assert content(out) == content(tmp_path / "local")
    timing = json.loads((out / "stats.json").read_text("utf-8"))["timing"]
    assert timing["engine"] == "ray"
    assert 0 < timing["resumed_chunks"] < timing["chunks"]


def test_a_damaged_input_is_named(cluster: Cluster, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(b"\x1f\x8b\x08\x00 no gzip")
    done = batch(
        [str(path)],
        tmp_path / "out",
        *("--engine", "ray", "--address", cluster.address),
        env=cluster.environment,
    )
    assert done.returncode == 2
    assert "a.jsonl.gz: damaged or cut short" in done.stderr


def test_no_cluster_is_no_traceback(tmp_path: Path, articles: Callable[[int], Path]) -> None:
    done = batch(
        [str(articles(3))], tmp_path / "out", "--engine", "ray", "--address", "127.0.0.1:1"
    )
    assert done.returncode == 2
    assert "--address 127.0.0.1:1: " in done.stderr


def test_the_command_starts_a_cluster_of_its_own(
    tmp_path: Path, articles: Callable[[int], Path]
) -> None:
    path = articles(60)
    for engine in ("local", "ray"):
        done = batch([str(path)], tmp_path / engine, "--engine", engine)
        assert done.returncode == 0, done.stderr
    assert content(tmp_path / "ray") == content(tmp_path / "local")
