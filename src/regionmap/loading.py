"""The catalogue for the program: the bundled files, compiled or as they are, and a folder of one's own over them."""

from __future__ import annotations

from pathlib import Path

from regionmap.catalogue.catalogue import Catalogue
from regionmap.catalogue.compiled import cached, compile_to
from regionmap.errors import InputError, why
from regionmap.places.names.gazetteer import Gazetteer
from regionmap.printable import one_line
from regionmap.resources import COMPILED_CATALOGUE, check_policy_files, check_start, data_dir, geo_dir


def load_folders(gazetteer: Gazetteer, overlay: Path | None, *, keep: bool = True) -> Catalogue:
    """Load the bundled catalogue and an overlay folder; with ``keep``, a compiled one where nothing has changed."""
    check_start()
    try:
        if overlay is not None and overlay.is_dir() and overlay.samefile(data_dir()):
            overlay = None  # the bundled files by their own name
    except OSError as error:  # a name that is too long, a link to itself, a folder around it that may not be read
        raise InputError("{path} cannot be read: {why}", path=one_line(overlay), why=why(error)) from None
    if overlay is not None or not keep:
        return _from_files(gazetteer, overlay)
    return cached(_made_from(), lambda: _from_files(gazetteer, None))


def compile_bundled(path: Path = COMPILED_CATALOGUE) -> None:
    """Check the bundled files and write the compiled catalogue, which is found as long as none of them changes.

    Raises:
        CatalogueError: files do not hold.
        OSError: the file cannot be written.
    """
    compile_to(path, _made_from(), _from_files(Gazetteer.load(), None))


def _made_from() -> list[Path]:
    """Return the files that the bundled catalogue is made from, and the codes that it is checked against."""
    files = sorted(path for path in data_dir().rglob("*") if path.suffix.lower() in {".yaml", ".yml", ".csv"})
    return [*files, geo_dir() / "units.csv"]


def _from_files(gazetteer: Gazetteer, overlay: Path | None) -> Catalogue:
    from regionmap.catalogue.files import Folder
    from regionmap.catalogue.loader import load_catalogue  # brings pydantic: only when files have changed

    check_policy_files()  # a compiled catalogue is found only where all of them are as they were
    folders = [Folder(data_dir(), bundled=True)]
    if overlay is not None:
        folders.append(Folder(overlay, bundled=False))
    return load_catalogue(folders, {one.code for one in gazetteer.units()}, data_dir())


if __name__ == "__main__":
    compile_bundled()
