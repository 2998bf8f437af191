"""The film `code`: at every moment the page shows what was run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from gdcore.data import NOISY, parse_data, random_line
from programs.printout import lecture_lines
from scenes import FILMS, Telling
from scenes.catalogue.theme import THEMES
from scenes.films.code.code_face import code_glyphs
from scenes.films.code.console import wrapped
from scenes.films.code.numbers_told import told, told_together
from scenes.films.code.syntax import tokens
from scenes.stage.page.glyphs import Figure

ENGLISH = Telling(lang="en")
FILM = FILMS["code"]
SMALLEST = 0.022  # of the frame's shorter side: a capital of the code


def shown(mobject: Any) -> Iterator[Figure]:
    """The visible figures among a mobject's parts."""
    for part in mobject.get_family():
        if isinstance(part, Figure) and part.text and part.get_fill_opacity() > 0:
            yield part


def lines_of(scene: Any) -> list[str]:
    """The code on the page: each figure's characters in their columns."""
    listing = scene.listing
    left = listing._x(0)
    lines = []
    for row in listing.rows:
        line = ""
        for figure in row:
            line = line.ljust(round((figure.at[0] - left) / listing.column)) + figure.text
        lines.append(line)
    return lines


def values_of(scene: Any) -> dict[str, str]:
    """The values beside the statements."""
    values = scene.listing.values
    return {name: " ".join(f.text for f in shown(group)) for name, group in values.items()}


@pytest.mark.parametrize(
    ("order", "aspect", "data"),
    [
        ("in-order", "16:9", "lecture"),
        ("batch", "9:16", "lecture"),
        ("in-order", "1:1", "random:n=50"),
        ("batch", "4:3", "1.23456789,2 3,4.5"),
    ],
)
def test_the_text_on_the_page_is_the_text_that_runs(
    walk: Callable[..., Any], order: str, aspect: str, data: str
) -> None:
    """Except its comments; and it is large enough to be read."""
    lesson = FILM.lesson(data=parse_data(data), order=order, epochs=5)
    scene = walk("code", lesson, aspect)
    run = scene.run.program.source.splitlines()
    assert [line.partition("  #")[0] for line in run] == lines_of(scene)
    least = SMALLEST * min(scene.layout.width, scene.layout.height)
    assert scene.listing.cap >= least and scene.console.cap >= least


@pytest.mark.parametrize(
    "knobs",
    [
        {},
        {"order": "batch"},
        {"data": NOISY, "w0": -2.5, "lr": 0.037, "epochs": 7},
        {"order": "batch", "data": random_line(30, seed=2), "epochs": 3},
    ],
    ids=str,
)
def test_the_console_ends_as_the_listing_does(
    walk: Callable[..., Any], knobs: dict[str, Any]
) -> None:
    """All lines are those of `gd trace code --format lecture`; the last ones are on the page."""
    lesson = FILM.lesson(**knobs)
    trace = FILM.traces(lesson)["code"]
    scene = walk("code", lesson)
    assert list(scene.run.lines) == list(lecture_lines(trace))
    assert np.array_equal(scene.run.w, trace.w)
    rows = [row for line in scene.run.lines for row in wrapped(line, scene.console.width_)]
    seen = [figure.text for figure in scene.console.rows]
    assert seen == (rows + [""] * len(seen))[: len(seen)] or seen == rows[-len(seen) :]


def test_first_epoch_ends_with_its_own_values(walk: Callable[..., Any]) -> None:
    """Gradients −2, −7.84, −16.2288 were printed; the values are those of the third sample."""
    seen: dict[str, Any] = {}

    def at_end(scene: Any, section: str) -> None:
        seen[section] = (values_of(scene), [f.text.strip() for f in shown(scene.console.rows)])

    run = walk("code", FILM.lesson(), "16:9", at_end).run
    values, printed = seen["first-epoch"]
    assert values == {
        "epoch": "0", "sample": "3.0, 6.0", "predict": "3.2952", "gradient": "-16.2288",
        "update": "1.260688", "loss": "4.91924",
    }  # fmt: skip
    grads = [line.strip() for line in run.lines[1:4]]
    assert [line.split()[-1] for line in grads] == ["-2.0", "-7.84", "-16.2288"]
    assert printed == [grads[-1], run.lines[4]]
    assert seen["program"][1] == ["Predict (before training) 4 4.0"]
    assert not any(seen["program"][0].values())


@pytest.mark.parametrize("order", ["in-order", "batch"])
def test_the_time_lapse_keeps_step_with_the_run(walk: Callable[..., Any], order: str) -> None:
    """Values, console and point belong to the same update, for any update."""
    scene = walk("code", FILM.lesson(order=order))
    run, trace = scene.run, scene.trace
    for k in (5, 42, run.updates - 1):
        scene.show(float(k))
        values = values_of(scene)
        assert float(values["update"]) == pytest.approx(trace.w[k], rel=1e-5)
        assert int(values["epoch"]) == trace.epoch[k]
        last = run.lines[run.printed[k] - 1]
        figures = [f.text for f in scene.console.rows if f.text]
        assert figures[-1] == wrapped(last, scene.console.width_)[-1]
        point = scene.picture.walker.point.get_center()
        cost = scene.picture.cost(float(trace.w[k]))
        assert point == pytest.approx(scene.picture.plot.at(float(trace.w[k]), cost), abs=1e-6)


def test_the_bar_is_on_the_statement_that_runs(
    walk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order in which Python ran the statements."""
    from scenes.films.code.scene import ProgramRuns

    seen: list[tuple[str, float, float]] = []
    execute = ProgramRuns._execute

    def executing(scene: Any, step: Any, seconds: float, **told: bool) -> None:
        execute(scene, step, seconds, **told)
        bar = scene.listing.bar
        seen.append((step.part, bar.get_top()[1], bar.get_bottom()[1]))
        row = scene.listing.rows[scene.run.program.parts[step.part][0] - 1]
        assert bar.get_top()[1] >= row.get_top()[1] and row.get_top()[1] > bar.get_bottom()[1]
        assert row.get_left()[0] > bar.get_left()[0]

    monkeypatch.setattr(ProgramRuns, "_execute", executing)
    scene = walk("code", FILM.lesson(), "9:16")
    ran = [step.part for step in scene.run.steps[: len(seen) - 1]]
    assert [part for part, _, _ in seen] == [*ran, "after"]


@pytest.mark.parametrize("aspect", ["1:1", "9:16"])
def test_a_window_shows_whole_lines_and_the_bar(walk: Callable[..., Any], aspect: str) -> None:
    scrolling: dict[bool, bool] = {}

    def at_end(scene: Any, section: str) -> None:
        listing = scene.listing
        scrolling[listing.scrolls] = True
        low, high = listing.box.bottom - 1e-6, listing.box.top + 1e-6
        for figure in shown(listing.rows):
            assert figure.get_fill_opacity() == 1.0
            assert figure.get_bottom()[1] >= low and figure.get_top()[1] <= high
        assert listing.bar.get_bottom()[1] >= low and listing.bar.get_top()[1] <= high

    for order in ("in-order", "batch"):
        walk("code", FILM.lesson(order=order), aspect, at_end)
    assert scrolling.get(True), "at least the longer program is longer than its window"


@pytest.mark.parametrize("order", ["in-order", "batch"])
def test_an_overflow_is_told(walk: Callable[..., Any], order: str) -> None:
    """The line that raised the error is highlighted, and the console holds the error."""
    scene = walk("code", FILM.lesson(order=order, lr=5.0, epochs=1000), telling=ENGLISH)
    said = scene.subtitles[-1][1]
    assert "stops" in said and str(scene.run.updates) in said
    text = " ".join(figure.text.strip() for figure in shown(scene.console.rows))
    assert text.endswith("OverflowError: (34, 'Numerical result out of range')")
    last = list(shown(scene.console.rows))[-1]
    assert last.get_fill_color().to_hex().lower() == scene.theme.bad
    row = scene.listing.rows[scene.run.program.parts["loss"][0] - 1]
    assert abs(scene.listing.bar.get_center()[1] - row.get_center()[1]) < scene.listing.pitch / 2


def test_every_character_takes_one_column() -> None:
    """Equal advances, for both weights; capitals as high as asked."""
    for bold in (False, True):
        glyphs = code_glyphs(0.25, bold)
        places = [glyphs.run("i" * n)[1] for n in range(4)]
        assert np.diff(places) == pytest.approx([glyphs.column] * 3)
        assert glyphs.run("W = _")[1] == pytest.approx(5 * glyphs.column)
        points, width = glyphs.run("H")
        assert np.ptp(points[:, 1]) == pytest.approx(0.25)
        assert points[:, 0].min() > 0 and points[:, 0].max() < width


@pytest.mark.parametrize(
    ("value", "room", "text"),
    [
        (-16.2288, 10, "-16.2288"),
        (1.2606880000000003, 10, "1.26069"),
        (1.2606880000000003, 5, "1.261"),
        (2.0, 2, "2"),
        (-3.1234567e-200, 8, "-31e-201"),
        (1.3e-8, 7, "1.3e-08"),
        (1.3e-8, 6, "1.3e-8"),
        (1.3e-8, 5, "13e-9"),
        (1e-8, 5, "1e-08"),
        (1.3e-12, 5, "..."),  # 1e-12 would not be true
        (123456.7, 5, "1.2e5"),
        (float("-inf"), 3, "-inf"),
        (7, 8, "7"),
        (float("inf"), 8, "inf"),
    ],
)
def test_numbers_are_told_in_the_room_there_is(value: float, room: int, text: str) -> None:
    assert told(value, room) == text


def test_a_short_number_leaves_its_room_to_the_other() -> None:
    assert told_together([1.0, 1.23456789], 10) == ["1.0", "1.23457"]
    assert told_together([1.23456789, 1.0], 10) == ["1.23457", "1.0"]


@pytest.mark.parametrize("order", ["in-order", "batch"])
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_the_samples_are_shown_with_true_digits(
    walk: Callable[..., Any], order: str, aspect: str
) -> None:
    """Tiny values as they are, to two digits at least, in every frame."""
    data = parse_data("1.1e-8,1.3e-8 2.4e-8,2.7e-8 3e-8,3.1e-8 4e-8,5.5e-8 6e-8,6.5e-8")
    seen: list[float] = []

    def at_end(scene: Any, section: str) -> None:
        if section == "first-epoch":
            seen.extend(float(f.text.strip(",")) for f in shown(scene.listing.values["sample"]))

    walk("code", FILM.lesson(data=data, order=order, lr=1e12), aspect, at_end, telling=ENGLISH)
    x, y = seen
    assert any(
        x == pytest.approx(a) and y == pytest.approx(b) for a, b in zip(data.x, data.y, strict=True)
    )


@pytest.mark.parametrize("width", [12, 24, 43])
def test_wrapping_loses_nothing_of_a_printed_line(width: int) -> None:
    for line in ("progress: 99 w= 1.9999999999999236 loss= 5.250973729513143e-26", "\tgrad: 1 2 3"):
        rows = wrapped(line, width)
        assert all(len(row) <= width for row in rows)
        assert "".join("".join(rows).split()) == "".join(line.split())
    assert wrapped("Epoch: 0 w= 1.5 loss= 2.5", 18)[1].lstrip().startswith("loss= 2.5")


def test_tokens_have_their_columns_and_kinds() -> None:
    found = tokens('    for x in data:  # "a"')
    assert [(text, kind) for _, text, kind in found][:2] == [("for", "keyword"), ("x", "")]
    assert found[-1] == (20, '# "a"', "comment")
    assert all(a[0] + len(a[1]) <= b[0] for a, b in pairwise(found))
    assert tokens('print("w=", w,')[2] == (6, '"w="', "string")
    assert [text for _, text, _ in tokens('      "loss=", loss)')] == ['"loss="', ",", "loss", ")"]
    assert THEMES["dark"].string != THEMES["dark"].ink
