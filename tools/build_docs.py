"""Build the documentation in both languages, and check every link of what was built: ``make docs``.

English comes from ``docs/``, Chinese from ``docs/zh/``, both with ``docs/conf.py``; a warning of Sphinx is an error.
Nothing is asked of the network: links to other sites are read for their form only, and nothing that a browser would
load by itself may point outside.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LANGUAGES = {"en": DOCS, "zh": DOCS / "zh"}
START = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>regionmap</title>
<script>location.replace((navigator.language || "").startsWith("zh") ? "zh/index.html" : "en/index.html")</script>
</head><body><p><a href="zh/index.html">中文</a> · <a href="en/index.html">English</a></p></body></html>
"""
LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("video", "src"), ("object", "data")}
LOADED_LINKS = {"stylesheet", "preload", "modulepreload", "icon", "preconnect", "dns-prefetch"}


class Page(HTMLParser):
    """What a page of HTML points to, and what may be pointed to in it."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one tag points to."""
        held = {name: value for name, value in attrs if value is not None}
        self.anchors.update(held[name] for name in ("id", "name") if name in held)
        if tag == "a" and "href" in held:
            self.links.append(held["href"])
        if tag == "link" and LOADED_LINKS & set(held.get("rel", "").split()):
            self.loads.append(held.get("href", ""))
        self.loads += [held[name] for name in held if (tag, name) in LOADED]


def build(out: Path, languages: Sequence[str]) -> bool:
    """Build languages side by side; return whether all were built without a warning."""
    running = []
    for language in languages:
        command = [
            sys.executable,
            "-m",
            "sphinx",
            "-b",
            "html",
            "-W",
            "--keep-going",
            "-n",
            "-q",
            "-E",
            "-c",
            str(DOCS),
        ]
        command += ["-d", str(out / "doctrees" / language), "-t", language]
        running.append(subprocess.Popen([*command, str(LANGUAGES[language]), str(out / language)]))  # noqa: S603
    return not any([one.wait() for one in running])  # noqa: C419 - all of them end, whatever the first one says


def broken(out: Path) -> list[str]:
    """Return a line for each link of the built pages that leads nowhere, and for all that is loaded from outside."""
    pages = {path: Page(path.read_text("utf-8")) for path in _pages(out)}
    found = []
    for path, page in pages.items():
        name = path.relative_to(out).as_posix()
        for target in page.loads:
            if urlsplit(target).scheme not in ("", "data") or urlsplit(target).netloc:
                found.append(f"{name}: loads {target}")
        for target in dict.fromkeys([*page.links, *page.loads]):
            problem = _problem(path, target, pages)
            if problem:
                found.append(f"{name}: {target[:120]}: {problem}")
    return found


def _problem(path: Path, target: str, pages: dict[Path, Page]) -> str | None:
    parts = urlsplit(target)
    if parts.scheme in ("data", "mailto", "javascript"):
        return None
    if parts.scheme or parts.netloc:
        return None if parts.scheme in ("http", "https") and "." in parts.netloc else "no address"
    file = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if not file.is_file():
        return "no such file"
    anchor = unquote(parts.fragment)
    if anchor and file in pages and anchor not in pages[file].anchors and target != "#":
        return "no such place in it"
    return None


def _pages(out: Path) -> Iterator[Path]:
    return (path.resolve() for path in sorted(out.rglob("*.html")) if "_static" not in path.parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, check, and say where the pages are; the exit status is 0 when all is well."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "docs", help="where to build")
    parser.add_argument("--language", choices=sorted(LANGUAGES), action="append", help="only this one")
    chosen = parser.parse_args(arguments)
    out, languages = chosen.out.resolve(), chosen.language or sorted(LANGUAGES)
    out.mkdir(parents=True, exist_ok=True)
    built = build(out, languages)
    (out / "index.html").write_text(START, "utf-8")
    problems: Iterable[str] = broken(out) if built and set(languages) == set(LANGUAGES) else []
    for line in problems:
        sys.stderr.write(f"{line}\n")
    if built and not problems:
        sys.stdout.write(f"{out / 'index.html'}\n")
    return 0 if built and not problems else 1


if __name__ == "__main__":
    sys.exit(main())
