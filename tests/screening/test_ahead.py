"""What a thread does meanwhile: values keep their order, errors reach who asked, and no thread is left."""

from __future__ import annotations

import threading
import time

import pytest

from regionmap.screening.ahead import Later, ahead


def test_values_come_in_order_and_the_next_ones_are_made_meanwhile():
    asked = threading.Event()

    def values():
        yield 1
        yield 2
        asked.set()  # by the thread: nobody has asked for the second value yet
        yield 3

    found = ahead(values())
    assert next(found) == 1
    assert asked.wait(60)
    assert list(found) == [2, 3]


def test_several_values_wait_for_the_first_to_be_judged_and_fewer_later():
    made = []
    sixth = threading.Event()

    def values():
        for number in range(100):
            made.append(number)
            if len(made) == 6:
                sixth.set()
            yield number

    found = ahead(values())
    assert next(found) == 0
    assert sixth.wait(60)  # one is with us, four wait, one is in the hand of the thread
    for number in range(1, 50):
        assert next(found) == number
        assert len(made) - number <= 7
    time.sleep(0.1)  # as long as the thread likes
    assert len(made) <= 49 + 1 + 2
    found.close()


def test_an_error_comes_after_the_values_before_it():
    def values():
        yield 1
        raise ValueError("broken row")

    found = ahead(values())
    assert next(found) == 1
    with pytest.raises(ValueError, match="broken row"):
        next(found)


def test_who_stops_early_ends_the_thread_and_closes_the_source():
    closed = threading.Event()

    def values():
        try:
            yield from range(10**9)
        finally:
            closed.set()

    found = ahead(values())
    assert next(found) == 0
    found.close()
    assert closed.is_set()
    assert not [one for one in threading.enumerate() if one.name == "regionmap-ahead"]


def test_what_is_found_later_is_returned_or_raised():
    assert Later(lambda: 5).result() == 5
    with pytest.raises(ZeroDivisionError):
        Later(lambda: 1 // 0).result()
