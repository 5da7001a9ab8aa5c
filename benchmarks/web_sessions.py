"""Many sessions at once, each a websocket that speaks Streamlit's messages as the browser does, without drawing.

Every session waits for its first page; then all change the date at once, again as soon as their page has come, a few
times. A run is timed from the sent date until the script has finished and the last message has come.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import time
from collections.abc import Sequence

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from web_server import HOST

CHANGES = 3
PATIENCE_S = 600.0
_KEPT_RUNS = 2  # for how many runs the browser keeps a message that may be referred to (global.maxCachedMessageAge)
_DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


class FailedError(Exception):
    """The app did not answer as a page does."""


class Session:
    """One visitor: knows the page's date widget, and what messages it need not be sent again."""

    def __init__(self, socket: websockets.ClientConnection, first: dt.date) -> None:
        self._socket, self._query = socket, f"date={first.isoformat()}"
        self._widget = self._page = self._fragment = self._format = ""
        self._runs = 0
        self._kept: dict[str, int] = {}
        self._shown: set[int | str] = set()

    async def run(self, day: dt.date | None = None) -> float:
        """Ask for the page, or for another date on it, and wait for all of the answer; return the seconds."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash = self._query, self._page
        state.cached_message_hashes.extend(self._kept)
        state.context_info.timezone, state.context_info.locale = "Asia/Shanghai", "zh-CN"
        if day is not None:
            if not self._widget:
                raise FailedError("the page has no date input: sessions cannot change the date")
            state.fragment_id = self._fragment
            state.widget_states.widgets.add(id=self._widget).string_array_value.data.append(day.strftime(self._format))
        start = time.perf_counter()
        await self._socket.send(asked.SerializeToString())
        page = await self._answer()
        seconds = time.perf_counter() - start
        if page == self._shown:
            raise FailedError(f"nothing of the page changed with the date {day}")
        self._shown = page
        return seconds

    async def _answer(self) -> set[int | str]:
        """Read until the script has finished; return what stands for the contents of the page."""
        page: set[int | str] = set()
        self._runs += 1
        async for data in self._socket:
            if isinstance(data, str):
                continue
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if message.metadata.cacheable:
                self._kept[message.hash] = self._runs
            if kind == "ref_hash":
                self._kept[message.ref_hash] = self._runs
                page.add(message.ref_hash)
            elif kind == "new_session":
                self._page = message.new_session.page_script_hash or self._page
            elif kind == "delta":
                self._read(message)
                page.add(message.hash or hash(message.delta.SerializeToString()))
            elif kind == "script_finished" and message.script_finished in _DONE:
                break
            elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise FailedError("the script of the page does not compile")
        else:
            raise FailedError("the server closed a session")
        self._kept = {one: run for one, run in self._kept.items() if run > self._runs - _KEPT_RUNS}
        return page

    def _read(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.HasField("exception"):
            raise FailedError(f"the page shows an error: {element.exception.type}: {element.exception.message}")
        if element.HasField("date_input"):
            self._widget, self._fragment = element.date_input.id, message.delta.fragment_id
            shown = [*element.date_input.default, *element.date_input.value, ""][0]
            self._format = "%Y/%m/%d" if "/" in shown else "%Y-%m-%d"


async def _one(port: int, days: Sequence[dt.date], all_here: asyncio.Barrier) -> list[float]:
    address = f"ws://{HOST}:{port}/_stcore/stream"
    # No pings of our own: a browser sends none, and a busy server would be taken for a dead one.
    opened = websockets.connect(
        address,
        subprotocols=[websockets.Subprotocol("streamlit")],
        max_size=None,
        ping_interval=None,
        open_timeout=PATIENCE_S,
    )
    async with opened as socket:
        session = Session(socket, days[0])
        await session.run()
        await all_here.wait()
        return [await session.run(day) for day in days[1:]]


async def _all(port: int, plans: Sequence[Sequence[dt.date]]) -> list[float]:
    all_here = asyncio.Barrier(len(plans))
    async with asyncio.timeout(PATIENCE_S), asyncio.TaskGroup() as group:
        tasks = [group.create_task(_one(port, plan, all_here)) for plan in plans]
    return [seconds for task in tasks for seconds in task.result()]


def reruns(port: int, sessions: int, days: Sequence[dt.date]) -> list[float]:
    """Return the seconds of every change of date of this many sessions at once; the same dates on every call."""
    draw = random.Random(20180731)  # noqa: S311
    plans = [draw.sample(days, CHANGES + 1) for _ in range(sessions)]
    try:
        return asyncio.run(_all(port, plans))
    except* (FailedError, websockets.ConnectionClosed) as errors:
        raise SystemExit(f"{sessions} sessions: {errors.exceptions[0]}") from None
