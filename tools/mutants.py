"""Change one thing in the rules or the places, and see whether a test notices: ``make mutants``.

    python -m tools.mutants --seconds 600 --most 300 --seed 1
    python -m tools.mutants --like "caveats.py beyond_dates" "parks.py"

Small changes (``<`` to ``<=``, ``and`` to ``or``, a number by one, a statement left out) are made in a sample of the
functions, one at a time, and the tests that ran the function are run again. A change that no test notices survives: a
test is missing, or the change changes no answer. One that changes none stands in tools/mutants_explained.txt as it is
printed here, with the reason below it; the exit status is 1 while another survives.

No other program is used, since this one takes a fraction of a second for a change: the tests are collected once, in a
process that has asked no question yet, and every change is made in a fork of it, by giving functions another code.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import importlib
import json
import os
import pkgutil
import random
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from tools.mutations import PACKAGE, ROOT, Key, Mutant, explained, mutant_at, names_of, places_of

EXPLAINED = ROOT / "tools" / "mutants_explained.txt"
TESTS = (
    "tests/rules", "tests/places", "tests/catalogue/test_own_industries.py", "tests/catalogue/test_as_of.py",
)  # fmt: skip
SLOW_TEST_S = 4.0
"""Processor seconds of a test and what it is the first to need, above which it is left out, without another wish."""
FEW = 25
"""Tests that are tried first: the quickest of those that ran the function."""
MOST_BYTES = 3_000_000_000
"""Of memory, while a change is tried: some make arrays without end."""
SPARE_S = 20
"""Processor seconds beyond thrice what the tests took: for a loop that a change makes endless."""
MADE_ANEW, MAKING_S = "places/index/", 90
"""What is kept on the disk for the next start is made by these functions: where one is changed, it is made anew, which
takes so many processor seconds more. What was kept before would hide the change."""


class Runner:
    """A plugin of pytest: takes the tests once collected, and runs them in forks instead."""

    def __init__(self, given: argparse.Namespace) -> None:
        """Keep what was asked for."""
        self.given = given
        self.unexplained = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Look who runs what, then try one change after the other."""
        _import_all()
        functions: dict[Key, list[FunctionType]] = {}
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename.startswith(str(PACKAGE)):
                code = one.__code__
                functions.setdefault((code.co_filename, code.co_qualname, code.co_firstlineno), []).append(one)
        folders = [PACKAGE / one for one in self.given.folders]
        files = sorted(path for folder in folders for path in folder.rglob("*.py"))
        every = [one for path in files for one in places_of(path)]
        if self.given.like:
            sample = [one for one in every if any(word in names_of(one.path).get(one, "") for word in self.given.like)]
        else:
            sample = random.Random(self.given.seed).sample(every, min(self.given.most, len(every)))  # noqa: S311
        chosen = [one for one in map(mutant_at, sample) if one is not None]
        ran, took = _record(session.items, self.given.longest)
        print(
            f"\n{len(every):,} changes of {len(files)} files; {len(chosen)} in the sample; {len(session.items)} tests"
        )
        self._try(chosen, functions, session.items, ran, took)
        return True

    def _try(
        self,
        chosen: Sequence[Mutant],
        functions: dict[Key, list[FunctionType]],
        tests: Sequence[pytest.Item],
        ran: dict[str, list[str]],
        took: dict[str, float],
    ) -> None:
        reasons = explained(EXPLAINED.read_text("utf-8"))
        start, counts = time.monotonic(), dict.fromkeys(("killed", "survived", "explained", "not run"), 0)
        by_id = {one.nodeid: one for one in tests if one.nodeid in took}
        for number, mutant in enumerate(chosen, 1):
            if time.monotonic() - start > self.given.seconds:
                break
            if self.given.skip_explained and mutant.name in reasons:
                counts["explained"] += 1
                continue
            which = ran.get(f"{mutant.function[0]}:{mutant.function[1]}", [])
            of_module = [one for key, more in ran.items() if key.startswith(f"{mutant.function[0]}:") for one in more]
            quick = sorted(which, key=took.__getitem__)
            rest = sorted({*which, *of_module} - set(quick[:FEW]), key=lambda one: (one not in which, took[one]))
            left: float = self.given.patience  # for what is kept from one test to the next, and so is run once
            more = [one for one in rest if (left := left - took[one]) > 0]
            known = mutant.function in functions
            fate = "survived" if (quick or more) and known else "not run"
            for names in (quick[:FEW], more) if known else ():
                if names and _fails([by_id[one] for one in names], functions[mutant.function], mutant.code,
                                    sum(took[one] for one in names), anew=MADE_ANEW in mutant.name):  # fmt: skip
                    fate = "killed"
                    break
            if fate != "killed" and mutant.name in reasons:
                fate = "explained"
            counts[fate] += 1
            if fate in {"survived", "not run"} or self.given.verbose:
                print(f"{fate:<9} {mutant.name}", flush=True)
            if number % 50 == 0:
                print(f"… {number} of {len(chosen)}: {counts}", flush=True)
        tried = sum(counts.values())
        print(f"{tried} of {len(chosen)} tried in {time.monotonic() - start:.0f} s: {counts}")
        self.unexplained = counts["survived"] + counts["not run"]


def _import_all() -> None:
    import regionmap

    for one in pkgutil.walk_packages(regionmap.__path__, "regionmap."):
        if one.name.split(".")[1] in {"rules", "places"}:
            importlib.import_module(one.name)


def _in_fork(work: Any, seconds: float | None = None) -> int:
    """Run something in a fork, quietly; return its exit status, above 0 too when it was ended by the system."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 3
        with suppress(BaseException):
            nothing = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nothing, 1)
            os.dup2(nothing, 2)
            if seconds is not None:
                resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 2))
                resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, MOST_BYTES))
            status = work()
        os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Clock:
    """Ends a test that takes more processor seconds than it may."""

    def __init__(self) -> None:
        """Take over the signal."""
        self.rang = False
        signal.signal(signal.SIGVTALRM, self._ring)

    def _ring(self, *_: object) -> None:
        self.rang = True
        raise TimeoutError("a slow test")

    def wind(self, seconds: float) -> None:
        """Begin to count; 0 stops it."""
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


def _run(
    tests: Sequence[pytest.Item], clock: Clock | None = None, longest: float = SLOW_TEST_S
) -> Iterator[tuple[pytest.Item, bool, float]]:
    """Run tests one after the other; yield each with whether it failed and the processor seconds that it took."""
    for place, one in enumerate(tests):
        following = tests[place + 1] if place + 1 < len(tests) else None
        start = time.process_time()
        if clock is not None:
            clock.wind(longest)
        one.config.hook.pytest_runtest_protocol(item=one, nextitem=following)
        if clock is not None:
            clock.wind(0)
        yield one, _verdicts(one).failed, time.process_time() - start


def _verdicts(test: pytest.Item) -> Verdicts:
    found: Verdicts = test.config.pluginmanager.get_plugin("regionmap-verdicts")  # type: ignore[assignment]
    return found


class Verdicts:
    """A plugin of pytest that knows whether a test has failed."""

    failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Look at the outcome of a part of a test."""
        self.failed |= report.failed


def _fails(
    tests: Sequence[pytest.Item], functions: Sequence[FunctionType], code: CodeType, usual: float, *, anew: bool
) -> bool:
    def work() -> int:
        if anew:
            os.environ["REGIONMAP_CACHE"] = "off"
        for one in functions:
            one.__code__ = code
        return int(any(failed for _, failed, _ in _run(tests)))

    return _in_fork(work, SPARE_S + (MAKING_S if anew else 0) + 3 * usual) != 0


def _record(tests: Sequence[pytest.Item], longest: float) -> tuple[dict[str, list[str]], dict[str, float]]:
    """Return for each function (``file:name``) the tests that ran it, and how long each test takes."""
    target = Path(tempfile.mkdtemp(prefix="regionmap-mutants-")) / "ran.json"

    def work() -> int:
        ran: dict[str, list[str]] = {}
        took: dict[str, float] = {}
        left_out: list[str] = []
        below = tuple(str(PACKAGE / one) + os.sep for one in ("rules", "places"))
        profile = cProfile.Profile(builtins=False)
        profile.enable()
        clock = Clock()
        for one, failed, seconds in _run(tests, clock, longest):
            profile.disable()
            if clock.rang:  # one that goes through everything: too slow to be run for every change
                _verdicts(one).failed = clock.rang = False
                profile.clear()
                profile.enable()
                continue
            if failed:  # as may one after a slow one that was cut off: what they share is half made
                _verdicts(one).failed = False
                left_out.append(one.nodeid)
                profile.clear()
                profile.enable()
                continue
            took[one.nodeid] = seconds
            for entry in profile.getstats():
                code = entry.code
                if isinstance(code, CodeType) and code.co_filename.startswith(below):
                    name = code.co_qualname.split(".<locals>")[0]
                    ran.setdefault(f"{code.co_filename}:{name}", []).append(one.nodeid)
            profile.clear()
            profile.enable()
        profile.disable()
        target.write_text(json.dumps([{name: sorted(set(which)) for name, which in ran.items()}, took, left_out]))
        return 0

    if _in_fork(work):
        raise SystemExit("the tests did not run to their end without any change")
    ran, took, left_out = json.loads(target.read_text())
    for name in left_out:
        print(f"left out, since it fails without any change: {name}")
    return ran, took


def main() -> int:
    """Try a sample of changes; print what survived."""
    asked = argparse.ArgumentParser(prog="tools/mutants.py")
    asked.add_argument("--seconds", type=int, default=600, help="stop trying after so many")
    asked.add_argument("--most", type=int, default=300, help="size of the sample")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--patience", type=float, default=30, help="seconds of further tests for what seems to survive")
    asked.add_argument("--like", nargs="+", help="every change whose name holds one of these, instead of a sample")
    asked.add_argument("--longest", type=float, default=SLOW_TEST_S, help="processor seconds of a test that is run")
    asked.add_argument("--folders", nargs="+", default=["rules", "places"])
    asked.add_argument("--tests", nargs="+", default=TESTS)
    asked.add_argument("--skip-explained", action="store_true", help="do not try again what is explained")
    asked.add_argument("--verbose", action="store_true")
    given = asked.parse_args()
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    runner = Runner(given)
    options = ["-qq", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    status = pytest.main([*options, *given.tests], plugins=[runner, Named()])
    if status not in (0, 5):
        return int(status)
    return 1 if runner.unexplained else 0


class Named:
    """Registers ``Verdicts`` under a name by which the forks find it."""

    def pytest_configure(self, config: pytest.Config) -> None:
        """Add the plugin."""
        config.pluginmanager.register(Verdicts(), "regionmap-verdicts")


if __name__ == "__main__":
    sys.exit(main())
