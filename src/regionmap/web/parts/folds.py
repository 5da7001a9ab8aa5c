"""Lines that open: a head, a count and a few words; the rest is there for who asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import streamlit as st

from regionmap.web.parts import frame, style


def fold(head: str, count: int | None, line: str, body: str) -> str:
    """Return a line to open as HTML, empty where there is nothing in it.

    Args:
        head: what is in it.
        count: how many, None where that says nothing.
        line: a few words beside the head.
        body: what is seen when it is open; HTML.
    """
    if count == 0 or not body:
        return ""
    number = f" <b>{count}</b>" if count is not None else ""
    return (
        f'<details class="rm-line"><summary><span>{style.said(head)}{number}</span>'
        f'<small>{style.said(line)}</small></summary><div class="rm-line-body">{body}</div></details>'
    )


@st.fragment
def opened(head: str, count: int | None, make: Callable[[], str], key: str, line: str = "") -> None:
    """Write a line to open whose contents are made, and sent, when it is opened: for what is long and seldom read.

    Args:
        head: what is in it.
        count: how many, None where that says nothing; nothing is written for none.
        make: returns what is seen when it is open; HTML.
        key: tells this line from all others.
        line: a few words beside the head.
    """
    if count == 0:
        return
    words = frame.escape_markdown(head) if count is None else f"{frame.escape_markdown(head)} **{count}**"
    if line:
        words += f" :small[{frame.escape_markdown(line)}]"
    with st.expander(words, key=key, on_change="rerun") as expander:
        if expander.open:
            st.html(make())


def write(lines: Iterable[str]) -> None:
    """Write lines that ``fold`` made."""
    made = "".join(lines)
    if made:
        st.html(made)
