"""What a command takes, as a process of its own: seconds of the clock and of processors, and the peak of its memory.

Linux counts the memory of a process from before it became the command: a child of a benchmark that holds tables begins
with their peak. So a small process is put between, which starts the command, waits, and says what the system counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import NamedTuple


class Measured(NamedTuple):
    """Seconds, seconds of processors and MB of a command."""

    seconds: float
    processor: float
    megabytes: float


def measured(*command: str, environment: Mapping[str, str] | None = None) -> Measured:
    """Run a command of Python's, such as ``-m regionmap``, and return what it took.

    Bytecode is kept, as an installation has it: to compile takes 0.3 s.

    Raises:
        SystemExit: the command failed; with what it said.
    """
    settings = os.environ if environment is None else environment
    plain = {name: value for name, value in settings.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ran = subprocess.run([sys.executable, "-S", __file__, *command], capture_output=True, text=True, env=plain)
    if ran.returncode:
        raise SystemExit(ran.stderr)
    return Measured(*json.loads(ran.stdout))


def _between(command: list[str]) -> int:
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    print(json.dumps([seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
    return int(status != 0)


if __name__ == "__main__":
    raise SystemExit(_between(sys.argv[1:]))
