"""Unions of regions: circles, chains and doubled parts are told in one line, and never walked."""

from __future__ import annotations

from itertools import pairwise

import pytest

from regionmap.catalogue import graphs
from tests.catalogue.overlays import industries, industry, load, only_problem, problems, region, regions


def ladder(steps):
    edges = {}
    for n in range(steps):
        edges |= {
            f"top-{n}": (f"left-{n}", f"right-{n}"),
            f"left-{n}": (f"top-{n + 1}",),
            f"right-{n}": (f"top-{n + 1}",),
        }
    return edges | {f"top-{steps}": ()}


@pytest.mark.parametrize(
    ("edges", "words"),
    [
        ({"one": ("one",)}, ["regions/one.yaml:12", "cannot be a part of itself", "drop it"]),
        ({"one": ("two",), "two": ("one",)}, ["regions/one.yaml:12", "circle", "one → two → one", "name the places"]),
        ({f"r-{n}": (f"r-{(n + 1) % 300}",) for n in range(300)}, ["circle", "… 295 more …"]),
        (
            {f"r-{n}": (f"r-{n + 1}",) if n < 499 else () for n in range(500)},
            ["regions/r-494.yaml:12", "more than 4 deep", "r-494 → r-495", "r-499"],
        ),
        ({"one": ("fenwei-plain", "fenwei-plain")}, ["'fenwei-plain' stands twice", "keep one"]),
        (
            {"one": ("fenwei-plain", "air-key-regions")},
            ["fenwei-plain twice", "by itself and through air-key-regions", "name it once"],
        ),
        (
            {"one": ("two", "three"), "two": ("fenwei-plain",), "three": ("fenwei-plain", "yangtze-delta")},
            ["regions/one.yaml:12", "fenwei-plain twice", "through two and through three"],
        ),
        ({"one": ("no-region",)}, ["no region has the id 'no-region'"]),
        ({"one": ("east",)}, ["the region east has no definition from miit-2018-136", "add it"]),
    ],
)
def test_a_union_that_cannot_be_is_refused_in_one_line(tmp_path, edges, words):
    found = only_problem(tmp_path, regions(edges))
    assert "definitions[0].union_of: " in found
    assert all(word in found for word in words), found


def test_a_ladder_of_unions_ends_at_once(tmp_path):
    found = problems(tmp_path, regions(ladder(60)))  # 2 ** 60 ways down
    assert any("more than 4 deep" in one for one in found)
    assert any("top-60 twice, through left-59 and through right-59" in one for one in found)


def test_a_union_of_unions_of_ones_own_is_taken(tmp_path):
    catalogue = load(tmp_path, regions({"one": ("two", "yangtze-delta"), "two": ("fenwei-plain",)}))
    (definition,) = catalogue.regions["one"].definitions
    fenwei, delta = (
        catalogue.area(catalogue.definition(name, definition.in_force_from, "miit-2018-136"))
        for name in ("fenwei-plain", "yangtze-delta")
    )
    assert catalogue.area(definition) == fenwei | delta


def test_circles_names_that_are_taken_and_files_that_cannot_be_read_are_told_at_once(tmp_path):
    files = {
        **regions({"one": ("two",), "two": ("one",), "three": ("three",)}),
        **industries(industry("own-trade", 'aliases: ["3110"]'), industry("yours", "parents: [yours]")),
        "regions/four.yaml": region("four").replace("kind: other", "kind: planet"),
        "sources/five.yaml": "a: [",
    }
    found = problems(tmp_path, files)
    for words in ("one → two → one", "part of itself", "'3110' is a code", "own parents", "planet", "not YAML"):
        assert sum(words in one for one in found) == 1, (words, found)
    assert len(found) == 6


@pytest.mark.parametrize(
    ("edges", "circles", "sound"),
    [
        ({}, 0, set()),
        ({1: [2], 2: [3]}, 0, {1, 2, 3}),
        ({1: [2, 3], 2: [1], 3: [1]}, 2, set()),
        ({1: [2], 2: [3], 3: [2], 4: [5]}, 1, {4, 5}),
        ({1: [1]}, 1, set()),
        ({n: [m for m in range(60) if m != n] for n in range(60)}, graphs.MOST_CIRCLES, set()),
        ({n: [n + 1] for n in range(50_000)}, 0, {50_000, 49_999, 49_998}),
    ],
)
def test_a_graph_of_any_size_is_walked_once(edges, circles, sound):
    found = graphs.shape(edges, 2)
    assert len(found.circles) == circles
    assert found.sound == sound
    for one in found.circles:
        assert one[0] == one[-1]
        assert all(after in edges[before] for before, after in pairwise(one))
