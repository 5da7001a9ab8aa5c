"""One palette for the verdicts: every view takes it from there, and its words can be read on it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem

from regionmap.model import Ruling
from regionmap.output.palette import PALETTE, VerdictColours, css_variables, terminal_style
from regionmap.output.patterns import PATTERNS

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "regionmap"
PALETTE_FILE = PACKAGE / "output" / "palette.py"
HEX = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b")
VERDICTS = {one.value for one in Ruling}
WHITE, NEARLY_WHITE = "#ffffff", "#f6f7f6"

views = [path for ending in ("*.py", "*.css", "*.jinja") for path in PACKAGE.rglob(ending) if path != PALETTE_FILE]


def luminance(colour: str) -> float:
    """Relative luminance, by WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_the_definition() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#777777", WHITE) == pytest.approx(4.48, abs=0.01)


def test_every_verdict_has_its_own_colours_and_sign() -> None:
    assert set(PALETTE) == set(Ruling)
    for field in ("fill", "sign"):
        assert len({getattr(one, field) for one in PALETTE.values()}) == len(Ruling)


@pytest.mark.parametrize("colours", PALETTE.values(), ids=list(PALETTE))
def test_words_can_be_read_and_marks_seen(colours: VerdictColours) -> None:
    assert contrast(colours.ink, colours.fill) >= 4.5
    assert contrast(colours.line, WHITE) >= 3
    assert contrast(colours.ink, colours.paper) >= 4.5 or colours.ink == WHITE


@pytest.mark.parametrize("ruling", Ruling)
@pytest.mark.parametrize("system", [ColorSystem.STANDARD, ColorSystem.EIGHT_BIT])
def test_a_terminal_of_few_colours_shows_word_and_ground_apart(ruling: Ruling, system: ColorSystem) -> None:
    _bold, ink, _on, fill = terminal_style(ruling).split()
    assert Color.parse(ink).downgrade(system) != Color.parse(fill).downgrade(system)


def test_the_map_the_pages_and_the_charts_have_the_same_colour() -> None:
    from regionmap.web.history.timelines import COLOURS
    from regionmap.web.parts import style

    sheet = css_variables()
    for ruling, colours in PALETTE.items():
        assert PATTERNS[ruling.value].colour == style.COLOURS[ruling.value] == colours.fill
        assert f"--rm-{ruling.value}: {colours.fill};" in sheet
    assert COLOURS.items() <= {ruling: one.fill for ruling, one in PALETTE.items()}.items()


def test_the_style_sheet_uses_no_variable_that_is_not_there() -> None:
    sheet = (PACKAGE / "web" / "parts" / "style.css").read_text("utf-8")
    source = (PACKAGE / "web" / "parts" / "style.py").read_text("utf-8")
    named = set(re.findall(r"var\((--rm-[\w-]+)\)", sheet)) | {
        name.replace("{name}", verdict)
        for name in re.findall(r"var\((--rm-[\w{}-]+)\)", source)
        for verdict in VERDICTS
    }
    # What a part sets for itself, such as the bar of a time line, stands in its own style attribute.
    own = "".join(path.read_text("utf-8") for path in (PACKAGE / "web").rglob("*.py"))
    assert named
    assert named <= set(re.findall(r"(--rm-[\w-]+):", css_variables() + sheet + own))


def test_no_colour_of_a_verdict_stands_outside_the_palette() -> None:
    own = {value for one in PALETTE.values() for value in (one.fill, one.line, one.paper)} - {NEARLY_WHITE, "#7f8b95"}
    assert [
        f"{path.relative_to(PACKAGE)}: {found}"
        for path in views
        for found in HEX.findall(path.read_text("utf-8"))
        if found.lower() in own
    ] == []


def test_no_view_keeps_colours_by_verdict_of_its_own() -> None:
    assert [f"{path.relative_to(PACKAGE)}:{line}" for path in views for line in own_colours(path)] == []


def test_a_colour_by_verdict_elsewhere_is_found(tmp_path: Path) -> None:
    code, sheet = tmp_path / "view.py", tmp_path / "view.css"
    code.write_text(
        'A = {\n    Ruling.RESTRICTED: "#123456",\n}\nB = {"unclear": "bold on yellow"}\nC = {"a": "#123456"}\n'
    )
    sheet.write_text(".rm-a { color: #123456; }\n.rm-chip.restricted { color: #123456; }\n")
    assert own_colours(code) == [2, 4]
    assert own_colours(sheet) == [2]


def own_colours(path: Path) -> list[int]:
    """The lines on which a verdict is given a colour: a dictionary's entry in Python, a rule of a style sheet."""
    text = path.read_text("utf-8")
    if path.suffix != ".py":
        named = re.compile(rf"\.({'|'.join(VERDICTS)})\b")
        return [number for number, line in enumerate(text.split("\n"), 1) if named.search(line) and HEX.search(line)]
    return [
        key.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if key is not None and names_a_verdict(key) and holds_a_colour(value)
    ]


def names_a_verdict(key: ast.expr) -> bool:
    if isinstance(key, ast.Attribute):
        return isinstance(key.value, ast.Name) and key.value.id == "Ruling"
    return isinstance(key, ast.Constant) and str(key.value) in VERDICTS


def holds_a_colour(value: ast.expr) -> bool:
    words = [one.value for one in ast.walk(value) if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return any(HEX.search(one) or re.search(r"\bon [a-z_]+$", one) for one in words)
