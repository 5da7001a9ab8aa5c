"""The chunks of a run that are judged, kept beside the output until it is written: a stopped run goes on from them."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.ipc

from regionmap.i18n import t
from regionmap.screening.datum_check import Evidence
from regionmap.screening.judge import Judged
from regionmap.screening.messages import ScreeningError

_EVIDENCE = b"regionmap.evidence"


class CheckpointStore:
    """A hidden folder beside the output: ``run.json`` says of which run, then one Arrow file for each whole chunk."""

    def __init__(self, output: Path, run: dict[str, Any], *, resume: bool) -> None:
        """Open the folder; without ``resume``, or where there is none, a new one.

        Raises:
            InputError: the parts are those of another run, or a run that goes on is at work there.
            OSError: the folder cannot be made.
        """
        self.folder = output.with_name(f".{output.name}.regionmap-parts")
        self.count = 0
        self.folder.mkdir(exist_ok=True)
        self._turn = _lock(self.folder / "lock", output.name)
        known = self.folder / "run.json"
        if resume and known.exists():
            if _read(known) != run:
                self.close()
                raise ScreeningError(
                    t(
                        "the run for {file} that stopped had another input, catalogue, version, date or options: "
                        "start anew without --resume",
                        file=output.name,
                    )
                )
            while self._path(self.count).exists():
                self.count += 1
            return
        for old in self.folder.iterdir():
            if old.name != "lock":
                old.unlink()
        known.write_text(json.dumps(run), "utf-8")

    def keep(self, judged: Judged) -> None:
        """Keep the next chunk: it counts as soon as it is whole."""
        half = self.folder / "half"
        table = judged.table.replace_schema_metadata({_EVIDENCE: json.dumps(judged.evidence)})
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        with pa.OSFile(str(half), "wb") as file, pa.ipc.new_file(file, table.schema, options=options) as writer:
            writer.write_table(table)
        half.replace(self._path(self.count))
        self.count += 1

    def __iter__(self) -> Iterator[Judged]:
        """Read the chunks in order, one at a time."""
        for number in range(self.count):
            try:
                with pa.OSFile(str(self._path(number))) as file:
                    table = pa.ipc.open_file(file).read_all()
                evidence: Evidence = Evidence(json.loads(table.schema.metadata[_EVIDENCE]))
            except (pa.ArrowException, ValueError, LookupError, TypeError):  # a computer that lost its power
                raise ScreeningError(
                    t("a chunk kept in {folder} is damaged: start anew without --resume", folder=self.folder.name)
                ) from None
            yield Judged(table.replace_schema_metadata(None), evidence)

    def close(self) -> None:
        """Let another run have the folder."""
        self._turn.close()

    def discard(self) -> None:
        """Remove the folder and all in it."""
        self.close()
        shutil.rmtree(self.folder)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.arrow"


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError:
        return None


def _lock(path: Path, name: str) -> IO[bytes]:
    """Return a file that this run alone has locked: the system unlocks it when the run ends, however it ends."""
    file = path.open("wb")
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
