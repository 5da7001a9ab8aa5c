"""Where parts lie: in a folder of this machine or of a shared disk, or at any address that fsspec knows.

A part is read from a file of this machine, which is the part itself or a copy of it that lasts as long as it is read.
A file appears under its name only when it is whole: by renaming it, or on an object store by one upload, which counts
once it has ended.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from glob import glob, has_magic
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from regionmap.errors import MissingExtraError
from regionmap.file_names import plain_name
from regionmap.i18n import t
from regionmap.screening.messages import ScreeningError

ASIDE = "_regionmap"
"""The folder beside the parts of a result that holds what a run keeps; names with a line in front hold no rows."""
_SCRATCH = "tmp-"
_LEFT = re.compile(r"tmp-[0-9a-f]{12}")
_HERE = ("file", "local")
_RENAMES = frozenset({"hdfs", "arrow_hdfs", "webhdfs", "sftp", "ssh", "smb", "ftp", "file", "local"})
"""Where a half upload would stand under its name, and where renaming is one step; elsewhere it is a copy."""


class Storage(Protocol):
    """A place with folders; paths are as ``found`` gives them, or such a path with a name added after a slash."""

    def root(self, address: str) -> str:
        """Return the path of an address of this place."""

    def found(self, pattern: str) -> list[tuple[str, int]]:
        """Return the paths and sizes of the files that fit a pattern."""

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, in order; none where it is not there."""

    def open(self, path: str) -> BinaryIO:
        """Open a file to read parts of it."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file, None where it is not there."""

    def local(self, path: str) -> contextlib.AbstractContextManager[Path]:
        """Give a file of this machine with the bytes of a file."""

    def prepare(self, folder: str) -> None:
        """Make a folder, if it is not there."""

    def scratch(self, folder: str) -> contextlib.AbstractContextManager[Path]:
        """Give an empty folder of this machine for files that ``publish`` will move to the folder."""

    def publish(self, file: Path, path: str) -> None:
        """Make a file from ``scratch`` appear under a path in one step."""

    def write(self, content: bytes, path: str) -> None:
        """Make a file with these bytes appear under a path in one step."""

    def tidy(self, folder: str) -> None:
        """Remove what lost workers left in scratch folders."""


def storage_of(address: str) -> Storage:
    """Return the place of an address: a path, or a URL such as s3://bucket/folder/.

    Raises:
        InputError: no such place is known, or what reads it is not installed.
    """
    protocol = protocol_of(address)
    if protocol is None or protocol in _HERE:
        return LocalStorage()
    MissingExtraError.require("fsspec", t("reading {file}", file=f"{protocol}://"), "dask")
    place = RemoteStorage(address)
    try:
        place.root(address)
    except (ImportError, ValueError) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0][:160]
        raise ScreeningError(t("{address} cannot be reached: {why}", address=address, why=why)) from None
    return place


def protocol_of(address: str) -> str | None:
    """Return what stands before :// in an address; None for a path."""
    protocol, mark, _ = address.partition("://")
    return protocol if mark and protocol.replace("+", "").isalnum() else None


@dataclass(frozen=True)
class LocalStorage:
    """The disks of this machine, those that it shares with others included."""

    def root(self, address: str) -> str:
        """Return the absolute path: a worker may run in another folder."""
        if protocol_of(address) in _HERE:
            address = address.partition("://")[2]
        return Path(address).absolute().as_posix()

    def found(self, pattern: str) -> list[tuple[str, int]]:
        """See ``Storage``; a name that is there with its signs of a pattern is that file."""
        paths = [pattern] if Path(pattern).exists() or not has_magic(pattern) else glob(pattern, recursive=True)  # noqa: PTH207
        return [(one.as_posix(), one.stat().st_size) for one in map(Path, paths) if one.is_file()]

    def names(self, folder: str) -> list[str]:
        """See ``Storage``."""
        path = Path(folder)
        if path.exists() and not path.is_dir():
            raise ScreeningError(t("{path} is no folder: name one for the parts of the result", path=path))
        return sorted(one.name for one in path.iterdir()) if path.exists() else []

    def open(self, path: str) -> BinaryIO:
        """See ``Storage``."""
        return Path(path).open("rb")

    def read(self, path: str) -> bytes | None:
        """See ``Storage``."""
        return Path(path).read_bytes() if Path(path).exists() else None

    @contextlib.contextmanager
    def local(self, path: str) -> Iterator[Path]:
        """Give the file itself."""
        yield Path(path)

    def prepare(self, folder: str) -> None:
        """See ``Storage``; the folder around it must be there."""
        path = Path(folder)
        if not path.parent.is_dir():
            raise ScreeningError(
                t(
                    "no folder {folder}: make it first, or choose another for {name}",
                    folder=path.parent, name=path.name,
                )
            )  # fmt: skip
        aside = path / ASIDE
        if aside.is_symlink():
            raise ScreeningError(
                t("{path} is a link: a run writes and tidies up there, name another folder", path=aside)
            )
        aside.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def scratch(self, folder: str) -> Iterator[Path]:
        """Give a folder on the same disk, so that renaming is one step."""
        path = Path(folder) / ASIDE / f"{_SCRATCH}{os.urandom(6).hex()}"
        path.mkdir()
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def publish(self, file: Path, path: str) -> None:
        """Rename it."""
        file.replace(path)

    def write(self, content: bytes, path: str) -> None:
        """See ``Storage``."""
        around = Path(path).parent
        temporary = (around if around.name == ASIDE else around / ASIDE) / f"{_SCRATCH}{os.urandom(6).hex()}"
        try:
            temporary.write_bytes(content)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)

    def tidy(self, folder: str) -> None:
        """See ``Storage``."""
        for left in (Path(folder) / ASIDE).iterdir():
            if _LEFT.fullmatch(left.name) and left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            elif _LEFT.fullmatch(left.name):
                left.unlink(missing_ok=True)


@dataclass(frozen=True)
class RemoteStorage:
    """A place that fsspec reaches: an object store, HDFS, the memory of this process."""

    address: str

    @cached_property
    def _fs(self) -> Any:
        import fsspec  # comes with Dask

        return fsspec.core.url_to_fs(self.address)[0]

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy for a worker reaches the place with what that machine knows of it."""
        return RemoteStorage, (self.address,)

    def root(self, address: str) -> str:
        """See ``Storage``."""
        return str(self._fs._strip_protocol(address)).rstrip("/")

    def found(self, pattern: str) -> list[tuple[str, int]]:
        """See ``Storage``."""
        fs = self._fs
        if fs.isfile(pattern):
            return [(pattern, int(fs.size(pattern)))]
        every = fs.glob(pattern, detail=True) if has_magic(pattern) else {}
        return [(path, int(one["size"])) for path, one in every.items() if one["type"] == "file"]

    def names(self, folder: str) -> list[str]:
        """See ``Storage``."""
        self._fs.invalidate_cache(folder)
        try:
            listed = self._fs.ls(folder, detail=False)
        except FileNotFoundError:
            return []
        # Some stores list the folder itself, as an object without bytes.
        return sorted({one.rstrip("/").rpartition("/")[2] for one in listed if one.rstrip("/") != folder})

    def open(self, path: str) -> BinaryIO:
        """See ``Storage``."""
        file: BinaryIO = self._fs.open(path, "rb")
        return file

    def read(self, path: str) -> bytes | None:
        """See ``Storage``."""
        try:
            return bytes(self._fs.cat_file(path))
        except FileNotFoundError:
            return None

    @contextlib.contextmanager
    def local(self, path: str) -> Iterator[Path]:
        """Give a copy, which is removed afterwards."""
        with tempfile.TemporaryDirectory(prefix="regionmap-") as folder:
            copy = Path(folder) / plain_name(path.rpartition("/")[2])
            self._fs.get_file(path, str(copy))
            yield copy

    def prepare(self, folder: str) -> None:
        """See ``Storage``; object stores have none."""
        self._fs.makedirs(f"{folder}/{ASIDE}", exist_ok=True)

    @contextlib.contextmanager
    def scratch(self, folder: str) -> Iterator[Path]:
        """Give a folder that is removed afterwards."""
        with tempfile.TemporaryDirectory(prefix="regionmap-") as path:
            yield Path(path)

    def publish(self, file: Path, path: str) -> None:
        """Upload it; where half an upload could be seen, under another name first."""
        if not self._renames:
            self._fs.put_file(str(file), path)
            return
        folder, _, name = path.rpartition("/")
        around = folder if folder.endswith(ASIDE) else f"{folder}/{ASIDE}"
        half = f"{around}/{_SCRATCH}{os.urandom(6).hex()}-{name}"
        self._fs.put_file(str(file), half)
        if self._fs.exists(path):  # of this run, and to be replaced: not every system renames onto a file
            self._fs.rm_file(path)
        self._fs.mv(half, path)

    def write(self, content: bytes, path: str) -> None:
        """See ``Storage``."""
        with tempfile.TemporaryDirectory(prefix="regionmap-") as folder:
            file = Path(folder) / "content"
            file.write_bytes(content)
            self.publish(file, path)

    def tidy(self, folder: str) -> None:
        """See ``Storage``."""
        if self._renames:
            for name in self.names(f"{folder}/{ASIDE}"):
                if _LEFT.match(name):
                    self._fs.rm_file(f"{folder}/{ASIDE}/{name}")

    @property
    def _renames(self) -> bool:
        return (protocol_of(self.address) or "") in _RENAMES
