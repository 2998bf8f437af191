"""How long a rendering will take and how large the file will be: from measurements, roughly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cli.jobs import Order
from cli.streams import put, put_json
from cli.tables import clock, size, table
from pipeline import Gif, Mp4, Png, ProRes, RenderJob, WebM

_GUESSED = ("frames", "duration", "estimated_seconds", "estimated_size")
START_UP = 3.5  # seconds: importing manim, building the scene


@dataclass(frozen=True)
class Cost:
    """Seconds for a frame and bytes for a frame, each a constant and a part for a megapixel."""

    seconds: tuple[float, float]
    size: tuple[float, float]

    def of(self, frames: int, megapixels: float) -> tuple[float, float]:
        """Seconds and bytes for so many frames."""
        of_frame, of_megapixel = zip(self.seconds, self.size, strict=True)
        seconds, byte_count = (
            frames * (c + m * megapixels) for c, m in zip(of_frame, of_megapixel, strict=True)
        )
        return seconds, byte_count


# Measured with the first three films on two cores of a server.
COSTS = {
    Mp4: Cost(seconds=(0.011, 0.006), size=(1_200, 100)),
    ProRes: Cost(seconds=(0.011, 0.105), size=(0, 620_000)),
    WebM: Cost(seconds=(0.011, 0.105), size=(1_500, 5_000)),
    Gif: Cost(seconds=(0.010, 0.017), size=(480, 2_300)),
    Png: Cost(seconds=(1.5, 0.3), size=(40_000, 65_000)),
}


def estimate(job: RenderJob, frames: int) -> tuple[float, float]:
    """Seconds and bytes that a job will take, to within a factor of two or so."""
    cost = COSTS[type(job.encoding)]
    megapixels = job.delivered.width * job.delivered.height / 1e6
    seconds, byte_count = cost.of(frames, megapixels)
    return START_UP + seconds, byte_count


def show(orders: Sequence[Order], as_json: bool) -> None:
    """Print what the orders would make: nothing is rendered, nothing is created."""
    rows = [_row(order) for order in orders]
    if as_json:
        put_json({"dry_run": True, "estimates": True, "files": rows})
        return
    head = ("film", "frames", "length", "size", "about", "about", "file")
    cells = [
        (r["film"], _said(str, r["frames"]), _said(clock, r["duration"]),
         f"{r['width']}x{r['height']}", _said(clock, r["estimated_seconds"]),
         _said(size, r["estimated_size"]), r["path"])
        for r in rows
    ]  # fmt: skip
    for line in table([head, *cells], right=(1, 2, 3, 4, 5)):
        put(line)
    put("Time and size are estimates from measurements on two cores; nothing was rendered.")


def _row(order: Order) -> dict[str, Any]:
    picture = order.job.delivered
    known: dict[str, Any] = dict.fromkeys(_GUESSED)  # of a scene file nothing is known
    if order.frames is not None:
        frames = -(-order.frames * picture.fps // order.job.picture.fps)
        seconds, byte_count = estimate(order.job, frames)
        values = frames, frames / picture.fps, round(seconds, 1), round(byte_count)
        known = dict(zip(_GUESSED, values, strict=True))
    return {
        "film": order.film.name,
        "path": str(order.job.output),
        "width": picture.width,
        "height": picture.height,
        "fps": picture.fps,
        **known,
    }


def _said(words: Callable[[Any], str], value: Any) -> str:
    return "?" if value is None else words(value)
