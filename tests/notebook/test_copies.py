"""Copies of answers, in this process and for another one, are as good as the answers."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import os
import pickle
import subprocess
import sys

import pytest

import regionmap
from regionmap.errors import InputError
from tests.catalogue.overlays import GOOD, SOURCE, write

DAY = "2019-06-01"
ANSWERS = {
    "check": lambda rm: rm.check("保定市", industry="钢铁", on=DAY),
    "lookup": lambda rm: rm.lookup("保定市", on=DAY),
    "transfer": lambda rm: rm.transfer("保定市", industry="纺织", on="2022-06-01"),
    "history": lambda rm: rm.history("air-key-regions", "2014-01-01", "2019-01-01"),
    "overview": lambda rm: rm.overview("钢铁", on=DAY),
    "rulings": lambda rm: rm.rulings(["130600"], "钢铁", on=DAY),
    "rules": lambda rm: rm.rules("错峰", on=DAY),
}
COPIES = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda one: pickle.loads(pickle.dumps(one)),  # noqa: S301
}


def told(answer) -> list:
    """All that an answer tells of itself."""
    frame = answer.to_frame()
    written = answer.to_dict() if hasattr(answer, "to_dict") else None
    return [frame.to_dict("records"), written, answer._repr_html_(), repr(answer)]


@pytest.mark.parametrize("made", COPIES)
@pytest.mark.parametrize("name", ANSWERS)
def test_a_copy_tells_what_the_answer_tells(rm, name, made):
    answer = ANSWERS[name](rm)
    again = COPIES[made](answer)
    assert type(again) is type(answer)
    assert again == answer
    assert told(again) == told(answer)


def test_the_catalogue_does_not_travel(rm):
    assert len(pickle.dumps(ANSWERS["check"](rm))) < 5_000_000
    assert len(pickle.dumps(rm)) < 1_000


def elsewhere(sent: bytes, folder, ask: str) -> subprocess.CompletedProcess:
    """Open what was sent in another process and ask it for something."""
    path = folder / "sent.pickle"
    path.write_bytes(sent)
    code = f"import pickle, sys; found = pickle.load(open(sys.argv[1], 'rb')); {ask}"
    return subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )


def test_another_process_writes_an_answer_out_and_asks_on(rm, tmp_path):
    verdict = ANSWERS["check"](rm)
    found = elsewhere(pickle.dumps((rm, verdict)), tmp_path, "print(found[1].to_dict() == found[0].check('保定市', "
                      f"industry='钢铁', on='{DAY}').to_dict(), found[0] is found[1].rm)")  # fmt: skip
    assert found.stdout.split() == ["True", "True"], found.stderr


def test_an_answer_by_files_of_ones_own_is_written_out_by_them(tmp_path):
    rm = regionmap.load(write(tmp_path / "own", {SOURCE: GOOD}))
    sent = pickle.dumps(rm.check("保定市", industry="钢铁", on="2021-06-01"))
    ask = "print('test-2020-1/1a' in [one['provision'] for one in found.to_dict()['findings']])"
    assert elsewhere(sent, tmp_path, ask).stdout.split() == ["True"]
    write(tmp_path / "own", {SOURCE: GOOD.replace("禁止新建钢铁", "禁止新建钢铁项目")})
    changed = elsewhere(sent, tmp_path, "print(found.ruling); found.to_dict()")
    assert changed.stdout.split() == ["prohibited"]
    assert InputError.__name__ in changed.stderr
    assert "comes from the catalogue" in changed.stderr


@pytest.mark.parametrize("name", ["check", "lookup", "transfer", "history"])
def test_fields_as_a_dictionary(rm, name):
    answer = ANSWERS[name](rm)
    fields = dataclasses.asdict(answer)
    assert list(fields) == [one.name for one in dataclasses.fields(answer)]
    if name == "check":
        assert fields["ruling"] == "prohibited"
        assert [one.provision.id for one in fields["findings"]] == [one.provision.id for one in answer.findings]
        assert fields["subject"]["id"] == "steel"


def test_a_question_is_asked_again_from_a_copy(rm):
    question = rm.question("钢铁", "new", dt.date(2019, 6, 1))
    unit = rm.unit("130600")
    ids = [one.provision.id for one in question.evaluate([unit]).findings]
    for made in COPIES.values():
        assert [one.provision.id for one in made(question).evaluate([unit]).findings] == ids
