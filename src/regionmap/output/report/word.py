"""The site report as a Word file, with East Asian fonts set and the answer's JSON enclosed."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from regionmap.errors import MissingExtraError
from regionmap.i18n import t
from regionmap.output.patterns import PATTERNS
from regionmap.output.report.content import ANSWER_PART, Report, RuleEntry, Section
from regionmap.output.report.drawing import Drawing
from regionmap.output.report.picture import png_of

_LATIN, _EAST_ASIAN = "Calibri", "Microsoft YaHei"
_RELATION = "urn:regionmap:answer"


def word_report(report: Report, drawing: Drawing) -> bytes:
    """Return the report as the bytes of a DOCX file.

    Raises:
        MissingExtraError: python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtraError.of(t("a Word report"), "report") from None
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.shared import Cm, Pt, RGBColor

    made = docx.Document()
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(1.9)
    page.top_margin = page.bottom_margin = Cm(1.8)
    _fonts(made)
    made.core_properties.title = f"{report.title} · {report.facts[0][1]}"
    made.core_properties.author = "regionmap"
    made.core_properties.comments = ""
    # The document's own day is that of the question: the same question gives the same file.
    day = dt.datetime.combine(dt.date.fromisoformat(report.facts[-1][1]), dt.time())
    made.core_properties.created = made.core_properties.modified = day

    made.add_heading(report.title, 1)
    word = made.add_paragraph().add_run(report.word)
    word.bold, word.font.size = True, Pt(20)
    ink = PATTERNS[report.kind].ink
    word.font.color.rgb = RGBColor.from_string(ink.lstrip("#").upper())
    for one in report.meanings:
        made.add_paragraph(one)
    _table(made, report.facts)
    if report.decides is not None:
        _section(made, report.decides)
    picture, keys = png_of(drawing)
    made.add_picture(io.BytesIO(picture), width=Cm(17.2))
    legend = " · ".join(f"{number} {name}" for number, name in keys)
    _small(made, legend)
    _small(made, report.words["caption"])
    if report.shares:
        made.add_heading(report.words["shares"], 2)
        _table(made, [(f"{code} {name}", share) for code, name, share in report.shares])
    if report.caveats:
        made.add_heading(report.words["caveats"], 2)
        for one in report.caveats:
            made.add_paragraph(one, "List Bullet")
    for section in report.sections:
        _section(made, section)
    made.add_heading(report.words["coverage"], 2)
    made.add_paragraph(report.coverage)
    linked = [(report.words["link"], report.link)] if report.link else []
    _table(made, [*report.basis, *linked])
    _small(made, report.words["part"])
    part = Part(PackURI(f"/{ANSWER_PART}"), "application/json", report.answer.encode(), made.part.package)
    made.part.relate_to(part, _RELATION)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def _fonts(made: Any) -> None:
    """Set a Latin and an East Asian font in every style: without the second, Word falls back on what it likes."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "Table Grid"):
        style = made.styles[name]
        style.font.name = _LATIN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:eastAsia"), _EAST_ASIAN)
        language_tag = style.element.get_or_add_rPr().makeelement(
            qn("w:lang"), {qn("w:val"): "en-GB", qn("w:eastAsia"): "zh-CN"}
        )
        style.element.get_or_add_rPr().append(language_tag)
        if name.startswith("Heading"):
            style.font.color.rgb = RGBColor(0x1D, 0x27, 0x30)
    made.styles["Normal"].font.size = Pt(10.5)
    made.styles["Heading 3"].font.size = Pt(11)


def _table(made: Any, rows: Any) -> None:
    from docx.shared import Cm

    table = made.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value
        cells[0].width, cells[1].width = Cm(4.6), Cm(12.6)
    made.add_paragraph()


def _section(made: Any, section: Section) -> None:
    made.add_heading(section.heading, 2)
    if section.note:
        _small(made, section.note)
    for group in section.groups:
        if group.ask:
            made.add_heading(group.ask, 3)
        for rule in group.rules:
            _rule(made, rule, full=section.full)


def _rule(made: Any, rule: RuleEntry, *, full: bool) -> None:
    cited = made.add_paragraph()
    cited.paragraph_format.keep_with_next = True
    cited.add_run(f"{rule.effect}  ").bold = True
    cited.add_run(rule.number or rule.title).bold = True
    cited.add_run(f" {rule.item}" + (f"  {rule.title}" if rule.number else ""))
    made.add_paragraph(f"「{rule.quote}」")
    if full:
        made.add_paragraph(rule.summary)
    for note in rule.notes:
        _small(made, note)
    _small(made, f"{rule.basis} · {rule.provision}")


def _small(made: Any, text: str) -> None:
    from docx.shared import Pt, RGBColor

    run = made.add_paragraph().add_run(text)
    run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x5D, 0x6B, 0x76)
