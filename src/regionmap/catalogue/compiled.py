"""A checked catalogue in one file, so that a cold ``regionmap check`` need not parse and check YAML.

Such a file lies in the installation (``bundle/catalogue.bin``, written when the wheel is built) and, where that one is
missing or older than the files of the catalogue, in the user's cache folder. It begins with a digest of what it was
made from, every file of the catalogue and the code that reads them, and with a digest of its own rest: where either
does not hold, it is passed over. ``REGIONMAP_CACHE`` names another cache folder, or ``off``.

The rest is a pickle, which could run code when it is read. So the file of the installation is trusted just as the code
that lies beside it, and one in the cache folder only where this user wrote it.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from regionmap import cache_dir
from regionmap.catalogue.catalogue import Catalogue
from regionmap.model import Place, Text, Where
from regionmap.resources import COMPILED_CATALOGUE
from regionmap.version import __version__
from regionmap.whole_file import whole_file

_MAGIC = b"regionmap catalogue 1\n"
_DIGEST_SIZE = 32
_PROTOCOL = 5  # the same bytes mean the same in every version of Python: one wheel is for all of them
_MOST_KEPT = 8
# No numbers and no enums: 1, 1.0 and True are equal, so are Rank.LAW and "law", and all are to stay what they are.
_OFTEN_EQUAL = (str, date, Text, Place, Where)


def cached(files: Sequence[Path], load: Callable[[], Catalogue]) -> Catalogue:
    """Return the catalogue compiled from these files, or load it and keep it."""
    key = _key(files)
    found = _read(COMPILED_CATALOGUE, key)
    if found is not None:
        return found
    folder = cache_dir.folder()
    if folder is None:
        return load()
    path = folder / f"catalogue-{key.hex()}.bin"
    found = _read(path, key, of_this_user=True)
    if found is None:
        found = load()
        made = found
        cache_dir.keep(path, lambda temporary: _write(temporary, key, made), like="catalogue-*", most=_MOST_KEPT)
    return found


def compile_to(path: Path, files: Sequence[Path], catalogue: Catalogue) -> None:
    """Write what ``cached`` reads: the catalogue that was loaded from these files.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as temporary:
        _write(temporary, _key(files), catalogue)
        temporary.chmod(0o644)  # for whoever may use the installation


def _key(files: Sequence[Path]) -> bytes:
    """Return a digest of names and bytes of all files, and of the code; wherever they lie."""
    total = hashlib.sha256(__version__.encode())
    code = [*Path(__file__).parent.glob("*.py"), *(Path(__file__).parent.parent / "model").glob("*.py")]
    for some in (code, files):
        root = os.path.commonpath(some)
        for name, path in sorted((os.path.relpath(path, root), path) for path in some):
            total.update(name.replace(os.sep, "/").encode())
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.digest()


def _read(path: Path, key: bytes, *, of_this_user: bool = False) -> Catalogue | None:
    try:
        if of_this_user and not cache_dir.is_ours(path):
            return None
        with path.open("rb") as file:
            if file.read(len(_MAGIC) + _DIGEST_SIZE) != _MAGIC + key:
                return None
            digest, rest = file.read(_DIGEST_SIZE), file.read()
        if hashlib.sha256(rest).digest() != digest:
            return None
        with _no_collection():
            found = pickle.loads(rest)  # noqa: S301
    except Exception:
        return None  # missing, unreadable, or written by code that is no longer here: the files themselves are read
    return found if isinstance(found, Catalogue) else None


def _write(path: Path, key: bytes, catalogue: Catalogue) -> None:
    rest = io.BytesIO()
    _Pickler(rest, _PROTOCOL).dump(_shared(catalogue, {}))
    content = rest.getvalue()
    path.write_bytes(_MAGIC + key + hashlib.sha256(content).digest() + content)


class _Pickler(pickle.Pickler):
    """Has data classes made by their constructors: several times faster than their own way."""

    def reducer_override(self, value: Any) -> Any:
        """Return the class and its arguments for a value of a data class."""
        return (type(value), _arguments(value)) if _is_value(value) else NotImplemented


def _shared(value: Any, known: dict[Any, Any]) -> Any:
    """Return an equal value in which equal words, days and areas are one: each is read once."""
    if isinstance(value, dict):
        return {_shared(name, known): _shared(one, known) for name, one in value.items()}
    if type(value) is tuple:
        return tuple(_shared(one, known) for one in value)
    if _is_value(value):
        value = type(value)(*(_shared(one, known) for one in _arguments(value)))
    return known.setdefault(value, value) if type(value) in _OFTEN_EQUAL else value


def _is_value(value: Any) -> bool:
    return is_dataclass(value) and not isinstance(value, type)


def _arguments(value: Any) -> tuple[Any, ...]:
    return tuple(getattr(value, one.name) for one in fields(value))


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the collector of garbage away: what is read is all kept, and looking it over takes longer than reading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
