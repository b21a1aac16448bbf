"""The site of ``make run`` as a process of its own, in a folder of its own, with its demonstration district."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PATIENCE = 600
"""Seconds until the site must answer; building the demonstration takes most of it, several at once on a busy machine most of all."""


@dataclass(frozen=True)
class Site:
    """``address`` without a slash at its end; ``password`` of every account of the demonstration."""

    address: str
    password: str
    folder: Path


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """Build the demonstration and open the site until the block ends."""
    port = _free_port()
    environment = {
        **os.environ,
        "GONGKAI_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "gongkai.office.settings.development",
    }
    command = [sys.executable, "-m", "gongkai.office", "demo", "--port", str(port)]
    log = (folder / "log.txt").open("w")
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, process, folder / "log.txt")
        yield Site(address, json.loads((folder / "demo.json").read_text("utf-8"))["password"], folder)
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the site ended: {log.read_text('utf-8')[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    raise RuntimeError(f"the site did not answer: {log.read_text('utf-8')[-3000:]}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
