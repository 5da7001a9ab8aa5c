"""The chunks of a run that are judged, kept beside the output until it is written: a stopped run goes on from them.

A kept chunk is a SHA-256 and an Arrow file. From the first one on that is not as it was written, a run that goes on
judges anew. Nothing is removed from the folder but what a run has put there, and no link is followed.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.ipc

from regionmap.i18n import t
from regionmap.printable import one_line
from regionmap.screening.datum_check import Evidence
from regionmap.screening.judge import Judged
from regionmap.screening.messages import ScreeningError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_EVIDENCE = b"regionmap.evidence"
_DIGEST_SIZE = 32
_LONGEST_NAME = 255
"""Bytes of a name on most file systems: a Chinese name of 80 characters has nearly as many."""
_OURS = re.compile(r"run\.json|half|\d{6,}\.arrow|\.regionmap-[0-9a-f]{12}.*|tmp[a-z0-9_]{8}")
"""Names of what a run puts there; the last is what the library for workbooks calls the rows that it has not packed."""


def _folder_name(output: str) -> str:
    """Return the name of the folder beside an output: by the output's own name, or by its digest where that is long."""
    name = f".{output}.regionmap-parts"
    if len(name.encode("utf-8", "surrogateescape")) <= _LONGEST_NAME:
        return name
    return f".{hashlib.sha256(output.encode('utf-8', 'surrogateescape')).hexdigest()}.regionmap-parts"


class CheckpointStore:
    """A hidden folder beside the output: ``run.json`` says of which run, then one Arrow file for each whole chunk."""

    def __init__(self, output: Path, run: dict[str, Any], *, resume: bool) -> None:
        """Open the folder; without ``resume``, or where there is none, a new one.

        Raises:
            InputError: the parts are those of another run, or a run that goes on is at work there.
            OSError: the folder cannot be made.
        """
        self.folder = output.with_name(_folder_name(output.name))
        self.count = 0
        self.damaged = 0
        """Kept chunks that are judged anew, the damaged one and those after it."""
        if self.folder.is_symlink():
            raise ScreeningError(
                t(
                    "{folder} is a link: a run would keep and remove its chunks elsewhere; remove the link",
                    folder=self.folder,
                )
            )
        self.folder.mkdir(exist_ok=True)
        self._turn = _lock(self.folder / "lock", output.name)
        try:
            self._begin(run, output.name, resume=resume)
        except BaseException:
            self._turn.close()
            raise

    def _begin(self, run: dict[str, Any], name: str, *, resume: bool) -> None:
        known = self.folder / "run.json"
        if resume and known.is_file() and not known.is_symlink():
            if _read(known) != run:
                raise ScreeningError(
                    t(
                        "the run for {file} that stopped had another input, catalogue, version, date or options: "
                        "start anew without --resume",
                        file=name,
                    )
                )
            while self._content(self.count) is not None:
                self.count += 1
            later = [one for one in self._ours() if one.suffix == ".arrow" and one.name >= self._path(self.count).name]
            self.damaged = len(later)
            for one in later:
                one.unlink()
            return
        for old in self._ours():
            old.unlink()
        left = [one.name for one in self.folder.iterdir() if one.name != "lock"]
        if left:
            raise ScreeningError(
                t(
                    "{folder} holds what is no chunk of a run, such as {name}: move it away, or name another output",
                    folder=self.folder, name=one_line(min(left)[:60]),
                )
            )  # fmt: skip
        known.write_text(json.dumps(run), "utf-8")

    def keep(self, judged: Judged) -> Judged:
        """Keep the next chunk, and return it: it counts as soon as it is whole."""
        half = self.folder / "half"
        half.unlink(missing_ok=True)
        table = judged.table.replace_schema_metadata({_EVIDENCE: json.dumps(judged.evidence)})
        with half.open("xb", buffering=0) as file:
            file.write(bytes(_DIGEST_SIZE))
            sink = _Hashed(file)
            # Not packed: that would take longer than all the rest, for rows that are removed when the run ends.
            with pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
            file.seek(0)
            file.write(sink.digest())
        half.replace(self._path(self.count))
        self.count += 1
        return judged

    def __iter__(self) -> Iterator[Judged]:
        """Read the chunks in order, one at a time.

        Raises:
            InputError: one is no longer as it was written.
        """
        for number in range(self.count):
            content = self._content(number)
            if content is None:
                raise ScreeningError(
                    t(
                        "chunk {number} kept in {folder} was damaged meanwhile: the same command with --resume judges "
                        "it anew",
                        number=number + 1, folder=self.folder.name,
                    )
                )  # fmt: skip
            table = pa.ipc.open_file(pa.BufferReader(content)).read_all()
            evidence: Evidence = Evidence(json.loads(table.schema.metadata[_EVIDENCE]))
            yield Judged(table.replace_schema_metadata(None), evidence)

    def close(self) -> None:
        """Let another run have the folder; where no chunk was kept, there is nothing to go on from, and it goes."""
        if self.count or self._turn.closed:
            self._turn.close()
            return
        with contextlib.suppress(OSError):  # why the run ends is told elsewhere
            self.discard()

    def discard(self) -> None:
        """Remove what a run has put into the folder, and the folder."""
        self._turn.close()
        for one in [*self._ours(), self.folder / "lock"]:
            one.unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # something else was put into it
            self.folder.rmdir()

    def _ours(self) -> list[Path]:
        return [
            one for one in self.folder.iterdir() if _OURS.fullmatch(one.name) and (one.is_file() or one.is_symlink())
        ]

    def _content(self, number: int) -> memoryview | None:
        """Return the Arrow file of a chunk; None where there is none, or another one than was written."""
        path = self._path(number)
        try:
            content = memoryview(path.read_bytes()) if not path.is_symlink() else memoryview(b"")
        except FileNotFoundError:
            return None
        digest, rest = content[:_DIGEST_SIZE], content[_DIGEST_SIZE:]
        return rest if hashlib.sha256(rest).digest() == digest else None

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.arrow"


class _Hashed(io.RawIOBase):
    """Writes on to a file, and hashes what is written, so that no copy of a chunk is held."""

    def __init__(self, file: io.RawIOBase) -> None:
        self._file, self._hash, self._size = file, hashlib.sha256(), 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._size

    def write(self, content: ReadableBuffer) -> int:
        rest = memoryview(content).cast("B")
        size = len(rest)
        self._hash.update(rest)
        while rest:  # a file may take a part of it
            rest = rest[self._file.write(rest) or 0 :]
        self._size += size
        return size

    def digest(self) -> bytes:
        return self._hash.digest()


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError:
        return None


def _lock(path: Path, name: str) -> IO[bytes]:
    """Return a file that this run alone has locked: the system unlocks it when the run ends, however it ends."""
    try:
        # No link is followed, and nothing cut off: what stands there may be someone's file.
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666), "r+b")
    except OSError as error:
        if path.is_symlink():
            raise ScreeningError(t("{path} is a link: remove it", path=path)) from None
        raise error
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        file.close()
        raise ScreeningError(
            t("another run is making {file}: wait for its end, or name another output", file=name)
        ) from None
    except OSError:  # a file system without locks
        pass
    return file
