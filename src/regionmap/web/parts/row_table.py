"""A table of text whose rows can be found, sorted and chosen: with a pointer, a finger or the keyboard alone.

Streamlit's own grid is drawn on a canvas: its rows cannot be chosen without a pointer, and a reader for the blind sees
none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from regionmap.web import state

USUAL_WIDTH, USUAL_HEIGHT = 150, 380
_FOLDER = Path(__file__).parent
_component = st.components.v2.component(
    "regionmap.row_table",
    html='<div class="rows"></div>',
    css=(_FOLDER / "row_table.css").read_text(encoding="utf-8"),
    js=(_FOLDER / "row_table.js").read_text(encoding="utf-8"),
)


def row_table(
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    key: str,
    label: str,
    widths: Sequence[int] = (),
    height: int = USUAL_HEIGHT,
    selected: int | None = None,
    choose: Callable[[int], None] | None = None,
) -> None:
    """Write a table of text.

    Args:
        header: words over the columns.
        rows: cells, as many in each row as there are columns; numbers are sorted as numbers.
        key: tells apart tables of one page.
        label: what the table is, for those who do not see it.
        widths: of the columns, in pixels, those that are not named in the usual one; the table is scrolled where they
            do not fit, and a list of cards on a phone.
        height: the most that the table takes, in pixels.
        selected: the index of the row that is chosen now.
        choose: called with the index of a row when it is chosen, before the page runs again; without it the rows are
            only to be read.
    """
    _ = state.words()

    def chosen() -> None:
        index = st.session_state[key]["chosen"]
        if choose is not None and index is not None and 0 <= int(index) < len(rows):
            choose(int(index))

    _component(
        key=key,
        data={
            "header": list(header),
            "rows": [["" if cell is None else str(cell) for cell in row] for row in rows],
            "widths": [*widths, *[USUAL_WIDTH] * len(header)][: len(header)],
            "height": height,
            "label": label,
            "language": "zh-Hans" if state.language() == "zh" else "en",
            "selected": -1 if selected is None else selected,
            "choose": choose is not None,
            "words": {
                "find": _("Find in the table"),
                "order": _("Sort by"),
                "count": _("{shown} of {total} rows", shown="{shown}", total="{total}"),
                "none": _("No row holds this."),
            },
        },
        on_chosen_change=chosen,
    )
