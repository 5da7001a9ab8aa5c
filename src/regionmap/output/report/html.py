"""The site report as one HTML file: no script, no outside address, clean A4 pages when printed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from regionmap.output.escape import CHINESE_TAG, parts
from regionmap.output.patterns import PATTERNS
from regionmap.output.report.content import Report
from regionmap.output.report.drawing import HEIGHT, WIDTH, Drawing


@lru_cache(maxsize=1)
def _template() -> Template:
    """The template beside this module; every value is escaped."""
    found = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["marked"] = _marked
    return found.get_template("report.html.jinja")


def _marked(value: object, language: str) -> Markup:
    """Mark the Chinese words of a report in English, so that they are read out as Chinese."""
    if language == "zh":
        return escape(value)
    chinese = Markup('<span lang="{}">{}</span>')
    found = parts(str(value))
    return Markup("").join(chinese.format(CHINESE_TAG, words) if yes else words for words, yes in found)


def html_report(report: Report, drawing: Drawing) -> str:
    """Return the report as the text of an HTML file."""
    used = {one.kind for one in drawing.counties} & PATTERNS.keys()
    return _template().render(
        report=report,
        drawing=drawing,
        width=WIDTH,
        height=HEIGHT,
        patterns=Markup("".join(PATTERNS[name].svg(name) for name in sorted(used))),  # noqa: S704  (our own drawings)
        colours={name: one.colour for name, one in PATTERNS.items()},
        inks={name: one.ink for name, one in PATTERNS.items()},
    )
