"""The tools that try what holds: a change is a change, and what they count as an escape is one."""

from __future__ import annotations

import ast
import json
import subprocess
import types

import pytest

from regionmap.cli.commands import app
from regionmap.rules.verdict import ruling
from tools import audit, fault_bench, fault_calls, mutants, mutations

FILE = mutations.PACKAGE / "rules" / "verdict" / "ruling.py"


def test_every_change_of_a_file_is_another_code_of_one_of_its_functions():
    found = [mutations.mutant_at(one) for one in mutations.places_of(FILE)]
    assert len(found) > 20
    for one in found:
        assert one is not None
        path, name, line = one.function
        assert path == str(FILE)
        was = getattr(ruling, name).__code__
        assert was.co_firstlineno == line
        assert was != one.code


def test_a_changed_function_answers_otherwise():
    change = next(
        one
        for one in map(mutations.mutant_at, mutations.places_of(FILE))
        if one is not None and "RANK[binding] <= RANK" in one.name and "RANK[binding] < RANK" in one.name
    )
    changed = types.FunctionType(change.code, vars(ruling), argdefs=None)
    changed.__kwdefaults__ = {"open_industry": True}
    discouraged = ruling.STRICTNESS[2]
    assert ruling.decide(discouraged, [], [], open_industry=True).ruling is discouraged
    assert changed(discouraged, [], []).ruling is not discouraged


def test_every_change_that_is_explained_can_be_made_and_has_a_reason():
    reasons = mutations.explained(mutants.EXPLAINED.read_text("utf-8"))
    assert reasons
    assert [name for name, reason in reasons.items() if not reason.endswith(".")] == []
    files = {mutations.PACKAGE / name.split(" ")[0] for name in reasons}
    assert set(reasons) - {name for path in files for name in mutations.names_of(path).values()} == set()


def test_changes_that_read_alike_in_one_function_have_names_of_their_own():
    names = list(mutations.names_of(FILE).values())
    assert len(set(names)) == len(names)
    assert mutations.explained("# of all\na: `1` → `2`\n    Because\n    it is.\nb\n    No.\n") == {
        "a: `1` → `2`": "Because it is.",
        "b": "No.",
    }


def test_words_of_messages_and_types_are_not_changed():
    source = 'def f(a: int = 1) -> str:\n    raise ValueError(f"{a + 1}")\n'
    assert [one for *_, node in mutations._sites(ast.parse(source)) for one in mutations.changes(node)] == []


@pytest.mark.parametrize(
    ("status", "err", "escaped"),
    [
        (0, "", False),
        (2, "Error: no place", False),
        (2, "", True),
        (1, "Error", True),
        (-11, "", True),
        (2, "Traceback (most recent call last):\nKeyError: 1", True),
    ],
)
def test_how_a_run_may_end(status, err, escaped):
    assert bool(fault_bench.Run(status, "", err).escape()) is escaped


def test_a_closed_pipe_has_a_status_of_its_own_and_nobody_hears_what_is_said_there():
    assert not fault_bench.Run(141, "", "").escape(also=(141,))
    assert fault_bench.Run(141, "", "").escape()
    assert not fault_bench.Run(2, "", "").escape(silent=True)
    assert fault_bench.Run(1, "", "").escape(also=(141,), silent=True)


def test_every_command_that_ends_is_called_with_streams_that_nobody_reads():
    called = {words[0] for words in fault_calls.CALLS.values()}
    assert called >= set(app.commands) - {"app", "mcp"}


def test_a_flipped_bit_is_one():
    assert fault_bench.flipped(b"abc", 1, 0) == b"acc"
    assert fault_bench.flipped(b"", 0, 0) == b""


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ("no JSON", audit.COULD_NOT_LOOK, "could not look"),
        ({"dependencies": [{"name": "a", "skip_reason": "not found"}]}, audit.COULD_NOT_LOOK, "could not look"),
        ({"dependencies": [{"name": "a", "version": "1", "vulns": []}]}, 0, "1 packages looked up, 0 with"),
        (
            {"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}]},
            1,
            "a 1: X-1, mended in 2",
        ),
    ],
)
def test_an_audit_tells_what_it_found_from_that_it_could_not_look(said, status, words, monkeypatch, capsys):
    text = said if isinstance(said, str) else json.dumps(said)
    done = subprocess.CompletedProcess([], 1, text, "no network")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert audit.main() == status
    assert words in capsys.readouterr().out
