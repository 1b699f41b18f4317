"""Keys are made once: what they opened must stay open."""

import os
from pathlib import Path

import pytest

from tools import make_keys


def test_missing_keys_are_added_and_those_there_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env = tmp_path / ".env"
    env.write_text("# mine\nSECRET_KEY=kept\nLINK_KEYS=\n", encoding="utf-8")
    monkeypatch.setattr(make_keys, "ENV", env)
    make_keys.main()
    once = env.read_text(encoding="utf-8")
    make_keys.main()
    lines = once.splitlines()
    assert env.read_text(encoding="utf-8") == once
    assert [line.partition("=")[0] for line in lines] == [
        "# mine",
        "SECRET_KEY",
        "LINK_KEYS",
        "LINK_KEYS",
        "FIELD_ENCRYPTION_KEYS",
    ]
    assert lines[1] == "SECRET_KEY=kept"
    assert all(len(line.partition("=")[2]) >= 40 for line in lines[3:])


def test_keys_are_random_and_only_their_owner_reads_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    for name in ("first", "second"):
        monkeypatch.setattr(make_keys, "ENV", tmp_path / name)
        make_keys.main()
        written.append((tmp_path / name).read_text(encoding="utf-8").splitlines())
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert set(written[0]) & set(written[1]) == set()


def test_a_file_that_has_its_keys_is_not_touched_and_none_is_seen_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(make_keys, "ENV", tmp_path / ".env")
    make_keys.main()
    with (tmp_path / ".env").open(encoding="utf-8") as opened:
        kept, written = os.fstat(opened.fileno()), opened.read()
    make_keys.main()
    assert (tmp_path / ".env").stat().st_mtime_ns == kept.st_mtime_ns
    short = written.partition("\n")[2]
    (tmp_path / ".env").write_text(short, encoding="utf-8")
    with (tmp_path / ".env").open(encoding="utf-8") as opened:
        make_keys.main()
        assert opened.read() == short
    assert sorted(path.name for path in tmp_path.iterdir()) == [".env"]
