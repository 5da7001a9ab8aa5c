"""The folder for what is kept: where the system has it, another one by a setting, or none."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import platformdirs
import pytest

from regionmap import cache_dir


def test_the_setting_names_a_folder_or_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REGIONMAP_CACHE", str(tmp_path / "mine"))
    assert cache_dir.folder() == tmp_path / "mine"
    monkeypatch.setenv("REGIONMAP_CACHE", "off")
    assert cache_dir.folder() is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the folders of XDG")
def test_the_usual_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("REGIONMAP_CACHE", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_dir.folder() == tmp_path / ".cache" / "regionmap"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_dir.folder() == tmp_path / "xdg" / "regionmap"


def test_a_user_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Older versions of the library answer with ``~`` as it is, newer ones raise."""
    monkeypatch.delenv("REGIONMAP_CACHE", raising=False)
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: "~/.cache/regionmap")
    assert cache_dir.folder() is None

    def homeless(*_: object, **__: object) -> str:
        raise RuntimeError("no home")

    monkeypatch.setattr(platformdirs, "user_cache_dir", homeless)
    assert cache_dir.folder() is None


def test_what_killed_runs_left_half_written_goes_after_a_day(tmp_path: Path) -> None:
    """Plain files of the pattern of our own alone: nothing that another program or a link put there."""
    other = tmp_path / "other"
    other.write_text("someone's")
    folder = tmp_path / "kept"
    folder.mkdir()
    ours = ".regionmap-0123456789ab"
    names = [f"{ours}.npz", f"{ours}.npz-journal", ".regionmap-0123.npz", "regionmap-0123456789ab.npz", ".regionmap"]
    for name in names:
        (folder / name).write_text("half")
    (folder / f"{ours[:-1]}c.npz").symlink_to(other)
    (folder / f"{ours[:-1]}d").mkdir()
    for one in [*folder.iterdir(), other]:
        os.utime(one, (time.time() - 90_000,) * 2, follow_symlinks=False)
    (folder / f"{ours[:-1]}e.npz").write_text("still being written")
    before = {one.name for one in folder.iterdir()}
    cache_dir.keep(folder / "grid-1.npz", lambda path: path.write_text("whole"), like="grid-*.npz", most=2)
    assert before - {one.name for one in folder.iterdir()} == set(names[:2])
    assert (folder / "grid-1.npz").read_text() == "whole"
    assert other.read_text() == "someone's"
