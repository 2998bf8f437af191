"""The film `code`: values fly to the picture, and the comments stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from scenes import FILMS, Telling
from scenes.films.code.program_picture import ProgramPicture
from scenes.films.code.scene import ProgramRuns
from scenes.stage.page.wording import Label

ENGLISH = Telling(lang="en")
FILM = FILMS["code"]


@pytest.mark.slow
@pytest.mark.parametrize("order", ["in-order", "batch"])
@pytest.mark.parametrize("aspect", ["16:9", "9:16"])
def test_values_fly_from_their_line_to_the_picture(
    walk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, order: str, aspect: str
) -> None:
    """p to the sample's prediction, grad and w to the point, whose arrow ends at the new w."""
    seen: list[tuple[str, str]] = []
    fly = ProgramRuns._fly

    def flying(scene: Any, step: Any, seconds: float) -> None:
        fly(scene, step, seconds)
        take_off, picture = scene.flight.take_off, scene.picture
        value = scene.listing.value_of(step.part)
        index = step.number % scene.lesson.data.n
        stop = picture.place_of(step.part, index, step.values)
        way = take_off(value.text, scene.theme.ink, value.at, stop)
        way(0.0)
        assert scene.flight.digits.get_center()[1] == pytest.approx(value.at[1], abs=0.2)
        assert scene.flight.digits.get_left()[0] == pytest.approx(value.at[0], abs=0.1)
        way(0.999)
        assert scene.flight.digits.get_center()[1] == pytest.approx(stop[1], abs=0.1)
        way(1.0)
        assert scene.flight.digits.get_fill_opacity() == 0
        if step.part == "predict":
            x = float(scene.lesson.data.x[index])
            assert stop == pytest.approx(picture.samples.at(x, step.values["p"]))
        else:
            assert stop == pytest.approx(picture.walker.point.get_center())
        if step.part == "update":
            k = step.number
            w = scene.trace.w[k : k + 2]
            tip = picture.walker.head.points[0]
            assert tip[0] == pytest.approx(picture.plot.at(float(w[1]), 0.0)[0])
            assert tip[1] == pytest.approx(stop[1])
            assert stop[0] == pytest.approx(picture.plot.at(float(w[0]), 0.0)[0])
        seen.append((step.part, value.text))

    monkeypatch.setattr(ProgramRuns, "_fly", flying)
    walk("code", FILM.lesson(order=order), aspect)
    if order == "batch":
        assert [text for part, text in seen if part != "predict"] == ["-9.33333", "1.09333"]
    else:
        flown = ["1.0", "-2.0", "1.02", "2.04", "-7.84", "1.0984", "3.2952", "-16.2288", "1.260688"]
        assert [text for _, text in seen] == flown


COMMENTS = {
    "predict": "# model: predict",
    "gradient": "# its gradient",
    "update": "# update",
    "loss": "# its loss",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("aspect", "beside"), [("16:9", True), ("4:3", True), ("1:1", False), ("9:16", False)]
)
def test_comments_stay(
    walk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, aspect: str, beside: bool
) -> None:
    """In wide frames beside the values; in others the running line's is in the row below."""
    ran: list[str] = []
    execute = ProgramRuns._execute

    def executing(scene: Any, step: Any, seconds: float, last: bool = False) -> None:
        execute(scene, step, seconds, last)
        if step.part in scene.run.program.body and scene._sample(step) is not None:
            ran.append(step.part)
            values = scene.listing.values
            told = [COMMENTS[part] for part in dict.fromkeys(ran) if part in COMMENTS]
            wanted = told if beside else [COMMENTS[step.part]] if step.part in COMMENTS else []
            seen = [label.text for label in _labels(scene) if _clear(label)]
            assert [text for text in seen if text in told] == wanted
            assert all(_clear(values[part]) for part in set(ran) & values.keys())

    monkeypatch.setattr(ProgramRuns, "_execute", executing)
    scene = walk("code", FILM.lesson(), aspect, telling=ENGLISH)
    assert scene.listing.aside == beside
    assert set(COMMENTS) <= set(ran)
    lines, frame = scene.listing.rows, scene.console.frame
    for label in _labels(scene) if not beside else []:
        if label not in scene.listing.comments:  # in the row between the lines and the console
            assert frame.get_top()[1] < label.get_bottom()[1]
            below = [line.get_bottom()[1] for line in lines if len(line) and _clear(line)]
            assert label.get_top()[1] < min(below)


def _labels(scene: Any) -> list[Any]:
    """The comments of the code, wherever they are."""
    return [part for part in scene.listing.get_family() if isinstance(part, Label)]


def _clear(mobject: Any) -> bool:
    """Whether a text is seen in full; the place of a space never is."""
    return max((part.get_fill_opacity() for part in mobject.get_family()), default=0.0) == 1


@pytest.mark.slow
@pytest.mark.parametrize("order", ["in-order", "batch"])
def test_the_first_step_is_seen_close_by(
    walk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    """Larger than in the whole view, which is back at the end; its numbers are those of w."""
    shares: list[float] = []
    step = ProgramPicture.step

    def stepping(picture: Any, k: int) -> Any:
        x, w = picture.plot.x, picture.trace.w[k : k + 2]
        assert x.low < min(w) and max(w) < x.high
        shares.append(float(abs(w[1] - w[0])) / (x.high - x.low))
        return step(picture, k)

    monkeypatch.setattr(ProgramPicture, "step", stepping)
    scene = walk("code", FILM.lesson(order=order))
    x, w = scene.picture.plot.x, scene.trace.w
    whole = float(abs(w[1] - w[0])) / (x.high - x.low)
    assert shares[0] > 0.04 and shares[0] > 3 * whole
    assert x.low < w.min() and w.max() < x.high
    at = scene.picture.plot.at(float(w[-1]), scene.picture.cost(float(w[-1])))
    assert scene.picture.walker.point.get_center() == pytest.approx(at)
