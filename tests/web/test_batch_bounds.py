"""One visitor cannot keep a server busy: files in a while and seconds of a run are bounded, and the page says so."""

from __future__ import annotations

import pytest

from regionmap.errors import InputError
from regionmap.web.batch import bounds
from tests.web.harness import open_page


def upload(test, number: int):
    content = f"lon,lat,industry\n115.46,38.87,steel\n115.4{number},38.8,steel\n".encode()
    test.file_uploader[0].set_value((f"sites-{number}.csv", content, "text/csv")).run()
    assert not test.exception, test.exception
    return [one.value for one in test.error]


def test_a_session_opens_so_many_files_and_no_more(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_FILES", 2)
    test = open_page("batch", lang="en", date="2019-06-01")
    assert upload(test, 1) == upload(test, 2) == []
    (said,) = upload(test, 3)
    assert "2 files within 10 minutes" in said
    assert "wait 10 min" in said
    other = open_page("batch", lang="en", date="2019-06-01")
    assert upload(other, 3) == []  # each session for itself


def test_a_file_counts_once_however_often_the_page_runs(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_FILES", 1)
    test = open_page("batch", lang="en", date="2019-06-01")
    assert upload(test, 1) == []
    for _ in range(3):
        test.run()
        assert not test.error


def test_after_a_while_there_is_room_again(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_FILES", 1)
    test = open_page("batch", lang="en", date="2019-06-01")
    assert upload(test, 1) == []
    monkeypatch.setattr(bounds, "WHILE_S", 0.0)
    assert upload(test, 2) == []


def test_a_run_that_takes_too_long_is_ended_in_one_line(monkeypatch):
    monkeypatch.setattr(bounds, "MOST_RUN_S", -1.0)
    test = open_page("batch", lang="en", date="2019-06-01")
    upload(test, 1)
    test.button(key="batch-run").click().run()
    assert not test.exception
    assert "was ended" in test.error[0].value
    with pytest.raises(InputError, match="was ended"):
        bounds.check_run(0.0)
