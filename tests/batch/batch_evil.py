"""A worker with one more rule, which does to the process what its text says."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mtrepair.batch.work import Worker
from mtrepair.core import Finding, Severity
from mtrepair.rules import Context, Passage, Priority, Rule, RuleInfo


def detect(passage: Passage, context: Context) -> Iterable[Finding]:
    text = passage.text
    if "LÈVE" in text:
        raise ValueError("a bug")
    if "BOUCLE" in text:
        while True:
            pass
    if "SOURD" in text:  # stuck where no signal gets through, as in a library written in C
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(3600)
    if "MEURT" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    flag = os.environ.get("EVIL_ONCE")
    if flag and "UNE FOIS" in text and not Path(flag).exists():
        Path(flag).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return ()


RULE = Rule(
    info=RuleInfo(
        name="evil",
        group="words",
        severity=Severity.MINOR,
        summary="",
        priority=Priority.WORD,
    ),
    docs="",
    detect=detect,
)


def evil_worker(*args: Any) -> Worker:
    worker = Worker(*args)
    worker._session.rules = [*worker._session.rules, RULE]
    return worker
