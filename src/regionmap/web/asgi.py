"""What middlewares of the server share: the types of ASGI, headers, and an answer taken whole."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


def headers(message: Message) -> dict[bytes, bytes]:
    """Return the headers of a request or an answer by their names in small letters."""
    return {bytes(name).lower(): bytes(value) for name, value in message["headers"]}


def takes_gzip(scope: Scope) -> bool:
    """Tell whether a request may be answered whole and with gzip."""
    asked = headers(scope)
    return b"gzip" in asked.get(b"accept-encoding", b"") and b"range" not in asked


async def answer(app: Asgi, scope: Scope, receive: Receive) -> list[Message]:
    """Return all messages of an app's answer."""
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    await app(scope, receive, send)
    return messages
