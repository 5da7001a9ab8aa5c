"""Streamlit's small scripts, inside its page.

The page of Streamlit asks for sixty scripts before it does anything, and for as many again until the first map is
drawn; most are smaller than what it takes to ask for them. An import map says where a browser finds a script: for the
small ones, in the map itself. A browser that knows no import maps asks for the files, as Streamlit's page has it; so
does one that a server in between forbids scripts with such addresses (Content-Security-Policy): one of them is tried
first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

import streamlit

LARGEST_BYTES = 6_000
"""Larger scripts stay files: browsers compile those once and keep the result."""

_SCRIPTS = Path(streamlit.__file__).with_name("static") / "static" / "js"
_IMPORTED = re.compile(r'(?<=from"|port")\./([\w.-]+\.js)(?=")')
_LINK = re.compile(r'\s*<link rel="modulepreload" crossorigin href="\./static/js/([\w.-]+\.js)">')
_AS_WRITTEN = " !\"$&'()*+,-./:;<=>?@[]^_`{|}~"
"""What an address of this kind may hold as it is: all but what ends it, or is left out of it."""

_TRIED = '<script src="data:text/javascript,window.regionmapInside=1"></script>'
_TAKEN = """<script>if (window.regionmapInside) {
  const made = document.createElement("script");
  made.type = "importmap";
  made.textContent = document.getElementById("rm-scripts").textContent;
  document.head.append(made);
}</script>"""


def scripts_of(parts: Iterable[str]) -> tuple[str, ...]:
    """Return the files of the scripts for kinds of elements, and of those that they import."""
    return tuple(_with_imports(one.name for part in parts for one in sorted(_SCRIPTS.glob(f"{part}.*.js"))))


def with_small_scripts(page: str, more: Iterable[str]) -> tuple[str, frozenset[str]]:
    """Return a page of Streamlit's with its small scripts in an import map, and the names of these.

    Args:
        page: the HTML, as Streamlit has it.
        more: files that the page does not name, and that will be asked for.
    """
    small = {name: text for name in [*_LINK.findall(page), *more] if (text := _small(name)) is not None}
    if not small:
        return page, frozenset()
    page = _LINK.sub(lambda found: "" if found[1] in small else found[0], page)
    return page.replace("<head>", f"<head>{_import_map(small)}", 1), frozenset(small)


def _with_imports(names: Iterable[str]) -> Iterator[str]:
    found: set[str] = set()
    left = [*names]
    while left:
        name = left.pop(0)
        if name not in found and (_SCRIPTS / name).is_file():
            found.add(name)
            yield name
            left += _IMPORTED.findall((_SCRIPTS / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=512)
def _small(name: str) -> str | None:
    """Return the text of a script that may stand anywhere: one that asks where it stands may not."""
    path = _SCRIPTS / name
    if not path.is_file() or path.stat().st_size > LARGEST_BYTES:
        return None
    text = path.read_text(encoding="utf-8")
    return None if "import.meta" in text or "import(" in text else text


def _import_map(small: dict[str, str]) -> str:
    """Return the import map as an element.

    A script inside has no address from which "./other.js" could be looked for; it asks for "other.js", which the map
    knows too. Both entries of a script stand side by side, so that compression makes one of them.
    """
    imported = {one for text in small.values() for one in _IMPORTED.findall(text)}
    places: dict[str, str] = {}
    for name in [*small, *sorted(imported - set(small))]:
        places[f"./static/js/{name}"] = place = _address(small[name]) if name in small else f"./static/js/{name}"
        if name in imported:
            places[name] = place
    told = json.dumps({"imports": places}, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'{_TRIED}<script type="text/plain" id="rm-scripts">{told}</script>{_TAKEN}'


def _address(script: str) -> str:
    return "data:text/javascript;charset=utf-8," + quote(_IMPORTED.sub(r"\1", script), safe=_AS_WRITTEN)
