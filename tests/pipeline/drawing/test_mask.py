"""Fills that are blended through their coverage equal those of cairo."""

from __future__ import annotations

import cairo
import numpy as np
import pytest
from manim import Annulus, Circle, ManimColor, Rectangle, Square, Star, VMobject
from manim.camera.camera import Camera

from pipeline.drawing.repaint.mask import OPAQUE, Mask, is_translucent

WIDTH, HEIGHT = 160, 90
CAMERA = Camera()  # made once: that takes much longer than a fill
SHAPES = {
    "star": lambda: Star(9, outer_radius=1.1),
    "circle": lambda: Circle(0.02),
    "box": lambda: Rectangle(width=1.7, height=0.9),
    "ring": lambda: Annulus(0.5, 1),
}


def context_over(canvas):
    surface = cairo.ImageSurface.create_for_data(canvas, cairo.FORMAT_ARGB32, WIDTH, HEIGHT)
    context = cairo.Context(surface)
    context.set_matrix(cairo.Matrix(WIDTH / 8, 0, 0, -HEIGHT / 4.5, WIDTH / 2, HEIGHT / 2))
    return context


def traced(context, shape):
    CAMERA.set_cairo_context_path(context, shape)
    return context


def painted(canvas, shape, *, by_coverage):
    canvas = canvas.copy()
    context = traced(context_over(canvas), shape)
    if by_coverage:
        coverage = Mask(context)
        context.new_path()
        assert coverage.paint(CAMERA, context, shape)
    else:
        CAMERA.apply_fill(context, shape)
    return canvas


@pytest.fixture(params=["page", "noise", "transparent"])
def canvas(request):
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    if request.param != "transparent":
        pixels[...] = (23, 17, 15, 255)
    if request.param == "noise":
        pixels[..., :3] = np.random.default_rng(0).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
    return pixels


@pytest.mark.parametrize("name", SHAPES)
def test_every_opacity_gives_the_same_pixels(name, canvas):
    random = np.random.default_rng(1)
    for opacity in [*np.linspace(0.001, OPAQUE - 1e-9, 60), 1 / 255, 0.5]:
        shape = SHAPES[name]().rotate(random.uniform(0, 7)).shift(random.uniform(-1, 1, 3))
        shape.set_stroke(width=0).set_fill(ManimColor(random.uniform(0, 1, 3)), opacity)
        assert is_translucent(shape)
        plain = painted(canvas, shape, by_coverage=False)
        np.testing.assert_array_equal(painted(canvas, shape, by_coverage=True), plain)
    assert (plain != canvas).any()


def test_what_cairo_mixes_otherwise_is_left_to_it():
    assert not is_translucent(Square(fill_opacity=1))
    assert not is_translucent(Square(fill_opacity=0.5).set_fill(["#ff0000", "#00ff00"]))
    canvas = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    for shape in (Square(1).shift([3.9, 0, 0]), Square(1).shift([0, 2.2, 0]), VMobject()):
        shape.set_fill(opacity=0.5)
        context = traced(context_over(canvas), shape)
        assert not Mask(context).paint(CAMERA, context, shape)
    assert not canvas.any()
