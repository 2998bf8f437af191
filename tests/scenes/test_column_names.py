"""The names and units of the data stay: on the axes, in the tag, in the cache's key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import MathTypst

from gdcore.data import LECTURE, NOISY, Dataset, parse_data
from pipeline.cache.keys import digest
from scenes import FILMS, Lesson, Telling
from scenes.catalogue.noisy import noisy_twin
from scenes.catalogue.theme import THEMES
from scenes.stage.page.fonts import FontError
from scenes.stage.page.layout import Box, layout
from scenes.stage.page.wording import Label, shortened, text_width
from scenes.stage.plots.column_names import column_names
from scenes.stage.plots.plot import Axis, Plot

pytestmark = pytest.mark.slow

NAMES = ("height [cm]", "weight [kg]")
POINTS = "150,52.5 160,58 165,63.5 172,70 181,79 190,84.5"
DRAWING = [film for film in FILMS.values() if "x_name" in film.takes]
ENGLISH = Telling(lang="en")


def table(names: tuple[str, str] = NAMES, file: str = "class 7b.csv") -> Dataset:
    """Six pupils, from a file with these columns."""
    data = parse_data(POINTS)
    return replace(data, x_name=names[0], y_name=names[1], file=file)


def plots_in(scene: Any) -> list[Plot]:
    """The plots of samples that are visible: their axes are opaque."""
    family = (part for mobject in scene.mobjects for part in mobject.get_family())
    plots = (part for part in family if isinstance(part, Plot) and hasattr(part, "data"))
    return [plot for plot in plots if plot.axes.get_stroke_opacity() > 0]


def test_the_films_with_a_data_plot_take_names() -> None:
    assert [film.name for film in DRAWING] == [
        "cost-function", "batch", "sgd", "plane", "surface", "scaling", "code",
    ]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("film", DRAWING, ids=lambda film: film.name)
def test_the_columns_name_the_axes(film: Any, walk: Callable[..., Any]) -> None:
    """The names of the columns stand at the ends of the axes; formulas keep x and y."""
    seen: list[Plot] = []

    def at_end(scene: Any, section: str) -> None:
        for plot in plots_in(scene):
            x, y = plot.names
            if isinstance(x, MathTypst):  # the film shows scaled inputs now
                assert film.name == "scaling" and y.text == NAMES[1]
                continue
            assert (x.text, y.text) == NAMES
            assert x.get_fill_opacity() > 0 and y.get_fill_opacity() > 0
            inner = plot.inner
            assert x.get_top()[1] < inner.bottom and y.get_bottom()[1] > inner.top
            assert x.get_right()[0] == pytest.approx(inner.right, abs=0.1)
            assert y.get_left()[0] == pytest.approx(inner.left, abs=0.3)
            seen.append(plot)

    rate = {"lr": 1e-6} if "lr" in film.takes else {}
    walk(film.name, film.lesson(data=table(), **rate), "16:9", at_end, telling=ENGLISH)
    assert seen


@pytest.mark.slow
def test_an_option_names_the_axes_of_any_data(walk: Callable[..., Any]) -> None:
    found: set[tuple[str, str]] = set()

    def at_end(scene: Any, section: str) -> None:
        found.update(tuple(name.text for name in plot.names) for plot in plots_in(scene))

    walk("batch", Lesson(x_name="hours"), "16:9", at_end)
    assert found == {("hours", "y")}


def test_a_given_name_comes_before_the_columns() -> None:
    lesson = Lesson(data=table(), y_name="mass [kg]")
    assert (lesson.data.x_name, lesson.data.y_name) == ("height [cm]", "mass [kg]")
    assert replace(lesson, data=LECTURE).data.y_name == "mass [kg]"
    assert Lesson().data == LECTURE


def test_no_names_are_plain_x_and_y() -> None:
    assert column_names(LECTURE) == ("x", "y")
    assert column_names(table()) == NAMES


def test_noise_that_is_added_keeps_the_axes_but_not_the_file() -> None:
    """The names are still true of the samples; the file's numbers are not those that are shown."""
    exact = Dataset(np.array([1.0, 2.0, 4.0]), np.array([3.0, 6.0, 12.0]), file="a.csv")
    twin = noisy_twin(exact.named(*NAMES))
    assert not twin.exact and (twin.x_name, twin.y_name, twin.file) == (*NAMES, "")
    lecture = noisy_twin(LECTURE.named(*NAMES))
    assert lecture.has_samples_of(NOISY) and (lecture.x_name, lecture.y_name) == NAMES
    alone = noisy_twin(Dataset(np.array([3.0]), np.array([6.0])).named(*NAMES))
    assert alone == NOISY  # other samples: their axes are plain x and y


@pytest.mark.parametrize("change", ["x_name", "y_name", "file"])
def test_a_name_changes_the_cache_key(change: str) -> None:
    """Other names are another picture, and another film in the cache."""
    data = table()
    other = replace(data, **{change: "other"})
    keys = {digest(Lesson(data=each)) for each in (data, other)}
    assert len(keys) == 2 and digest(Lesson(data=table())) in keys
    assert digest(Lesson(x_name="a")) != digest(Lesson()) == digest(Lesson(data=LECTURE))


@pytest.mark.parametrize("name", ["😀 mood", "עברית", "z̀̂"])
def test_a_name_that_the_font_lacks_is_refused_with_the_remedy(name: str) -> None:
    with pytest.raises(FontError, match=r"name .* of the y axis has .* give another .* --y-name"):
        column_names(table(("x", name)))


ROOMS = [3.0, 1.6, 0.9, 0.4]


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize(
    "name",
    [
        "the average height of all pupils in spring [cm]",
        "春季测得的全班同学的平均身高 (厘米)",
        '<script>alert("&amp;\'")</script>',
        "a [unit that is far too long to be shown anywhere]",
    ],
)
def test_a_long_name_is_shortened_to_its_room(name: str, room: float) -> None:
    text = shortened(name, 0.2, room)
    assert text_width(text, 0.2) <= room
    assert Label(text, 0.2, "#ffffff").width <= room if text else room < 0.5
    start, dots, unit = text.partition("…")
    assert name.startswith(start) and dots == "…" * bool(text)
    assert unit == "" or (name.endswith(unit) and unit.strip()[0] in "[(")


def test_a_unit_is_whole_or_left_out() -> None:
    assert shortened("weight [kg]", 0.2, 10.0) == "weight [kg]"
    texts = [shortened("total weight [kg]", 0.2, room) for room in np.linspace(0.2, 2.2, 60)]
    assert any(text.endswith("… [kg]") for text in texts)
    assert all("[" not in text or text.endswith("[kg]") for text in texts)


@pytest.mark.parametrize("size", [(5.0, 5.0), (4.0, 2.0), (4.0, 1.4), (1.6, 1.5)])
def test_a_name_takes_no_room_that_is_not_there(size: tuple[float, float]) -> None:
    """Names stay in the box, and no number touches the name of the x axis."""
    scale = layout(14.2, 8.0).scale
    box = Box(0.0, 0.0, *size)
    plot = Plot(box, Axis(0, 200, NAMES[0]), Axis(0, 90, NAMES[1]), THEMES["dark"], scale)
    x, y = plot.names
    for name in (x, y):
        assert name.get_left()[0] > -0.02 and name.get_right()[0] < size[0] + 0.02
        assert name.get_bottom()[1] > -0.05
    assert plot.inner.height > 0.2 * size[1]
    for number in plot.numbers:
        apart = number.get_right()[0] < x.get_left()[0] or number.get_bottom()[1] > x.get_top()[1]
        assert apart


@pytest.mark.slow
@pytest.mark.parametrize(("file", "cut"), [("hw.csv", "h"), ("a.csv", "a")])
def test_a_short_name_is_told_in_full_or_not_at_all(
    walk: Callable[..., Any], file: str, cut: str
) -> None:
    """Beside a long rate there is no room for it in a tall frame."""
    lesson = FILMS["sgd"].lesson(data=replace(table(file=file), x=100 * table().x))
    for aspect in ("9:16", "16:9"):
        shown = walk("sgd", lesson, aspect, telling=ENGLISH).heading.tag.text
        assert shown.startswith(file) or not shown.startswith(cut)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("aspect", "file", "shown"),
    [
        ("16:9", "class 7b.csv", "class 7b.csv · noisy data"),
        ("9:16", "class 7b.csv", "class 7b.csv · noisy data"),
        ("16:9", "", "noisy data"),
        ("16:9", "mood 😀.csv", "mood ?.csv · noisy data"),
        ("16:9", "x" * 200 + ".csv", "xxx"),
    ],
)
def test_the_tag_names_the_file(
    walk: Callable[..., Any], aspect: str, file: str, shown: str
) -> None:
    scene = walk(
        "sgd", FILMS["sgd"].lesson(data=table(file=file), lr=1e-6), aspect, telling=ENGLISH
    )
    tag = scene.heading.tag
    assert tag.text == shown if len(file) < 200 else tag.text.endswith("x… · noisy data")
    title = scene.heading.submobjects[1]
    assert tag is scene.heading.submobjects[0] or tag not in scene.heading.submobjects
    assert tag.get_right()[0] <= scene.layout.title.right + 0.01
    assert aspect != "16:9" or title.get_right()[0] < tag.get_left()[0]


def test_the_examples_keep_their_names() -> None:
    folder = Path(__file__).resolve().parents[2] / "examples/course"
    data = parse_data(str(folder / "1-hours.csv"))
    assert (data.x_name, data.y_name, data.file) == ("hours", "score", "1-hours.csv")
