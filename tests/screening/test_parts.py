"""A file in many parts: each is judged as if it were alone, and the run can stop, go on and say what went wrong."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import regionmap.cli.commands as cli
from regionmap.errors import InputError
from regionmap.screening.options import Options
from regionmap.screening.parts.agreement import agreed_schema, fitted
from regionmap.screening.parts.heads import Head
from regionmap.screening.parts.listing import find_parts, read_output
from regionmap.screening.parts.run import failure, screen_parts
from regionmap.screening.parts.storage import RemoteStorage
from regionmap.screening.run import screen

ON = Options(dt.date(2019, 6, 1))
PLACES = ["保定", "上海", "火星", "朝阳区", "成都市", "130600"]


def table(start: int, rows: int = 6) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "编号": range(start, start + rows),
            "地点": [PLACES[(start + one) % len(PLACES)] for one in range(rows)],
            "行业": ["钢铁", "3011", "纺织"] * (rows // 3),
        }
    )


@pytest.fixture
def folder(tmp_path):
    """Four parts whose names do not sort as text."""
    path = tmp_path / "in"
    path.mkdir()
    for number in (1, 2, 3, 10):
        table(number).to_parquet(path / f"part-{number}.parquet", index=False)
    return path


@pytest.fixture
def judged(rm, folder):
    """Run with a given folder for the result; return the summary."""

    def call(output="out", options=ON, **more):
        return screen_parts(rm, str(folder), str(folder.with_name(output)), options, {}, **more)

    return call


def files(folder):
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def test_each_part_is_judged_as_the_file_that_it_is(rm, folder, judged):
    summary = judged()
    out = folder.with_name("out")
    for name in ("part-1", "part-10"):
        screen(rm, folder / f"{name}.parquet", folder.with_name("alone.parquet"), ON, {})
        alone, part = pq.read_table(folder.with_name("alone.parquet")), pq.read_table(out / f"{name}.parquet")
        assert part.to_pylist() == alone.to_pylist()
    assert summary["rows"] == 24
    assert summary["judged"] + sum(summary["reasons"].values()) == 24
    assert summary["reasons"]["unknown_place"] == 4
    assert summary["examples"]["unknown_place"].startswith("unknown_place: ")
    assert failure(summary) is None


def test_the_manifest_lists_the_parts_in_order_with_what_was_read_and_written(folder, judged):
    judged()
    out = folder.with_name("out")
    manifest = json.loads((out / "_manifest.json").read_bytes())
    assert [one["output"]["name"] for one in manifest["parts"]] == [f"part-{n}.parquet" for n in (1, 2, 3, 10)]
    for one in manifest["parts"]:
        for side, place in (("input", folder), ("output", out)):
            content = (place / one[side]["name"]).read_bytes()
            assert one[side]["size"] == len(content)
            assert one[side]["sha256"] == hashlib.sha256(content).hexdigest()
        assert one["output"]["rows"] == 6
    assert manifest["options"]["on"] == "2019-06-01"
    assert manifest["catalogue"]
    assert manifest["rows"] == 24
    assert not [name for name in files(out) if "tmp-" in name]


def test_the_manifest_holds_no_path_and_no_hour(rm, folder, judged):
    judged()
    judged("again")
    assert files(folder.with_name("out")) == files(folder.with_name("again"))


def test_csv_parts_in_several_encodings_give_csv(rm, tmp_path):
    (tmp_path / "in").mkdir()
    table(0).to_csv(tmp_path / "in" / "a.csv", index=False, encoding="utf-8")
    table(6).to_csv(tmp_path / "in" / "b.csv", index=False, encoding="gb18030")
    (tmp_path / "in" / "c.csv").write_bytes("编号,地点,行业\r\n".encode("utf-16"))
    summary = screen_parts(rm, str(tmp_path / "in" / "*.csv"), str(tmp_path / "out" / "*.csv"), ON, {})
    lines = [(tmp_path / "out" / name).read_text("utf-8-sig").splitlines() for name in ("a.csv", "b.csv", "c.csv")]
    assert [len(one) for one in lines] == [7, 7, 1]
    assert lines[0][0] == lines[1][0] == lines[2][0]
    assert summary["rows"] == 12
    assert sum("of 3 parts" in one for one in summary["notes"]) == 3  # an encoding each


def test_columns_get_one_type_in_all_parts_of_the_result(rm, folder, judged):
    own = {"adcode": [130600] * 6}
    table(20).assign(**own).to_parquet(folder / "part-1.parquet", index=False)
    table(30).assign(adcode=pd.Series([None] * 6, dtype=object)).to_parquet(folder / "part-2.parquet", index=False)
    table(40).assign(adcode=[130600.0, None] * 3).to_parquet(folder / "part-3.parquet", index=False)
    table(50).assign(**own).iloc[:0].to_parquet(folder / "part-10.parquet", index=False)
    summary = judged()
    schemas = [pq.read_schema(one) for one in sorted(folder.with_name("out").glob("*.parquet"))]
    assert len(schemas) == 4
    assert all(one.equals(schemas[0], check_metadata=True) for one in schemas)
    assert schemas[0].field("adcode").type == pa.float64()
    assert summary["rows"] == 18
    assert summary["options"]["columns"]["adcode"] == "adcode"
    assert pq.read_table(folder.with_name("out") / "part-1.parquet")["unit_code"].to_pylist() == ["130600"] * 6


def test_text_and_numbers_in_one_column_are_refused():
    heads = {
        "a.parquet": Head({"adcode": pa.int64()}, 1, points=False),
        "b.parquet": Head({"adcode": pa.string()}, 1, points=False),
    }
    with pytest.raises(InputError, match=r"'adcode' is int64 in a\.parquet and string in b\.parquet"):
        agreed_schema(heads)


def test_columns_in_another_order_are_put_in_that_of_the_first(rm, folder, judged):
    table(2)[["行业", "编号", "地点"]].to_parquet(folder / "part-2.parquet", index=False)
    judged()
    names = [pq.read_schema(one).names for one in folder.with_name("out").glob("*.parquet")]
    assert all(one == names[0] for one in names)
    schema = pa.schema([("a", pa.int64()), ("b", pa.string())])
    assert fitted(pa.table({"b": ["x"], "a": pa.array([1], pa.int32())}), schema).to_pylist() == [{"a": 1, "b": "x"}]


def test_parts_with_other_columns_are_named_before_anything_is_written(folder, judged):
    table(3).rename(columns={"编号": "id"}).to_parquet(folder / "part-3.parquet", index=False)
    with pytest.raises(
        InputError, match=r"'part-3\.parquet' does not have the columns of part-1\.parquet.*'编号'.*'id'"
    ):
        judged()
    assert not folder.with_name("out").exists()


def test_a_damaged_part_is_named_and_the_others_are_done(folder, judged):
    whole = (folder / "part-2.parquet").read_bytes()
    (folder / "part-2.parquet").write_bytes(whole[:-10])
    data = bytearray((folder / "part-3.parquet").read_bytes())
    data[4:200] = bytes(196)  # the footer is whole, the pages are not
    (folder / "part-3.parquet").write_bytes(data)
    summary = judged()
    out = folder.with_name("out")
    assert list(summary["failed"]) == ["part-2.parquet", "part-3.parquet"]
    assert sorted(one.name for one in out.glob("*.parquet")) == ["part-1.parquet", "part-10.parquet"]
    assert summary["rows"] == 12
    said = failure(summary)
    assert "2 of 4 parts" in said.en
    assert "part-2.parquet" in said.en
    assert "part-3.parquet" in said.zh
    manifest = json.loads((out / "_manifest.json").read_bytes())
    assert [one["name"] for one in manifest["failed"]] == ["part-2.parquet", "part-3.parquet"]


def test_a_run_goes_on_with_what_is_missing_or_has_changed(rm, folder, judged):
    judged("whole")
    whole = (folder / "part-2.parquet").read_bytes()
    (folder / "part-2.parquet").write_bytes(b"half")
    judged()
    (folder / "part-2.parquet").write_bytes(whole)
    out = folder.with_name("out")
    before = {one.name: one.stat().st_mtime_ns for one in out.glob("*.parquet")}
    (out / "part-3.parquet").write_bytes(b"touched by someone")
    summary = judged(resume=True)
    after = {one.name: one.stat().st_mtime_ns for one in out.glob("*.parquet")}
    assert summary["kept"] == 2
    assert {name for name in after if after[name] == before.get(name)} == {"part-1.parquet", "part-10.parquet"}
    assert files(out) == files(folder.with_name("whole"))
    table(100).to_parquet(folder / "part-2.parquet", index=False)
    assert judged(resume=True)["kept"] == 3
    assert pq.read_table(out / "part-2.parquet")["编号"].to_pylist() == list(range(100, 106))


def test_a_run_that_was_stopped_goes_on(rm, folder, judged):
    def stop(done, total):
        if done == 12:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judged(progress=stop)
    out = folder.with_name("out")
    assert [one.name for one in out.glob("*.parquet")] == ["part-1.parquet"]
    assert not (out / "_manifest.json").exists()
    assert judged(resume=True)["kept"] == 1
    judged("whole")
    assert files(out) == files(folder.with_name("whole"))


def test_a_folder_with_other_files_is_refused_and_nothing_is_deleted(folder, judged):
    out = folder.with_name("out")
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"holds files that this run does not make \('notes\.txt'\)"):
        judged()
    assert files(out) == {"notes.txt": b"mine"}
    with pytest.raises(InputError, match=r"does not make \('part-1\.parquet'"):
        screen_parts_into_the_input(judged)


def test_a_link_in_place_of_the_folder_of_records_is_refused(folder, judged, tmp_path):
    (tmp_path / "elsewhere" / "tmp-0123456789ab").mkdir(parents=True)
    folder.with_name("out").mkdir()
    (folder.with_name("out") / "_regionmap").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="is a link"):
        judged()
    assert (tmp_path / "elsewhere" / "tmp-0123456789ab").exists()


def test_what_lost_workers_left_is_removed_at_the_end(folder, judged):
    left = folder.with_name("out") / "_regionmap" / "tmp-0123456789ab"
    left.mkdir(parents=True)
    (left / "part-1.parquet").write_bytes(b"half")
    judged()
    assert not left.exists()


def screen_parts_into_the_input(judged):
    judged("in")


def test_results_are_never_replaced_by_those_of_another_question(folder, judged):
    judged()
    before = files(folder.with_name("out"))
    with pytest.raises(InputError, match="add --resume"):
        judged()
    with pytest.raises(InputError, match="another catalogue, version, date or options"):
        judged(options=Options(dt.date(2020, 1, 1)), resume=True)
    (folder / "part-1.parquet").unlink()
    with pytest.raises(InputError, match=r"does not make \('part-1\.parquet'\)"):
        judged(resume=True)
    assert files(folder.with_name("out")) == before


def test_a_part_that_changes_while_it_is_read_has_no_record(rm, folder, judged):
    def change(done, total):
        if done == 6:
            table(1, 9).to_parquet(folder / "part-1.parquet", index=False)

    summary = judged(progress=change)
    assert "changed while it was read" in summary["failed"]["part-1.parquet"]["en"]
    assert judged(resume=True)["rows"] == 27


def test_parts_in_memory_and_at_a_local_address_are_those_of_a_folder(rm, folder, judged):
    fsspec = pytest.importorskip("fsspec")
    judged()
    memory = fsspec.filesystem("memory")
    for one in folder.iterdir():
        memory.pipe_file(f"/in/{one.name}", one.read_bytes())
    try:
        screen_parts(rm, "memory://in/*.parquet", "memory://out/", ON, {})
        here = {one.removeprefix("/out/"): memory.cat_file(one) for one in memory.find("/out")}
        again = screen_parts(rm, "memory://in", "memory://out/", ON, {}, resume=True)
    finally:
        memory.store.clear()
    assert here == files(folder.with_name("out"))
    assert again["kept"] == 4
    screen_parts(rm, f"file://{folder}", f"file://{folder.with_name('local')}", ON, {})
    assert files(folder.with_name("local")) == files(folder.with_name("out"))


def test_where_half_an_upload_would_be_seen_it_gets_its_name_at_the_end(tmp_path, monkeypatch):
    pytest.importorskip("fsspec")
    place = RemoteStorage(f"file://{tmp_path}")
    folder = str(tmp_path / "out")
    place.prepare(folder)
    with place.scratch(folder) as scratch:
        (scratch / "a.csv").write_bytes(b"whole")
        place.publish(scratch / "a.csv", f"{folder}/a.csv")
        (scratch / "a.csv").write_bytes(b"whole again")
        with monkeypatch.context() as lost:
            lost.setattr(type(place._fs), "mv", lambda *_, **__: (_ for _ in ()).throw(OSError("lost")))
            with pytest.raises(OSError, match="lost"):
                place.publish(scratch / "a.csv", f"{folder}/b.csv")
    assert place.names(folder) == ["_regionmap", "a.csv"]
    place.tidy(folder)
    assert place.names(f"{folder}/_regionmap") == []


def test_hidden_files_are_no_parts_and_numbers_order_them(folder):
    for name in ("_SUCCESS", ".part-0.parquet.crc", "notes.md"):
        (folder / name).write_text("x")
    _, parts = find_parts(str(folder), ".parquet")
    assert [one.name for one in parts] == [f"part-{number}.parquet" for number in (1, 2, 3, 10)]
    (folder / "year=2019").mkdir()
    table(1).to_parquet(folder / "year=2019" / "part-1.parquet", index=False)
    _, parts = find_parts(str(folder / "year=*" / "*.parquet"), ".csv")
    assert [(one.name, one.output) for one in parts] == [("year=2019/part-1.parquet", "year=2019-part-1.csv")]


def test_names_of_an_object_store_are_read_as_names_alone(rm):
    """Its keys may hold what parts folders elsewhere, and a folder without a name."""
    memory = pytest.importorskip("fsspec").filesystem("memory")
    from fsspec.implementations.memory import MemoryFile

    row = "地点,行业\n保定市,钢铁\n".encode()
    try:
        for key in ("/in/a\\..\\b.csv", "/in/deep//c:d.csv"):
            memory.store[key] = MemoryFile(memory, key, row)
        names = [one.output for one in find_parts("memory://in/**/*.csv", ".csv")[1]]
        screen_parts(rm, "memory://in/**/*.csv", "memory://out/*.csv", ON, {})
        made = {one.removeprefix("/out/") for one in memory.find("/out") if "/_" not in one}
    finally:
        memory.store.clear()
    assert sorted(names) == ["a-..-b.csv", "deep--c-d.csv"]
    assert made == set(names)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nothing/*.parquet", "no Parquet or CSV file fits"),
        ("in/*", "parts are Parquet or CSV files, and 'notes.md' are not"),
        ("both", "some parts are Parquet and some CSV"),
        ("twice/*/*.csv", "would have one name"),
        ("nowhere://bucket/x", "cannot be reached"),
    ],
)
def test_what_is_no_set_of_parts_is_said(folder, monkeypatch, source, words):
    monkeypatch.chdir(folder.parent)
    (folder / "notes.md").write_text("x")
    for name in ("both/a.csv", "both/b.parquet", "twice/x/y-a.csv", "twice/x-y/a.csv"):
        (folder.parent / name).parent.mkdir(parents=True, exist_ok=True)
        (folder.parent / name).write_text("x")
    with pytest.raises(InputError, match=words):
        find_parts(source, ".parquet")


@pytest.mark.parametrize(
    ("output", "meant"),
    [
        ("out/", ("out", ".parquet")), ("out", ("out", ".parquet")), ("out/*.csv", ("out", ".csv")),
        ("s3://bucket/out/*.parquet", ("s3://bucket/out", ".parquet")),
        ("results.parquet/", ("results.parquet", ".parquet")),
    ],
)  # fmt: skip
def test_the_output_says_folder_and_format(output, meant):
    assert read_output(output) == meant


@pytest.mark.parametrize("output", ["out.parquet", "out/x.csv", "out/*.xlsx", "out/part-*.csv"])
def test_an_output_that_is_no_folder_is_refused(output):
    with pytest.raises(InputError, match="the parts of a result"):
        read_output(output)


def test_the_command_tells_all_and_its_status_names_what_is_missing(folder, capsys):
    (folder / "part-2.parquet").write_bytes(b"half")
    out = folder.with_name("out")
    command = ["screen", f"{folder}/*.parquet", "-o", f"{out}/", "--date", "2019-06-01", "--lang", "en"]
    status = cli._run([*command, "--json"])
    captured = capsys.readouterr()
    assert status == 2
    assert json.loads(captured.out)["rows"] == 18
    assert captured.err.startswith("regionmap: 1 of 4 parts has no result: ") or "1 of 4 parts" in captured.err
    assert len(captured.err.strip().splitlines()) == 1
    assert "part-2.parquet" in captured.err
    table(2).to_parquet(folder / "part-2.parquet", index=False)
    status = cli._run([*command, "--resume"])
    captured = capsys.readouterr()
    assert status == 0
    assert "parts judged now: 1, before: 3" in captured.out
    assert cli._run([*command, "--sheet", "x"]) == 2
