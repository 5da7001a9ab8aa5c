"""What a run of the command line begins before most of the program is loaded: its file is read meanwhile.

To load the program takes one thread, and half a second; to hash a file and to find out its encoding takes hardly any of
the interpreter's time, and so it is done by the end of that.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regionmap.screening.ahead import Later
from regionmap.screening.digests import digest_of
from regionmap.screening.lean import is_text, without_pandas

if TYPE_CHECKING:
    from regionmap.screening.files.opening import Table


@dataclass(frozen=True)
class Begun:
    """The digest of an input, and the input opened; both raise where they are asked for what is wrong with the file."""

    digest: Later[str]
    table: Later[Table]


@contextlib.contextmanager
def begun(source: Path, output: Path, encoding: str | None, wanted: Sequence[str]) -> Iterator[Begun | None]:
    """Begin with a file of texts; with others nothing is begun, since some are opened by a process of their own.

    Args:
        source: the file, which may not be there.
        output: the file that will be written.
        encoding: of the input, where it is known.
        wanted: names of columns that the caller gave.
    """
    if not is_text(source) or not _is_file(source):
        yield None
        return

    def opened() -> Table:
        from regionmap.screening.files.opening import open_table

        return open_table(source, encoding, wanted=wanted)

    with without_pandas(source, output):
        found = Begun(Later(lambda: digest_of(source)), Later(opened))
        try:
            yield found
        finally:
            found.table.wait()  # no thread is at work in a library while the process ends


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file can have: told where the file is opened
        return False
