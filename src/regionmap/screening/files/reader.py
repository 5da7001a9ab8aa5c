"""The process that reads a file for another one: see ``apart``, which starts it and speaks with it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.ipc

from regionmap.errors import InputError
from regionmap.model import Text
from regionmap.screening.files.apart import _LENGTH, _OUT_OF_MEMORY, out
from regionmap.screening.files.opening import Table, open_here
from regionmap.screening.messages import in_both


def serve() -> None:
    """Answer on standard output what is asked on standard input, and end."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes nowhere
    try:
        _serve(sys.stdin.buffer, answers)
    except BrokenPipeError:
        os._exit(0)  # whoever asked has enough
    except (MemoryError, pa.ArrowMemoryError):
        os._exit(_OUT_OF_MEMORY)
    except Exception as error:
        os._exit(_OUT_OF_MEMORY if "bad_alloc" in str(error) or "memory" in str(error).lower() else 4)


def _serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    asked = json.loads(questions.readline())
    path = Path(asked["path"])
    _limit(asked["memory"], asked["opening"])
    try:
        table = open_here(
            path, asked["encoding"], sheet=asked["sheet"], wanted=asked["wanted"], rowless=asked["rowless"]
        )
        notes = [[one.id, {key: out(field) for key, field in one.fields.items()}] for one in table.notes]
        _say(answers, {"names": table.names, "rows": table.rows, "notes": notes})
    except InputError as error:
        _say(answers, _refusal(error))
        return
    line = questions.readline()
    if line:
        _limit(asked["memory"], asked["reading"])
        _chunks(table, json.loads(line)["size"], answers)


def _chunks(table: Table, size: int, answers: IO[bytes]) -> None:
    end: dict[str, Any] = {}
    try:
        for chunk in table.chunks(size):
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, chunk.schema) as writer:
                writer.write_table(chunk)
            content = sink.getvalue()
            answers.write(content.size.to_bytes(_LENGTH, "big"))
            answers.write(content)
    except InputError as error:
        end = _refusal(error)
    answers.write(bytes(_LENGTH))
    _say(answers, end)


def _refusal(error: InputError) -> dict[str, Any]:
    reason: BaseException | None = error
    while reason is not None:
        if isinstance(reason, MemoryError):  # which a reader has told as a file that is broken
            os._exit(_OUT_OF_MEMORY)
        reason = reason.__context__
    text: Text = in_both(error)
    return {"error": {"zh": text.zh, "en": text.en}}


def _say(answers: IO[bytes], words: dict[str, Any]) -> None:
    answers.write(json.dumps(words).encode() + b"\n")
    answers.flush()


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    data = resource.RLIMIT_DATA if sys.platform.startswith("linux") else resource.RLIMIT_AS
    for what, most in ((data, memory), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_CORE, 0)):
        _, hardest = resource.getrlimit(what)
        allowed = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
        try:
            resource.setrlimit(what, (allowed, hardest))
        except (OSError, ValueError):  # macOS takes no limit of memory
            continue
