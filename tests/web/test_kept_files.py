"""Files that never change: compressed once and kept, within bounds; everything else goes to the app behind."""

from __future__ import annotations

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from regionmap.web import server

SCRIPT = "/static/js/index.DormvYxC.js"
SHAPES = "/tools/component/some.files/counties-130000.0fc0b4399516.json"


class Behind:
    """Stands for the app: counts what it is asked for."""

    def __init__(self, body: bytes = b"x" * 5_000, status: int = 200) -> None:
        self.asked: list[str] = []
        self.body, self.status = body, status

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.asked.append(scope["path"])
        headers = [(b"content-type", b"text/javascript"), (b"cache-control", b"public")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


def ask(files: server.KeptFiles, path: str, *, method: str = "GET", accept: bytes = b"gzip, br") -> dict[str, Any]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": method, "path": path, "headers": [(b"accept-encoding", accept)]}
    # On a thread of its own: a browser of another test may hold this one's event loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, files(scope, receive, send)).result()
    body = b"".join(one.get("body", b"") for one in sent[1:])
    return {"status": sent[0]["status"], "headers": dict(sent[0]["headers"]), "body": body}


@pytest.mark.parametrize("path", [SCRIPT, SHAPES])
def test_a_file_is_compressed_once_and_may_be_kept_for_ever(path: str) -> None:
    behind = Behind()
    files = server.KeptFiles(behind)
    for _ in range(3):
        answer = ask(files, path)
        assert gzip.decompress(answer["body"]) == behind.body
        assert answer["headers"][b"cache-control"] == b"public, max-age=31536000, immutable"
        assert answer["headers"][b"content-type"] == b"text/javascript"
    assert behind.asked == [path]


@pytest.mark.parametrize(
    ("path", "method", "accept"),
    [
        (SCRIPT, "GET", b"identity"),
        (SCRIPT, "HEAD", b"gzip"),
        ("/component/some.files/index.html", "GET", b"gzip"),
        ("/component/some.files/leaflet.js", "GET", b"gzip"),  # no hash: it may change
        ("/media/1db90057ed4ca718.csv", "GET", b"gzip"),
        ("/_stcore/health", "GET", b"gzip"),
    ],
)
def test_what_may_change_is_asked_for_each_time(path: str, method: str, accept: bytes) -> None:
    behind = Behind()
    files = server.KeptFiles(behind)
    for _ in range(2):
        answer = ask(files, path, method=method, accept=accept)
        assert answer["body"] == behind.body
        assert answer["headers"][b"cache-control"] == b"public"
    assert behind.asked == [path, path]


def test_what_is_not_there_is_not_kept() -> None:
    behind = Behind(status=404)
    files = server.KeptFiles(behind)
    assert [ask(files, SCRIPT)["status"] for _ in range(2)] == [404, 404]
    assert len(behind.asked) == 2
    assert files._making == {}


def test_no_more_is_kept_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    behind = Behind(random.Random(1).randbytes(5_000))  # noqa: S311
    monkeypatch.setattr(server, "MOST_KEPT_BYTES", 12_000)
    files = server.KeptFiles(behind)
    paths = [f"/static/js/part{number}.DormvYxC.js" for number in range(4)]
    for path in paths:
        ask(files, path)
    assert list(files._kept) == paths[-2:]
    assert files._bytes <= 12_000
    ask(files, paths[0])
    assert behind.asked == [*paths, paths[0]]
