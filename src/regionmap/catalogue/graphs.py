"""Names that name others: circles, chains that are too deep, and what is reached twice. No recursion, linear time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from regionmap.i18n import t
from regionmap.model import Text

N = TypeVar("N", bound=Hashable)
MOST_CIRCLES = 50
"""As many are told apart; every further one would be shown once these are cut."""


@dataclass(frozen=True)
class Shape(Generic[N]):
    """What is wrong with the shape of a graph, and which nodes lead to nothing that is.

    ``circles``: from a node back to itself, one for every edge that closes one, up to ``MOST_CIRCLES``. ``deep``:
    chains of one edge more than allowed, from the lowest node that has one. ``sound``: nodes above no circle, and not
    deep.
    """

    circles: list[tuple[N, ...]]
    deep: list[tuple[N, ...]]
    sound: frozenset[N]


def shape(edges: Mapping[N, Sequence[N]], deepest: int) -> Shape[N]:
    """Return the shape of a graph whose chains may have ``deepest`` edges."""
    circles, depths = _walk(edges)
    deep = []
    for node, depth in depths.items():
        if depth == deepest + 1:
            chain = [node]
            while edges.get(chain[-1]):
                chain.append(max(edges[chain[-1]], key=depths.__getitem__))
            deep.append(tuple(chain))
    return Shape(circles, deep, frozenset(node for node, depth in depths.items() if depth <= deepest))


def reached_twice(edges: Mapping[N, Sequence[N]], parts: Sequence[N]) -> tuple[N, N, N] | None:
    """Return two of ``parts`` (different ones) and what both lead to, which may be one of them; None for none.

    Meant for ``Shape.sound`` nodes: it takes the time of all that is below.
    """
    first: dict[N, N] = {}
    for part in dict.fromkeys(parts):
        for node in reach(part, lambda one: edges.get(one, ())):
            if first.setdefault(node, part) != part:
                return first[node], part, node
    return None


def twice_in_words(one: str, other: str, both: str) -> Text:
    """Return what ``reached_twice`` found, in words."""
    ways = [t("through {name}", name=name) if name != both else t("by itself") for name in (one, other)]
    return t("{name} twice, {way} and {other}", name=both, way=ways[0], other=ways[1])


def reach(top: N, next_to: Callable[[N], Iterable[N]]) -> Iterator[N]:
    """Yield a node and all that can be reached from it, each once."""
    seen = {top}
    waiting = [top]
    while waiting:
        node = waiting.pop()
        yield node
        for one in next_to(node):
            if one not in seen:
                seen.add(one)
                waiting.append(one)


def _walk(edges: Mapping[N, Sequence[N]]) -> tuple[list[tuple[N, ...]], dict[N, int]]:
    """Return circles, and the number of edges of the longest chain below each node that leads into no circle."""
    found: list[tuple[N, ...]] = []
    depths: dict[N, int] = {}
    circular: set[N] = set()
    done: set[N] = set()
    for top in edges:
        if top in done:
            continue
        path: dict[N, Iterator[N]] = {top: iter(edges[top])}  # in order: from the top down to where we are
        while path:
            node = next(reversed(path))
            one = next(path[node], None)
            if one is None:
                del path[node]
                done.add(node)
                parts = edges.get(node, ())
                if node in circular or any(part in circular for part in parts):
                    circular.add(node)
                else:
                    depths[node] = max((depths[part] + 1 for part in parts), default=0)
            elif one in path:
                circular.add(node)  # what leads to it is marked on the way back up
                if len(found) < MOST_CIRCLES:
                    names = list(path)
                    found.append((*names[names.index(one) :], one))
            elif one not in done:
                path[one] = iter(edges.get(one, ()))
    return found, depths
