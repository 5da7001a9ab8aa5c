"""A site report to a file, by its ending: .html or .docx."""

from __future__ import annotations

import os
from pathlib import Path

from regionmap import target
from regionmap.api import Regionmap
from regionmap.errors import InputError, MissingExtraError, why
from regionmap.i18n import t
from regionmap.output.report.content import report_of
from regionmap.output.report.drawing import drawing_of
from regionmap.rules.verdict.answers import Verdict
from regionmap.whole_file import whole_file

ENDINGS = (".html", ".docx")
ADDRESS_SETTING = "REGIONMAP_ADDRESS"
"""The environment variable that says where the app is served, for the links in reports."""


def check_target(path: Path) -> None:
    """See that a report can be written there, before anything is asked.

    Raises:
        InputError: the file is named neither .html nor .docx, its folder is not there, or it is a folder.
    """
    if path.suffix.lower() not in ENDINGS:
        target.check_target(path, "report.html")  # a folder has no ending either
        raise InputError("{file}: a report is written as .html or .docx, name the file so", file=path.name)
    target.check_target(path, "report.html")


def write_report(verdict: Verdict, rm: Regionmap, path: Path, language: str) -> None:
    """Write the report of a verdict, as a whole or not at all.

    Args:
        verdict: the answer of ``check``.
        rm: what gave the answer.
        path: a file that ends in .html or .docx; one that is there is replaced once the new one is whole.
        language: ``zh`` or ``en``.

    Raises:
        InputError: as ``check_target``, and where the file cannot be written.
        MissingExtraError: python-docx, which makes Word files, is not installed.
    """
    check_target(path)
    made = report_bytes(verdict, rm, path.suffix.lower(), language, os.environ.get(ADDRESS_SETTING, ""))
    try:
        with whole_file(path) as temporary:
            temporary.write_bytes(made)
    except OSError as error:
        raise InputError("{path} cannot be written: {why}", path=path, why=why(error)) from None


def report_bytes(verdict: Verdict, rm: Regionmap, ending: str, language: str, address: str = "") -> bytes:
    """Return the report of a verdict as the bytes of a file.

    Args:
        verdict: the answer of ``check``.
        rm: what gave the answer.
        ending: ``.html`` or ``.docx``.
        language: ``zh`` or ``en``.
        address: where the app is served, for the link to the same question.

    Raises:
        MissingExtraError: the extra ``report`` is not installed.
    """
    report, drawing = report_of(verdict, rm, language, address), drawing_of(verdict, rm, language)
    for package in ("docx", "PIL") if ending == ".docx" else ("jinja2",):
        MissingExtraError.require(package, t("a report as {ending}", ending=ending), "report")
    if ending == ".docx":
        from regionmap.output.report.word import word_report  # late: brings python-docx

        return word_report(report, drawing)
    from regionmap.output.report.html import html_report

    return html_report(report, drawing).encode()
