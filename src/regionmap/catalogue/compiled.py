"""A checked catalogue kept for the next start, so that a cold ``regionmap check`` need not parse and check YAML again.

The key is a digest of every file of the catalogue and of the code that reads them: any change makes a new one.
Where no cache folder can be written, everything works, only slower. ``REGIONMAP_CACHE`` names another folder, or
``off``.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from regionmap import kept
from regionmap.catalogue.catalogue import Catalogue


def cached(files: Sequence[Path], load: Callable[[], Catalogue]) -> Catalogue:
    """Return the kept catalogue for these files, or load it and keep it."""
    folder = kept.folder()
    if folder is None:
        return load()
    path = folder / f"catalogue-{_key(files)}.pickle"
    found = _read(path)
    if found is not None:
        return found
    catalogue = load()
    _write(path, catalogue)
    return catalogue


def _key(files: Sequence[Path]) -> str:
    code = [*Path(__file__).parent.glob("*.py"), *Path(__file__).parent.parent.glob("model*.py")]
    total = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in [*sorted(code), *files]:
        total.update(str(path).encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:32]


def _read(path: Path) -> Catalogue | None:
    try:
        if not kept.is_ours(path):
            return None  # a pickle runs code when read: only one that this user wrote
        found = pickle.loads(path.read_bytes())  # noqa: S301
    except Exception:
        return None  # missing, cut off, or of another version: it is made again
    return found if isinstance(found, Catalogue) else None


def _write(path: Path, catalogue: Catalogue) -> None:
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in sorted(path.parent.glob("catalogue-*.pickle"), key=lambda one: one.stat().st_mtime)[:-7]:
            old.unlink()
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".catalogue-")
        with os.fdopen(handle, "wb") as file:
            pickle.dump(catalogue, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(name).replace(path)
