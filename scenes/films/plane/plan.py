"""The plan of the film `plane`."""

from __future__ import annotations

from scenes.catalogue.descents import updates_per_epoch
from scenes.catalogue.film import Film, Section
from scenes.catalogue.lesson import Lesson
from scenes.catalogue.planes import REASONS, TAKES, defaults, traces
from scenes.films.plane.captions import CAPTIONS

SLOW_BATCH, SLOW_SGD, WATCHED = 2, 3, 9  # updates with numbers; all shown one by one
BATCH_STEP, SGD_STEP = 3.0, 2.2  # seconds of a slow step
STEP = 0.98  # share of it that its phases take
WATCH, RUN_BATCH, RUN_SGD = 2.6, 3.4, 3.2  # seconds of single updates, and of the time-lapses
RACE = 3.2  # both again, epoch by epoch
FRAME, DIVE, PASS, BACK = 1.0, 4.2, 2.8, 3.6  # mark the close view; to it; through it; back


def _spare_batch(lesson: Lesson) -> float:
    run = RUN_BATCH if lesson.epochs <= SLOW_BATCH else 0.0
    return STEP * BATCH_STEP * max(SLOW_BATCH - lesson.epochs, 0) + run


def _spare_sgd(lesson: Lesson) -> float:
    updates = lesson.epochs * updates_per_epoch(lesson)
    run = (WATCH if updates <= SLOW_SGD else 0.0) + (RUN_SGD if updates <= WATCHED else 0.0)
    return STEP * SGD_STEP * max(SLOW_SGD - updates, 0) + run


FILM = Film(
    name="plane",
    module="scenes.films.plane.scene",
    scene="Plane",
    sections=(
        Section("map", 10.3),
        Section("batch", 13.2, spare=_spare_batch),
        Section("valleys", 7.5),
        Section("sgd", 16.0, spare=_spare_sgd),
        Section("result", 6.1),
        Section("close", 16.2),
    ),
    takes=TAKES,
    traces=traces,
    descents=lambda lesson: [*traces(lesson).values()],
    picture="sgd",
    example="./gd video plane --data noisy",
    captions=CAPTIONS,
    defaults=defaults,
    reasons=REASONS,
)
