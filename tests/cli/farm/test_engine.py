"""Who gets which film when workers come, go and fail: the engine with stand-ins for Dask."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cli.course.farm import engine
from cli.course.farm.engine import Engine, Lost
from cli.course.farm.errand import Errand, Finished, Said, Told, Workers
from cli.course.farm.films import WantedFilm
from cli.course.farm.parcels import Drawn, Entry, NotDrawn, Parcel, Reply
from cli.course.farm.place import Place
from pipeline import Store

Work = Callable[[str, str], Reply | BaseException | None]
"""What a worker replies to a film: by both names; None: nothing, for ever."""


class Client:
    """Workers that answer soon; ``threads`` has those that are there."""

    status = "running"

    def __init__(self, work: Work, **threads: int) -> None:
        self.work, self.threads = work, threads
        self.scheduler = self
        self.asked: list[tuple[str, str]] = []  # worker and film

    async def ncores(self) -> dict[str, int]:
        return dict(self.threads)

    def submit(self, work: Any, parcel: Parcel, workers: list[str], key: str) -> Any:
        film = parcel.commands[0][0]
        self.asked.append((workers[0], film))
        future = asyncio.get_running_loop().create_future()
        reply = self.work(workers[0], film)
        answer = future.set_exception if isinstance(reply, BaseException) else future.set_result
        if reply is not None:
            asyncio.get_running_loop().call_later(0.002, answer, reply)
        return _Future(future)


class _Future:
    def __init__(self, future: asyncio.Future[Reply]) -> None:
        self.future = future

    def __await__(self) -> Any:
        return self.future.__await__()

    def cancelled(self) -> bool:
        return self.future.cancelled()

    def release(self) -> None:
        self.future.cancel()


def handed_out(
    client: Client, tmp_path: Path, films: int = 3, meanwhile: Callable[[Said], None] | None = None
) -> list[Said]:
    """What the engine says while it hands out films called ``0``, ``1`` and so on."""
    names = map(str, range(films))
    wanted = tuple(WantedFilm(name, ((name,),), (), True, 1.0) for name in names)
    place = Place("dask://there:1", "tcp://there:1")
    errand = Errand(place, wanted, Store(tmp_path / "store", 10**6), "token", tmp_path, "en")
    said: list[Said] = []

    def tell(each: Said) -> None:
        said.append(each)
        if meanwhile is not None:
            meanwhile(each)

    made = Engine(client, errand, tell)
    with ThreadPoolExecutor(1) as pool:  # the tests of browsers leave a loop in this thread
        pool.submit(asyncio.run, asyncio.wait_for(made.run(), 20)).result()
    assert {each.number for each in said if isinstance(each, Finished)} == {*range(films)}
    return said


def told(said: list[Said]) -> list[str]:
    return [each.text for each in said if isinstance(each, Told)]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits are short, and a film's receipt is not computed from all files of gd."""
    monkeypatch.setattr(engine, "INTERVAL", 0.01)
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    monkeypatch.setattr(
        engine, "parcel_of", lambda film, token, limit: Parcel(film.commands, {}, "", "", "", 0)
    )


def test_each_film_is_asked_for_once(tmp_path: Path) -> None:
    client = Client(lambda worker, film: Drawn(()), a=1, b=1)
    said = handed_out(client, tmp_path, films=20)
    assert sorted(int(film) for _, film in client.asked) == [*range(20)]
    assert {worker for worker, _ in client.asked} == {"a", "b"}
    assert told(said) == []


def test_a_worker_that_cannot_draw_is_not_asked_again(tmp_path: Path) -> None:
    """Nor one that is not like this machine, breaks, or has several threads."""
    replies = {
        "full": NotDrawn("the disk is full", by_worker=True),
        "broken": ValueError("no module of gd"),
        "good": Drawn(()),
    }
    client = Client(lambda worker, film: replies[worker], full=1, broken=1, good=1, wide=8)
    said = handed_out(client, tmp_path)
    assert sorted(told(said)) == [
        "worker broken is not used: ValueError: no module of gd",
        "worker full is not used: the disk is full",
        "worker wide is not used: it has several threads; start it with --nthreads 1",
    ]
    assert Workers(1) in said
    assert all(sum(worker == bad for worker, _ in client.asked) <= 2 for bad in replies if
               bad != "good")  # fmt: skip


def test_a_film_that_no_worker_can_draw_is_left_to_this_machine(tmp_path: Path) -> None:
    def work(worker: str, film: str) -> Reply:
        return NotDrawn("the chalk broke", by_worker=False) if film == "1" else Drawn(())

    said = handed_out(Client(work, a=1, b=1), tmp_path)
    (line,) = told(said)
    assert line == "1 was not drawn by a worker, so this machine draws it: the chalk broke"


@pytest.mark.parametrize("lost", ["folder", "bytes"])
def test_a_film_that_cannot_be_kept_is_left_to_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    """Its course must not wait for it for ever."""
    sha256 = hashlib.sha256(b"film").hexdigest()
    entry = Entry(64 * "0", {}, sha256, b"film" if lost == "folder" else b"fil")
    reason = f"it cannot be kept in '{tmp_path / 'store'}'"
    if lost == "folder":
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
        reason = "no temporary folder can be made: No such file or directory"
    said = handed_out(Client(lambda worker, film: Drawn((entry,)), a=1), tmp_path, films=2)
    assert sorted(told(said)) == [
        f"{film} was not drawn by a worker, so this machine draws it: {reason}" for film in "01"
    ]


def test_a_fault_while_a_film_is_handed_out_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "unpack", lambda *_: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        handed_out(Client(lambda worker, film: Drawn(()), a=1), tmp_path)


def test_the_film_of_a_lost_worker_goes_to_the_next(tmp_path: Path) -> None:
    client = Client(lambda worker, film: None if worker == "a" else Drawn(()), a=1)

    def meanwhile(said: Said) -> None:
        if said == Workers(1) and "a" in client.threads:
            asyncio.get_running_loop().call_later(0.1, client.threads.update, {"b": 1})
            asyncio.get_running_loop().call_later(0.1, client.threads.pop, "a")

    handed_out(client, tmp_path, meanwhile=meanwhile)
    asked = [worker for worker, film in client.asked if film == "0"]
    assert asked == ["a", "b"]


def test_a_film_whose_workers_are_lost_again_and_again_is_left(tmp_path: Path) -> None:
    """It may be the film that ends them."""
    client = Client(lambda worker, film: None if film == "0" else Drawn(()), w0=1)

    def next_worker() -> None:
        (name,) = client.threads
        client.threads = {f"w{int(name[1:]) + 1}": 1}

    def meanwhile(said: Said) -> None:
        if said == Workers(1):
            for after in (0.1, 0.2, 0.3):
                asyncio.get_running_loop().call_later(after, next_worker)

    said = handed_out(client, tmp_path, films=1, meanwhile=meanwhile)
    (line,) = told(said)
    assert line.endswith("so this machine draws it: its worker was lost several times")
    assert [worker for worker, _ in client.asked] == ["w0", "w1", "w2"]


@pytest.mark.parametrize(
    ("threads", "reason"),
    [
        ({}, "dask://there:1: there is no worker; start one and run the same command: finished "
         "films are kept"),
        ({"a": 4}, "dask://there:1: no worker can be used (docs/farm.md); a: it has several "
         "threads; start it with --nthreads 1"),
    ],
)  # fmt: skip
def test_without_a_worker_it_ends(tmp_path: Path, threads: dict[str, int], reason: str) -> None:
    with pytest.raises(Lost) as lost:
        handed_out(Client(lambda worker, film: Drawn(()), **threads), tmp_path)
    assert str(lost.value) == reason


def test_without_the_scheduler_it_ends(tmp_path: Path) -> None:
    client = Client(lambda worker, film: None, a=1)

    def meanwhile(said: Said) -> None:
        client.status = "connecting"

    with pytest.raises(Lost, match="the scheduler is gone; start it again"):
        handed_out(client, tmp_path, meanwhile=meanwhile)
