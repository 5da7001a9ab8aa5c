"""Compiles the catalogue when a wheel is built, or the package installed as editable.

``src/regionmap/bundle/catalogue.bin`` is made of the files of ``data/`` and no part of the repository. Files that do
not hold stop the build. See ``regionmap.catalogue.compiled``. A wheel also gets ``bundle/SHA256SUMS``, the digests of
all bundled files. See ``regionmap.manifest``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogue(BuildHookInterface[Any]):
    """Runs before the files of a wheel are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the file with the code that will read it, and have the wheel take it although git does not."""
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        try:
            from regionmap import manifest
            from regionmap.loading import compile_bundled
            from regionmap.resources import COMPILED_CATALOGUE
        finally:
            sys.path.remove(str(source))
        compile_bundled()
        if version == "standard":
            sums = COMPILED_CATALOGUE.with_name(manifest.NAME)
            sums.write_text(manifest.sums(Path(self.root)), "utf-8", newline="\n")
            for made in (COMPILED_CATALOGUE, sums):
                build_data["force_include"][str(made)] = f"regionmap/bundle/{made.name}"
