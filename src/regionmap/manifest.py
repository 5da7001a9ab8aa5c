"""The bundled files guard themselves: a list with the SHA-256 of each, and one line about what is missing or damaged.

A wheel carries ``bundle/SHA256SUMS``, which ``hatch_build.py`` writes (``sha256sum -c`` reads it too): of boundaries,
policy files, code tables, schemas, words and the app's settings. At a start all of them must be there; a file is
compared when it is read, the policy files and code tables at every start, by the digest of the compiled catalogue.

A source checkout has no such list: there policy files are edited, and checked as files of one's own are. The boundaries
in it are made by ``geo/build.py``, never by hand, and are compared with ``geo/manifest.json``.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from regionmap.errors import InputError
from regionmap.i18n import LOCALE_DIR, is_whole, t
from regionmap.model import Text

NAME = "SHA256SUMS"
_LISTED = frozenset((".yaml", ".yml", ".csv", ".json", ".gz", ".parquet", ".bin", ".toml", ".mo"))
_FOLDERS = ("geo", "data", "schema", ".streamlit")
_PACKAGE = Path(__file__).resolve().parent


class DamagedResourceError(InputError):
    """A file that comes with regionmap is missing, or is not as it was made."""


def checked(path: Path, root: Path) -> Path:
    """Return the path of a bundled file after comparing it with the list; once for each file in a process.

    Args:
        path: the file.
        root: the folder that holds ``geo`` and ``data``.

    Raises:
        DamagedResourceError: it is missing or damaged.
    """
    _compare(path, root)
    return path


def check_start(root: Path) -> None:
    """See that all files of a wheel are there, and that the Chinese words are whole.

    Raises:
        DamagedResourceError: one is missing, or is damaged so that Chinese would be English.
    """
    for name in _digests(root) if _is_wheel(root) else ():
        if name.endswith(".mo"):
            _compare(root / name, root)
        elif not os.path.exists(f"{root}/{name}"):  # noqa: PTH110  (a third of the time)
            raise _missing(name, root)
    if not is_whole():
        words = LOCALE_DIR / "zh" / "LC_MESSAGES" / "regionmap.mo"
        raise _damaged(f"locale/{words.relative_to(LOCALE_DIR).as_posix()}", root)


def check_folder(folder: str, root: Path) -> None:
    """Compare all files of a folder, such as ``data``, with the list; whole folders are listed in wheels alone.

    Raises:
        DamagedResourceError: one is missing or damaged.
    """
    for name in _digests(root):
        if name.startswith(f"{folder}/"):
            _compare(root / name, root)


def check_all(root: Path) -> int:
    """Compare everything that is listed; return how many files that is.

    Raises:
        DamagedResourceError: one is missing or damaged.
    """
    for name in _digests(root):
        _compare(root / name, root)
    return len(_digests(root))


def sums(root: Path) -> str:
    """Return the list for the files of a checkout as a wheel will carry them, beside ``bundle``.

    Args:
        root: of the checkout.
    """
    found = {path.relative_to(root).as_posix(): path for one in _FOLDERS for path in _files(root / one)}
    found["app.py"] = root / "app.py"
    found |= {f"../locale/{one.relative_to(LOCALE_DIR).as_posix()}": one for one in _files(LOCALE_DIR)}
    return "".join(f"{_sha256(path)}  {name}\n" for name, path in sorted(found.items()))


def _files(folder: Path) -> Iterator[Path]:
    hidden = (".", "__")
    for path in folder.rglob("*"):
        inside = path.relative_to(folder).parts
        if path.suffix in _LISTED and path.is_file() and not any(one.startswith(hidden) for one in inside):
            yield path


@cache
def _digests(root: Path) -> Mapping[str, str]:
    """Return the digests by names below a root; none where nothing is listed."""
    listed = root / NAME
    try:
        if _is_wheel(root):
            lines = (line.split("  ", 1) for line in listed.read_text("utf-8").splitlines())
            found = {name: digest for digest, name in lines}
            if "app.py" not in found:
                raise ValueError("no list, or cut short")
            return found
        listed = root / "geo" / "manifest.json"
        made: Mapping[str, str] = json.loads(listed.read_text("utf-8"))["sha256"]
        return {f"geo/{name}": digest for name, digest in made.items()}
    except FileNotFoundError:
        raise _missing(listed.relative_to(root).as_posix(), root) from None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise _damaged(listed.relative_to(root).as_posix(), root) from None


def _is_wheel(root: Path) -> bool:
    return root == _PACKAGE / "bundle"


@cache
def _compare(path: Path, root: Path) -> None:
    try:
        name = path.relative_to(root).as_posix()
    except ValueError:
        return
    expected = _digests(root).get(name)
    if expected is None:
        return  # a file of one's own, or a policy file of a checkout
    try:
        found = _sha256(path)
    except FileNotFoundError:
        raise _missing(name, root) from None
    except OSError:
        raise _damaged(name, root) from None
    if found != expected:
        raise _damaged(name, root)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _missing(name: str, root: Path) -> DamagedResourceError:
    return DamagedResourceError(
        t("{file}, which comes with regionmap, is missing: {remedy}", file=_shown(name), remedy=_remedy(name, root))
    )


def _damaged(name: str, root: Path) -> DamagedResourceError:
    return DamagedResourceError(
        t("{file}, which comes with regionmap, is damaged: {remedy}", file=_shown(name), remedy=_remedy(name, root))
    )


def _shown(name: str) -> str:
    return name.removeprefix("../")


def _remedy(name: str, root: Path) -> Text:
    if _is_wheel(root):
        return t("install regionmap again (pip install --force-reinstall --no-deps regionmap)")
    if name.startswith("geo/"):
        return t("restore it from the repository, or run make boundaries")
    return t("restore it from the repository, or run make messages")
