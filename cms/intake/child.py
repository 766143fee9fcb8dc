"""Work on a file from outside in a process of its own, with limits of time and memory: what breaks there breaks nothing else.

`run("package.module:function", path, …)` calls the function with texts and returns what it returned, which must fit into JSON;
with `content` the function gets those bytes first, and no file is needed.
The function raises `RefusedFile` for what it refuses. Its module must not need Django: the process starts without it.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from cms.intake.refusals import RefusedFile

SECONDS = 10
MEMORY = 512 * 1024 * 1024
"""Address space in bytes."""
STARTING = 30
"""Seconds beside the limit of CPU time: on a busy machine a process waits for its turn."""
_PROJECT = Path(__file__).resolve().parents[2]
_STARTED = "cms.intake.child"


def run(
    function: str, *arguments: str, content: bytes | None = None, seconds: int = SECONDS, memory: int = MEMORY
) -> Any:
    """What the function returned. Raises `RefusedFile` with its sentence, or with one about the limit that was reached."""
    command = [
        sys.executable,
        "-m",
        _STARTED,
        function,
        str(seconds),
        str(memory),
        "-" if content is None else "+",
        *arguments,
    ]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(_PROJECT), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, cwd=_PROJECT, env=environment, input=content or b"", capture_output=True, check=False,
            timeout=2 * seconds + STARTING,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise RefusedFile(f"Sprawdzanie pliku trwało ponad {seconds} s i zostało przerwane.") from None
    if done.returncode != 0:
        raise RefusedFile(_limit_sentence(done.returncode, seconds))
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise RefusedFile(answer["refused"], line=answer["line"])
    return answer["result"]


def _limit_sentence(code: int, seconds: int) -> str:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return f"Sprawdzanie pliku trwało ponad {seconds} s i zostało przerwane."
    return "Pliku nie da się odczytać: jest za duży albo uszkodzony."


def main(function: str, seconds: str, memory: str, fed: str, *arguments: str) -> None:
    """Set the limits, call, print the answer as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    module, _, name = function.partition(":")
    content = (sys.stdin.buffer.read(),) if fed == "+" else ()
    try:
        answer = {"result": getattr(importlib.import_module(module), name)(*content, *arguments)}
    except RefusedFile as refusal:
        answer = {"refused": str(refusal), "line": refusal.line}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
