"""What pages take from the program and from files beside them, put in before a page is parsed.

A page says where: a comment ``<!-- made: commands -->`` on a line of its own, which a forge does not show. ``made:`` is
followed by the name of a maker below, or by the path of a file from the root of the repository. Links to files that are
no pages become their names, since the site is read without the repository.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

import command_reference
import coverage_page
from run_notebooks import executed
from sphinx.application import Sphinx

DOCS = Path(__file__).resolve().parents[1]
ROOT = DOCS.parent
MARK = re.compile(r"^<!-- made: (\S+) -->$", re.MULTILINE)
OPTIONAL = re.compile(r"^(reliability|security)\n", re.MULTILINE)
LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\((?!https?:|mailto:|#)([^)\s]+)\)")

MAKERS: dict[str, Callable[[str], str]] = {
    "commands": command_reference.markdown,
    "coverage": coverage_page.coverage,
    "industries": coverage_page.industries,
    "documents": coverage_page.documents,
}
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "SECURITY.md": "security.md",
    "geo/README.md": "boundaries.md",
}
"""Files outside ``docs/`` that are pages of the site."""


def relinked(text: str, folder: str, page: str, source: Path) -> str:
    """Return Markdown with its links made right for a page.

    Args:
        text: the Markdown.
        folder: from where its links count, as a path from the root of the repository (``docs/howto``).
        page: the page that it becomes a part of, from the folder of all pages (``howto/investor``).
        source: the folder of all pages: ``docs``, or ``docs/zh``.
    """
    base = source.relative_to(ROOT).as_posix()

    def link(match: re.Match[str]) -> str:
        words, (path, _, anchor) = match[1], match[2].partition("#")
        target = normpath(PurePosixPath(folder, path).as_posix())
        target = f"{base}/{PAGES[target]}" if target in PAGES else target
        if target.startswith("docs/") and base != "docs" and not target.startswith(f"{base}/"):
            target = f"{base}/{target.removeprefix('docs/')}"
        inside = target.startswith(f"{base}/") and (source / target.removeprefix(f"{base}/")).is_file()
        if not inside:
            return words if "`" in words else f"`{words}`"
        way = relpath(target, PurePosixPath(base, page).parent.as_posix())
        return f"[{words}]({way}{'#' + anchor if anchor else ''})"

    return LINK.sub(link, text)


def fill(app: Sphinx, page: str, content: list[str]) -> None:
    """Put in what a page asks for, and mend its links."""
    source = Path(app.srcdir)
    own = Path(str(app.env.doc2path(page)))
    if own.suffix == ".ipynb":
        content[0] = executed(content[0], page)
        return
    language = "zh" if app.tags.has("zh") else "en"
    text = relinked(content[0], own.parent.relative_to(ROOT).as_posix(), page, source)

    def made(match: re.Match[str]) -> str:
        name = match[1]
        if name in MAKERS:
            return MAKERS[name](language)
        file = ROOT / name
        app.env.note_dependency(str(file), docname=page)
        body = file.read_text("utf-8").split("\n", 1)[1]  # the page has a title of its own
        return relinked(body, PurePosixPath(name).parent.as_posix(), page, source)

    def listed(match: re.Match[str]) -> str:
        return match[0] if (source / f"{match[1]}.md").is_file() else ""

    content[0] = OPTIONAL.sub(listed, MARK.sub(made, text))


def setup(app: Sphinx) -> dict[str, bool]:
    """Ask to see every page before it is parsed."""
    app.connect("source-read", fill)
    return {"parallel_read_safe": True}
