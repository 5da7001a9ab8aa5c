"""Write a folder that pygeoapi serves: layers, configuration, OpenAPI document; whole, or nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from regionmap.errors import InputError, MissingExtraError, why
from regionmap.i18n import t
from regionmap.publish.collections import collections

if TYPE_CHECKING:
    from regionmap.api import Regionmap

CONFIGURATION = "pygeoapi-config.yml"
OPENAPI = "pygeoapi-openapi.yml"
ABOUT = "regionmap.json"
"""What a published folder is known by, so that it and no other is replaced."""
_CONFIGURATION_VARIABLE = "PYGEOAPI_CONFIG"


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: people read and change the file."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def publish(
    rm: Regionmap,
    folder: Path,
    *,
    days: Sequence[dt.date],
    industries: Sequence[str],
    url: str,
    told: Callable[[str, int], None] = lambda name, rows: None,
) -> None:
    """Write a folder of layers and the configuration that serves them; one that was published before is replaced.

    Args:
        rm: what the layers are made from.
        folder: the folder to make.
        days: the days for layers without a history.
        industries: the industries for which there are collections of their own.
        url: the address under which clients will see the server.
        told: called with each collection and its number of features once it is written.

    Raises:
        InputError: the address is none of the web, the folder is
            not there to be made or replaced, an industry is unknown, or the disk is full.
        MissingExtraError: pygeoapi is not installed.
    """
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise InputError("'{given}' is not an address: begin it with http:// or https://", given=url[:80])
    try:
        import pygeoapi.openapi  # noqa: F401
    except ImportError:
        raise MissingExtraError.of(t("publishing"), "publish") from None
    _check(folder)
    try:
        with _whole_folder(folder) as growing:
            _write(rm, growing, days, industries, url, told)
    except OSError as error:
        raise InputError("{path} cannot be written: {why}", path=folder, why=why(error)) from None


def _write(
    rm: Regionmap,
    folder: Path,
    days: Sequence[dt.date],
    industries: Sequence[str],
    url: str,
    told: Callable[[str, int], None],
) -> None:
    from regionmap.output.formats import parquet
    from regionmap.publish.configuration import configuration, resource
    from regionmap.publish.store import Store

    (folder / "layers").mkdir()
    resources = {}
    counts = {}
    for one in list(collections(rm, days, industries)):
        data = f"layers/{one.id}.parquet"
        parquet.write(one.make(), folder / data)
        store = Store(folder / data)  # read back: what is counted is what will be served
        resources[one.id] = resource(one, store, data)
        counts[one.id] = store.table.num_rows
        told(one.id, counts[one.id])
    made = configuration(rm, url, resources)
    (folder / CONFIGURATION).write_text(yaml.dump(made, Dumper=_Plain, allow_unicode=True, sort_keys=False), "utf-8")
    _write_openapi(folder)
    about = {"format": "regionmap.publish/1", "catalogue": rm.catalogue.version, "features": counts}
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _write_openapi(folder: Path) -> None:
    """Let pygeoapi describe the service; it opens every collection for that, so that a bad one is found here."""
    from pygeoapi.openapi import generate_openapi_document

    before = os.environ.get(_CONFIGURATION_VARIABLE)
    os.environ[_CONFIGURATION_VARIABLE] = str(folder / CONFIGURATION)
    try:
        with (folder / CONFIGURATION).open(encoding="utf-8") as file:
            described = generate_openapi_document(file, "yaml")
    finally:
        if before is None:
            del os.environ[_CONFIGURATION_VARIABLE]
        else:
            os.environ[_CONFIGURATION_VARIABLE] = before
    (folder / OPENAPI).write_text(described, "utf-8")


def _check(folder: Path) -> None:
    if not folder.resolve().parent.is_dir():
        raise InputError("no folder {folder}: make it first, or choose another", folder=folder.parent)
    if folder.exists() and not folder.is_dir():
        raise InputError("{path} is a file: name a folder", path=folder)
    if folder.is_dir() and any(folder.iterdir()) and not (folder / ABOUT).is_file():
        raise InputError(
            "{folder} holds other files: name a new folder, or one that was published before", folder=folder
        )


@contextlib.contextmanager
def _whole_folder(folder: Path) -> Iterator[Path]:
    """Give a folder to fill; at the end of the block it takes the place of ``folder``, and when it fails it is gone."""
    target = folder.resolve()
    mark = os.urandom(6).hex()
    growing = target.parent / f".regionmap-{mark}"
    former = target.parent / f".regionmap-{mark}-former"
    growing.mkdir()
    try:
        yield growing
        if target.exists():
            target.rename(former)
        try:
            growing.rename(target)
        except OSError:
            if former.exists():
                former.rename(target)
            raise
    finally:
        for left in (growing, former) if target.exists() else (growing,):
            shutil.rmtree(left, ignore_errors=True)
