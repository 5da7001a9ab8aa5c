"""The parts that an address means, in their order, and where their results go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path

from regionmap.file_names import plain_name
from regionmap.i18n import t
from regionmap.screening.files.opening import ENDINGS
from regionmap.screening.messages import ScreeningError, listed
from regionmap.screening.parts.storage import Storage, protocol_of, storage_of
from regionmap.screening.writers import WRITERS

KINDS = ("parquet", "csv")
"""The formats of parts; what ``files.opening.ENDINGS`` says of their endings."""
OUTPUTS = (".parquet", ".csv")
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Part:
    """One file of the input: its name below the folder that all have in common, and that of its result."""

    name: str
    path: str
    size: int
    output: str


def are_parts(source: str) -> bool:
    """Tell whether an input means a file in parts: a folder, a pattern, or an address such as s3://bucket/folder/."""
    if protocol_of(source) is not None:
        return True
    return Path(source).is_dir() or (has_magic(source) and not Path(source).exists())


def find_parts(source: str, ending: str) -> tuple[Storage, list[Part]]:
    """Return the parts of an input in natural order: part-2 stands before part-10.

    Files whose names, or the folders that they lie in, begin with a dot or a line (``_SUCCESS``) are no parts.

    Args:
        source: a folder, a pattern or one file, as a path or as an address that fsspec knows.
        ending: of the results.

    Raises:
        InputError: there are none, they are of several formats or of one that has no parts, or two results would have
            one name.
    """
    storage = storage_of(source)
    try:
        root = storage.root(source)
        found = storage.found(root)
        usual = not found and not has_magic(root)
        if usual:  # a folder
            root = f"{root}/*"
            found = storage.found(root)
    except (OSError, RuntimeError, ValueError) as error:
        why = (str(error).splitlines() or [type(error).__name__])[0][:160]
        raise ScreeningError(t("{address} cannot be reached: {why}", address=source, why=why)) from None
    above = root.rpartition("/")[0] if [path for path, _ in found] == [root] else _fixed(root)
    named = [(path[len(above) :].lstrip("/"), path, size) for path, size in found]
    named = [one for one in named if not any(piece.startswith((".", "_")) for piece in one[0].split("/"))]
    if usual:  # what else lies in a folder is no part of it
        named = [one for one in named if _kind(one[0]) in KINDS]
    if not named:
        raise ScreeningError(
            t("no Parquet or CSV file fits {address}: name a folder, or a pattern such as 'folder/*.parquet'",
              address=source)
        )  # fmt: skip
    named.sort(key=lambda one: _natural(one[0]))
    _check_kinds([name for name, _, _ in named])
    parts = [Part(name, path, size, _stem(name) + ending) for name, path, size in named]
    twice = [name for name, count in Counter(one.output.casefold() for one in parts).items() if count > 1]
    if twice:
        same = [one.name for one in parts if one.output.casefold() == twice[0]]
        raise ScreeningError(t("the results of {names} would have one name: rename the parts", names=listed(same)))
    return storage, parts


def read_output(output: str) -> tuple[str, str]:
    """Return the folder and the ending of results: ``out/``, ``'out/*.csv'``; Parquet where none is named.

    Raises:
        InputError: it names a file, or a format that has no parts.
    """
    folder, slash, name = output.rpartition("/")
    ending = Path(name).suffix.lower()
    if has_magic(name):
        if name not in [f"*{one}" for one in OUTPUTS]:
            raise ScreeningError(
                t("{output} is no pattern for the parts of a result: write 'folder/*.parquet' or 'folder/*.csv'",
                  output=output)
            )  # fmt: skip
        return (folder or slash or "."), ending
    if name and ending in WRITERS and not (protocol_of(output) is None and Path(output).is_dir()):
        raise ScreeningError(
            t("the parts of a result need a folder: name one, such as {folder}/, for {output}",
              folder=output[: -len(ending)], output=output)
        )  # fmt: skip
    return output.rstrip("/") or "/", OUTPUTS[0]


def _fixed(pattern: str) -> str:
    """Return the folders of a pattern before the first that has a sign of a pattern."""
    pieces = pattern.split("/")
    first = next((number for number, piece in enumerate(pieces) if has_magic(piece)), len(pieces))
    return "/".join(pieces[:first])


def _kind(name: str) -> str | None:
    return ENDINGS.get(Path(name).suffix.lower())


def _check_kinds(names: Sequence[str]) -> None:
    by_kind: dict[str | None, list[str]] = {}
    for name in names:
        by_kind.setdefault(_kind(name), []).append(name)
    other = [name for kind, some in by_kind.items() if kind not in KINDS for name in some]
    if other:
        raise ScreeningError(
            t("parts are Parquet or CSV files, and {names} are not: name the others by a pattern, such as "
              "'folder/*.parquet'", names=listed(other, 3))
        )  # fmt: skip
    if len(by_kind) > 1:
        raise ScreeningError(
            t("some parts are Parquet and some CSV ({names}): name those of one format by a pattern, such as "
              "'folder/*.parquet'", names=listed([some[0] for some in by_kind.values()]))
        )  # fmt: skip


def _stem(name: str) -> str:
    return plain_name(name[: -len(Path(name).suffix)])


def _natural(name: str) -> list[tuple[str, int]]:
    """Return what orders names by the numbers in them; names with equal numbers by their signs."""
    pieces = _DIGITS.split(name)
    return [*((words, int(digits)) for words, digits in zip(pieces[::2], [*pieces[1::2], "0"], strict=True)), (name, 0)]
