"""The chunks of a run that are judged, kept beside the output until it is written: a stopped run goes on from them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.ipc

from regionmap.errors import InputError
from regionmap.screening.guard import Evidence
from regionmap.screening.judge import Judged

_EVIDENCE = b"regionmap.evidence"


class Parts:
    """A hidden folder beside the output: ``run.json`` says of which run, then one Arrow file for each whole chunk."""

    def __init__(self, output: Path, run: dict[str, Any], *, resume: bool) -> None:
        """Open the folder; without ``resume``, or where there is none, a new one.

        Raises:
            InputError: the parts are those of another run.
            OSError: the folder cannot be made.
        """
        self.folder = output.with_name(f".{output.name}.regionmap-parts")
        self.count = 0
        known = self.folder / "run.json"
        if resume and known.exists():
            if json.loads(known.read_text("utf-8")) != run:
                raise InputError(
                    f"the run for {output.name} that stopped had another input, catalogue, version, date or options: "
                    "start anew without --resume"
                )
            while self._path(self.count).exists():
                self.count += 1
            return
        self.discard()
        self.folder.mkdir()
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
            with pa.OSFile(str(self._path(number))) as file:
                table = pa.ipc.open_file(file).read_all()
            evidence: Evidence = Evidence(json.loads(table.schema.metadata[_EVIDENCE]))
            yield Judged(table.replace_schema_metadata(None), evidence)

    def discard(self) -> None:
        """Remove the folder and all in it."""
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:06}.arrow"
