"""A file read in a process of its own, with a limit of memory and of seconds: for what libraries cannot be held to.

A workbook or a layer of a few kilobytes can take a library gigabytes, minutes, or its process down with it. So another
process opens it, and hands on what a table is made of: first one line of JSON (names, rows, notes, or what is wrong),
then, as often as it is asked for chunks, Arrow streams with their lengths before them. Whoever asked goes on answering
others meanwhile, and judges one chunk while the next one is read. The limits are those of the system (``setrlimit``):
on Windows there are none, and the process alone keeps a crash away.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.ipc

from regionmap import limits
from regionmap.i18n import t
from regionmap.model import Text
from regionmap.screening.messages import Message, ScreeningError

_COMMAND = "from regionmap.screening.files.reader import serve; serve()"
_LENGTH = 8
_OUT_OF_MEMORY = 3
"""The status of a process that says so itself; libraries that cannot abort it, and the system kills it."""
_OUT_OF_TIME = getattr(signal, "SIGXCPU", None)
_KILLED = frozenset({"SIGABRT", "SIGSEGV", "SIGBUS", "SIGKILL"})


class Reader:
    """A process that has opened one file; it ends with this object, or when it has ended all that it was asked."""

    def __init__(
        self, path: Path, encoding: str | None, sheet: str | None, wanted: Sequence[str], rowless: bool = False
    ) -> None:
        """Start the process and have it open the file.

        Raises:
            InputError: what the reader says of the file, or that it took more than its limits.
        """
        self._name, self._size, self._reads = path.name, path.stat().st_size, False
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(one for one in sys.path if one),
            "ARROW_DEFAULT_MEMORY_POOL": "system",  # other pools set much aside that they never use
            "PYTHONIOENCODING": "utf-8",
        }
        self._process = subprocess.Popen(  # noqa: S603  (this interpreter, and words of our own)
            [sys.executable, "-c", _COMMAND],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        asked = {
            "path": str(path.absolute()), "encoding": encoding, "sheet": sheet, "wanted": list(wanted),
            "rowless": rowless,
            "memory": limits.memory_bytes(self._size), "opening": limits.opening_seconds(self._size),
            "reading": limits.reading_seconds(self._size),
        }  # fmt: skip
        try:
            found = self._told(asked)
        except BaseException:
            self.close()
            raise
        self.names = tuple(found["names"])
        self.rows: int | None = found["rows"]
        self.notes = tuple(
            Message(id_, {key: _field(one) for key, one in fields.items()}) for id_, fields in found["notes"]
        )

    def chunks(self, size: int) -> Iterator[pa.Table]:
        """Yield the rows from the first on in tables of ``size``.

        Raises:
            InputError: as ``__init__``.
        """
        self._reads = True
        try:
            self._ask({"size": size})
            while length := int.from_bytes(self._read(_LENGTH), "big"):
                yield pa.ipc.open_stream(pa.py_buffer(self._read(length))).read_all()
            self._answer()
        finally:
            self.close()

    def close(self) -> None:
        """End the process, wherever it stands."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()

    def _told(self, question: dict[str, Any]) -> dict[str, Any]:
        self._ask(question)
        return self._answer()

    def _ask(self, question: dict[str, Any]) -> None:
        try:
            self._in.write(json.dumps(question).encode() + b"\n")
            self._in.flush()
        except OSError:
            raise self._ended() from None

    def _answer(self) -> dict[str, Any]:
        line = self._out.readline()
        if not line.endswith(b"\n"):
            raise self._ended()
        found: dict[str, Any] = json.loads(line)
        if "error" in found:
            raise ScreeningError(Text(**found["error"]))
        return found

    def _read(self, length: int) -> bytes:
        content = self._out.read(length)
        if len(content) < length:
            raise self._ended()
        return content

    @property
    def _in(self) -> IO[bytes]:
        assert self._process.stdin is not None  # noqa: S101  (asked for above)
        return self._process.stdin

    @property
    def _out(self) -> IO[bytes]:
        assert self._process.stdout is not None  # noqa: S101  (asked for above)
        return self._process.stdout

    def _ended(self) -> ScreeningError:
        """Return why the process is gone, or let it go where it has only stopped answering."""
        status = self._process.wait()
        if -status == _OUT_OF_TIME:
            most = limits.reading_seconds(self._size) if self._reads else limits.opening_seconds(self._size)
            return ScreeningError(
                t(
                    "{file} took more than {most} seconds of a processor to read: save the table as CSV",
                    file=self._name, most=f"{most:,}",
                )
            )  # fmt: skip
        name = signal.Signals(-status).name if status < 0 else ""
        if status == _OUT_OF_MEMORY or name in _KILLED:
            most = limits.memory_bytes(self._size) // 1_000_000
            return ScreeningError(
                t(
                    "{file} took more than {most} MB of memory to read: save the table as CSV",
                    file=self._name, most=f"{most:,}",
                )
            )  # fmt: skip
        return ScreeningError(
            t(
                "{file} broke off the program that reads it ({why}): save the table as CSV",
                file=self._name, why=name or status,
            )
        )  # fmt: skip


def can_start() -> bool:
    """Return whether this interpreter can start another one: it cannot where it is built into a program."""
    return bool(sys.executable)


def out(value: Any) -> Any:
    """Return a field of a note as JSON has it."""
    return {"zh": value.zh, "en": value.en} if isinstance(value, Text) else value


def _field(value: Any) -> Any:
    return Text(**value) if isinstance(value, dict) else value


class Kept:
    """The reader of one table: opened once, asked for its chunks, and started anew for a second time."""

    def __init__(
        self, path: Path, encoding: str | None, sheet: str | None, wanted: Sequence[str], *, rowless: bool = False
    ) -> None:
        """Open the file.

        Raises:
            InputError: as ``Reader``.
        """
        self._asked = (path, encoding, sheet, wanted, rowless)
        self._turn = threading.Lock()
        self._first: Reader | None = Reader(*self._asked)
        self.names, self.rows, self.notes = self._first.names, self._first.rows, self._first.notes

    def chunks(self, size: int) -> Iterator[pa.Table]:
        """Yield the rows from the first on in tables of ``size``, whenever it is called."""
        with self._turn:
            reader, self._first = self._first, None
        yield from (reader or Reader(*self._asked)).chunks(size)

    def __del__(self) -> None:
        """End a process that was never asked for rows."""
        first = getattr(self, "_first", None)
        if first is not None:
            first.close()
