"""The store returns exactly what was put in, or nothing."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import Store

ROOT = Path(__file__).resolve().parents[3]
A, B, C = ("a" * 64, "b" * 64, "c" * 64)
BAD = {
    "cut to 48 bytes": lambda data: data[:48],
    "one bit flipped": lambda data: data[:70] + bytes([data[70] ^ 1]) + data[71:],
    "empty": lambda data: b"",
    "longer": lambda data: data + b"\0",
}


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "cache", 1000)


def put(store, key, content, about=None):
    source = store.folder.parent / "source"
    source.write_bytes(content)
    return store.put(key, source, hashlib.sha256(content).hexdigest(), about or {})


def fetch(store, key):
    target = store.folder.parent / "target"
    return target.read_bytes() if store.fetch(key, target) else None


def path(store, key, suffix):
    (found,) = (p for p in store.folder.iterdir() if p.name.startswith(key) and p.suffix == suffix)
    return found


def test_what_was_put_in_comes_out(store):
    assert store.look(A) is None and fetch(store, A) is None
    assert put(store, A, b"x" * 99, {"frames": 3, "text": "梯度"})
    assert put(store, B, b"y")
    assert store.look(A) == {"frames": 3, "text": "梯度"}
    assert (fetch(store, A), fetch(store, B)) == (b"x" * 99, b"y")


@pytest.mark.parametrize("fault", BAD)
@pytest.mark.parametrize("suffix", [".data", ".note"])
def test_a_damaged_entry_is_found_and_replaced(store, suffix, fault):
    put(store, A, b"x" * 99)
    file = path(store, A, suffix)
    file.write_bytes(BAD[fault](file.read_bytes()))
    assert fetch(store, A) is None
    assert list(store.folder.iterdir()) == []
    put(store, A, b"x" * 99)
    assert fetch(store, A) == b"x" * 99


@pytest.mark.parametrize("suffix", [".data", ".note"])
def test_an_entry_swapped_for_another_valid_one(store, suffix):
    put(store, A, b"x" * 99)
    put(store, B, b"y" * 99)
    first, second = path(store, A, suffix), path(store, B, suffix)
    kept = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(kept)
    assert fetch(store, A) is None and fetch(store, B) is None


@pytest.mark.parametrize("suffix", [".data", ".note"])
def test_half_an_entry_is_none(store, suffix):
    put(store, A, b"x")
    path(store, A, suffix).unlink()
    assert fetch(store, A) is None
    assert put(store, A, b"x") and fetch(store, A) == b"x"


def test_content_that_changed_on_its_way_is_not_kept(store, tmp_path):
    (tmp_path / "film").write_bytes(b"changed")
    assert not store.put(A, tmp_path / "film", hashlib.sha256(b"measured").hexdigest(), {})
    assert store.entries() == [] and list(store.folder.iterdir()) == []


def test_the_longest_unused_goes_first(store):
    for age, key in enumerate((A, B, C)):
        assert put(store, key, key.encode() * 5)
        os.utime(path(store, key, ".note"), (age, age))
    assert fetch(store, A)  # used, so B is now the oldest
    assert put(store, "d" * 64, b"d" * 300)
    assert {entry.key[0] for entry in store.entries()} == {"a", "c", "d"}
    assert [entry.key[0] for entry in store.prune(500)] == ["c", "a"]
    assert [entry.size for entry in store.entries()] == [300]


def test_a_file_larger_than_the_cache_is_not_kept(store):
    put(store, A, b"x")
    assert not put(store, B, b"x" * 1001)
    assert fetch(store, A) == b"x"


def test_a_second_content_under_one_key_replaces_the_first(store):
    put(store, A, b"x")
    put(store, A, b"yy")
    assert fetch(store, A) == b"yy"
    assert [entry.size for entry in store.entries()] == [2]


def test_what_killed_runs_left_goes(store):
    put(store, A, b"x")
    (store.folder / ".gd-0123456789ab.part").write_bytes(b"half")
    data = store.folder / f"{B}-{B}.data"  # its note may still come, for a while
    data.write_bytes(b"half")
    assert store.prune(1000) == [] and len(list(store.folder.iterdir())) == 3
    os.utime(data, (time.time() - 7200,) * 2)
    store.prune(1000)
    assert len(list(store.folder.iterdir())) == 2


def test_clear_removes_all_that_is_ours_and_nothing_else(store):
    put(store, A, b"x")
    (store.folder / ".gd-0123456789ab.part").write_bytes(b"half")
    (store.folder / "letter.txt").write_text("mine")
    assert [entry.key for entry in store.clear()] == [A]
    assert [p.name for p in store.folder.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("folder", ["/proc/cache", "file/cache"])
def test_a_place_that_cannot_be_written_is_an_empty_cache(tmp_path, folder):
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "film").write_bytes(b"x")
    store = Store(tmp_path / folder, 1000)
    assert not store.put(A, tmp_path / "film", hashlib.sha256(b"x").hexdigest(), {})
    assert store.look(A) is None and not store.fetch(A, tmp_path / "target")
    assert store.entries() == store.prune(0) == store.clear() == []


def test_a_target_that_cannot_be_written_costs_no_entry(store, tmp_path):
    put(store, A, b"x")
    (tmp_path / "folder").mkdir()
    assert not store.fetch(A, tmp_path / "folder")
    assert fetch(store, A) == b"x"


def test_many_at_once(store, tmp_path):
    code = (
        "import hashlib, sys; from pathlib import Path; from pipeline import Store\n"
        "store, me = Store(Path('cache'), 30_000), Path(sys.argv[1])\n"
        "for n in range(60):\n"
        "    content = bytes([n % 5]) * (n % 5 + 1) * 1000; me.write_bytes(content)\n"
        "    key = f'{n % 5:064x}'\n"
        "    assert store.put(key, me, hashlib.sha256(content).hexdigest(), {'n': n % 5})\n"
        "    if store.fetch(key, me): assert me.read_bytes() == content\n"
        "    if n % 7 == 0: store.forget(key)\n"
    )
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, name], cwd=tmp_path, stderr=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        for name in ("one", "two", "three")
    ]  # fmt: skip
    for run in runs:
        _, errors = run.communicate(timeout=60)
        assert (run.returncode, errors) == (0, "")
    assert not [p for p in store.folder.iterdir() if p.suffix == ".part"]
    for entry in store.entries():
        assert fetch(store, entry.key) in (None, bytes([int(entry.key, 16)]) * entry.size)
