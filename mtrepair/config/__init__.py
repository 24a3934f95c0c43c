"""What is in force for a file: configuration, silences, baseline; and the jobs of a run."""

from mtrepair.config.jobs import Job, Request, Run
from mtrepair.config.load import find, load
from mtrepair.config.settings import Settings, resolve

__all__ = ["Job", "Request", "Run", "Settings", "find", "load", "resolve"]
