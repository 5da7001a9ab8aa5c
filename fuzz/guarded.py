"""One process that reads many inputs for the fuzzer, with the limits under which such files are read for users.

The library for XLS and ODS takes all memory, or never ends, over some bytes: then the process ends, as the one of
``screening.files.apart`` does, and another one is begun. A process for each input would be mostly begun and ended: 50
inputs a second are read so, and 1,000 by one that goes on. What lines an input runs is handed back, since libFuzzer
makes its next inputs by that and sees its own process alone.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import socket
import sys
import traceback
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

MEMORY_BYTES, SECONDS = 450_000_000, 0.2
"""So much above what the process holds when it begins, as a reader of a small file has; seconds are those of a
processor for one input: a small file takes a twentieth, and where a library never ends, no limit is too short."""
ENDED = frozenset((signal.SIGPROF, signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS))
"""How a process ends that took more than its limits, or whose library gave up."""
_INPUTS = 5_000
"""Then a new process begins, so that what libraries keep does not add up to the limit."""
_SIZE = 4


class Guarded:
    """Reads each input in the process that goes on, and begins another one after one that ended."""

    def __init__(
        self, run: Callable[[bytes], None], ended: Callable[[bytes], None], harmless: Iterable[bytes] = ()
    ) -> None:
        """Take what reads an input, and what is called here with one over which a process ended.

        The harmless inputs are read here, before the first process begins: what is loaded by the first reading takes
        longer than an input may, so that a process which had to load it would end over whatever it is given first.
        """
        for one in harmless:
            run(one)
        self._run, self._ended = run, ended
        self._child = self._left = 0
        self._line: socket.socket | None = None

    def __call__(self, data: bytes) -> None:
        """Have an input read.

        Raises:
            RuntimeError: something else than an error of ours came of it, or the process ended in another way.
        """
        if self._line is None or not self._left:
            self._begin()
        assert self._line is not None
        self._left -= 1
        try:
            self._line.sendall(len(data).to_bytes(_SIZE, "big") + data)
            words, ran = _message(self._line), array("I", _message(self._line))
        except OSError:
            status = self.close()
            if -status not in ENDED:
                raise RuntimeError(f"the process that read it ended with status {status}") from None
            self._ended(data)
            return
        atheris = sys.modules.get("atheris")
        if atheris is not None:
            for number in ran:
                atheris._trace_branch(number)
        if words:
            raise RuntimeError(words.decode("utf-8", "replace"))

    def close(self) -> int:
        """End the process, wherever it stands; return how it ended."""
        if self._line is None:
            return 0
        self._line.close()
        self._line = None
        return os.waitstatus_to_exitcode(os.waitpid(self._child, 0)[1])

    def _begin(self) -> None:
        self.close()
        self._line, line = socket.socketpair()
        self._left = _INPUTS
        self._child = os.fork()
        if self._child == 0:
            try:
                self._line.close()
                self._serve(line)
            finally:
                os._exit(0)
        line.close()

    def _serve(self, line: socket.socket) -> None:
        for number in ENDED - {signal.SIGKILL}:
            signal.signal(number, signal.SIG_DFL)  # not the fuzzer's, which call it an escape
        signal.setitimer(signal.ITIMER_REAL, 0)
        most = _held() + MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        ran = _record(sys.modules.get("atheris"))
        while True:
            try:
                data = _message(line)
            except OSError:
                return  # the fuzzer has ended
            ran.clear()
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            words = b""
            try:
                self._run(data)
            except BaseException:
                words = traceback.format_exc()[-4_000:].encode("utf-8", "replace")
            signal.setitimer(signal.ITIMER_PROF, 0)
            for part in (words, array("I", ran).tobytes()):
                line.sendall(len(part).to_bytes(_SIZE, "big") + part)


def _held() -> int:
    """Return how many bytes this process holds, as the limit of the system counts them."""
    return int(re.findall(r"VmData:\s+(\d+)", Path("/proc/self/status").read_text())[0]) * 1024


def _record(atheris: ModuleType | None) -> set[int]:
    """Have the numbers of the places that are run put into a set from now on; return it."""
    ran: set[int] = set()
    if atheris is not None:
        vars(atheris)["_trace_branch"] = ran.add  # what the instrumented code asks the module for on each call
    return ran


def _message(line: socket.socket) -> bytes:
    """Read what stands behind its length.

    Raises:
        OSError: the other end is gone.
    """
    return _exactly(line, int.from_bytes(_exactly(line, _SIZE), "big"))


def _exactly(line: socket.socket, size: int) -> bytes:
    parts = []
    while size:
        part = line.recv(min(size, 1 << 20))
        if not part:
            raise ConnectionResetError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
