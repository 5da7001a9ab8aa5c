"""How much one session may ask of the batch page: files in a while, and how long a run goes on."""

from __future__ import annotations

import time

import streamlit as st

from regionmap.i18n import t
from regionmap.screening.messages import ScreeningError

MOST_FILES = 30
"""Files of a session within ``WHILE_S``: who has more joins them, or asks on the command line."""
WHILE_S = 600.0
MOST_RUN_S = 3_600.0
"""Seconds of a run, without those that it waits for others; a million rows take about a minute."""
_FILES = "regionmap-batch-files"


def count(source: str) -> None:
    """Count a file of this session, once.

    Args:
        source: what tells it from others.

    Raises:
        InputError: the session has opened as many as it may; the message says how long to wait.
    """
    now = time.monotonic()
    opened: dict[str, float] = st.session_state.setdefault(_FILES, {})
    for old in [one for one, at in opened.items() if now - at > WHILE_S and one != source]:
        del opened[old]
    if source in opened:
        return
    if len(opened) >= MOST_FILES:
        left = max(1, round((WHILE_S - (now - min(opened.values()))) / 60))
        raise ScreeningError(
            t(
                "{most} files within {minutes} minutes are as many as one visitor may open here: wait {left} min, or "
                "use regionmap screen on a machine of your own",
                most=MOST_FILES, minutes=round(WHILE_S / 60), left=left,
            )
        )  # fmt: skip
    opened[source] = now


def check_run(seconds: float) -> None:
    """See that a run has not gone on for too long.

    Args:
        seconds: since it began.

    Raises:
        InputError: it has; the message says what would be right.
    """
    if seconds > MOST_RUN_S:
        raise ScreeningError(
            t(
                "the run took more than {minutes} minutes and was ended: split the file, or use "
                "regionmap screen on a machine of your own",
                minutes=round(MOST_RUN_S / 60),
            )
        )
