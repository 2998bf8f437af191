"""Scenes that would show a fault of the repainting. Loaded by path: it imports nothing of ours.

Each is short and made of shapes. The tests draw it with our renderer and with manim's own.
"""

from __future__ import annotations

import numpy as np
from manim import (
    BLUE,
    DEGREES,
    DL,
    DOWN,
    GREEN,
    IN,
    LEFT,
    ORANGE,
    ORIGIN,
    OUT,
    RED,
    RIGHT,
    UL,
    UP,
    UR,
    WHITE,
    YELLOW,
    AnimationGroup,
    ArcBetweenPoints,
    Arrow,
    Circle,
    Circumscribe,
    Create,
    DashedLine,
    Dot,
    FadeIn,
    FadeOut,
    Flash,
    Group,
    ImageMobject,
    Indicate,
    LaggedStart,
    Line,
    ManimColor,
    MovingCameraScene,
    PMobject,
    Rectangle,
    RegularPolygon,
    Rotate,
    Scene,
    Square,
    Star,
    ThreeDScene,
    TracedPath,
    Transform,
    Triangle,
    Uncreate,
    UpdateFromAlphaFunc,
    ValueTracker,
    VGroup,
    VMobject,
    Wiggle,
    ZoomedScene,
    always_redraw,
)
from manim.constants import CapStyleType, LineJointType

SHORT = 0.499999  # 5 frames at the tests' 10 fps


def crowd() -> VGroup:
    """Overlapping shapes, so that each repaint touches others."""
    return VGroup(
        Square(2, color=RED, fill_opacity=0.4),
        Circle(1.2, color=BLUE, fill_opacity=0.5).shift(0.7 * RIGHT),
        Star(color=YELLOW, fill_opacity=0.3).shift(0.5 * UP),
        Line(3 * LEFT, 3 * RIGHT + UP, color=GREEN),
    )


class Shades(Scene):
    """Gradients and sheen; the gradient's ends follow a submobject."""

    def construct(self) -> None:
        disc = Circle(1.5, fill_opacity=0.8).set_color([RED, BLUE, GREEN]).shift(2 * LEFT)
        part = Dot().move_to(disc)
        disc.add(part)
        plate = Square(2, fill_opacity=1, sheen_factor=0.7, sheen_direction=UR).shift(2 * RIGHT)
        line = Line(3 * DL, 3 * UR, stroke_width=12).set_stroke([YELLOW, RED])
        self.add(disc, plate, line)
        self.play(part.animate.shift(2 * UP + 3 * RIGHT), run_time=SHORT)
        self.play(plate.animate.set_sheen_direction(LEFT), Rotate(line), run_time=SHORT)


class Corners(Scene):
    """Thick strokes whose mitres and caps reach far beyond their points."""

    def construct(self) -> None:
        spike = VMobject(stroke_width=60, color=ORANGE, joint_type=LineJointType.MITER)
        spike.set_points_as_corners([3 * LEFT, ORIGIN, 3 * LEFT + 0.7 * UP, 2 * UP])
        caps = VGroup(
            *(
                Line(ORIGIN, RIGHT + k * UP, stroke_width=50, cap_style=style)
                for k, style in enumerate(CapStyleType)
            )
        ).shift(RIGHT + DOWN)
        drop = ArcBetweenPoints(UP, UP + 0.01 * RIGHT, angle=5, stroke_width=40)
        self.add(Square(6, color=BLUE), caps, spike, drop)
        self.play(spike.animate.shift(2 * RIGHT), Rotate(caps), run_time=SHORT)
        self.play(Rotate(spike, 2), drop.animate.scale(2), run_time=SHORT)


class Order(Scene):
    """z-index changed while playing, foreground mobjects, bringing to front and back."""

    def construct(self) -> None:
        shapes = crowd()
        tracker = ValueTracker()
        shapes[0].add_updater(lambda shape: shape.set_z_index(round(tracker.get_value())))
        self.add(*shapes)
        self.add_foreground_mobjects(shapes[1])
        self.play(tracker.animate.set_value(3), run_time=SHORT)
        shapes[0].clear_updaters()
        self.wait(0.2)
        self.bring_to_front(shapes[2])
        self.bring_to_back(shapes[3])
        self.play(shapes[0].animate.shift(LEFT), run_time=SHORT)
        self.remove_foreground_mobjects(shapes[1])
        self.play(shapes[2].animate.shift(DOWN), run_time=SHORT)
        shapes[0].add_updater(lambda shape: self.bring_to_front(shape))
        self.play(Rotate(shapes[3]), run_time=SHORT)


class Behind(Scene):
    """Background strokes, wide below a thin line."""

    def construct(self) -> None:
        shapes = crowd()
        for shape in shapes:
            shape.set_background_stroke(color=WHITE, width=25, opacity=0.6)
        self.add(*shapes)
        self.play(shapes[1].animate.shift(LEFT), run_time=SHORT)
        self.play(shapes[0].animate.set_background_stroke(width=2), run_time=SHORT)


class Gestures(Scene):
    """Indicate, Flash, Circumscribe and Wiggle, which add and remove their own helpers."""

    def construct(self) -> None:
        shapes = crowd()
        self.add(shapes)
        self.play(Indicate(shapes[0]), Wiggle(shapes[2]), run_time=SHORT)
        self.play(Flash(shapes[1]), Circumscribe(shapes[3], fade_out=True), run_time=SHORT)
        self.play(LaggedStart(*(FadeOut(s, shift=UP) for s in shapes), lag_ratio=0.3, run_time=0.8))
        self.wait(0.3)


class Traces(Scene):
    """A traced path and an updater that counts time."""

    def construct(self) -> None:
        dot = Dot(2 * LEFT)
        dot.add_updater(lambda mob, dt: mob.shift(2 * dt * RIGHT + dt * UP))
        self.add(crowd(), TracedPath(dot.get_center, dissipating_time=0.3), dot)
        self.wait(0.6)
        self.play(FadeIn(Square(color=RED)), run_time=SHORT)


class Leaving(Scene):
    """Out of the frame and back, partly and completely; a fill larger than the frame."""

    def construct(self) -> None:
        shapes = crowd()
        self.add(Square(40, fill_opacity=0.2, color=GREEN), shapes)
        self.play(shapes.animate.shift(8 * RIGHT + 3 * UP), run_time=SHORT)
        self.play(shapes.animate.shift(20 * LEFT), run_time=SHORT)
        self.play(shapes.animate.move_to(ORIGIN), run_time=SHORT)


class Shapes(Scene):
    """Transforms between different numbers of submobjects; drawing and undrawing."""

    def construct(self) -> None:
        many, few = crowd(), VGroup(Triangle(color=RED), RegularPolygon(7, fill_opacity=1))
        self.play(Create(many), run_time=SHORT)
        self.play(Transform(many, few.arrange(RIGHT)), run_time=SHORT)
        self.play(Uncreate(many), Create(DashedLine(DL, UR)), run_time=SHORT)
        self.play(AnimationGroup(FadeIn(Arrow(DL, UR)), FadeIn(Dot(UL)), lag_ratio=0.5))


class Clouds(Scene):
    """Point clouds, moving and at rest, below and above outlines."""

    def construct(self) -> None:
        cloud, other = PMobject(stroke_width=6), PMobject(stroke_width=3)
        for part in (cloud, other):
            part.add_points(np.random.default_rng(1).normal(size=(50, 3)), color=YELLOW)
        shapes = crowd()
        self.add(cloud, shapes)
        self.play(shapes.animate.shift(LEFT), run_time=SHORT)
        self.play(cloud.animate.shift(RIGHT), run_time=SHORT)
        self.add(other.shift(UP))
        self.play(FadeOut(Group(cloud, other)), run_time=SHORT)
        self.play(shapes.animate.shift(RIGHT), run_time=SHORT)


class Images(Scene):
    """FrameReader, moving and at rest, below and above outlines."""

    def construct(self) -> None:
        ramp = np.linspace(0, 255, 24 * 24 * 4).reshape(24, 24, 4).astype(np.uint8)
        image = ImageMobject(ramp).scale(4)
        shapes = crowd()
        self.add(image, shapes)
        self.play(shapes.animate.shift(LEFT), run_time=SHORT)
        self.play(image.animate.shift(RIGHT), run_time=SHORT)
        self.play(FadeOut(image), run_time=SHORT)


class Redrawn(Scene):
    """Mobjects built again in every frame, with a changing number of parts."""

    def construct(self) -> None:
        value = ValueTracker(1)

        def row() -> VGroup:
            count = round(value.get_value())
            return VGroup(*(Dot(k * RIGHT / 2, color=RED) for k in range(count)))

        self.add(crowd(), always_redraw(row), Square(0.5))
        self.play(value.animate.set_value(7), run_time=SHORT)
        self.play(value.animate.set_value(2), FadeOut(Square()), run_time=SHORT)


class Pages(Scene):
    """The background changes between plays and during one; the scene draws by itself."""

    def construct(self) -> None:
        shapes = crowd()
        self.add(shapes)
        self.play(shapes[0].animate.shift(UP), run_time=SHORT)
        self.camera.background_color = ManimColor("#204060")
        self.play(shapes[3].animate.shift(UP), run_time=SHORT)
        self.renderer.update_frame(self)
        self.camera.background[:, :40] = 200
        self.wait(0.3)
        shapes[0].add_updater(lambda shape: self._flip())
        self.play(Rotate(shapes[1]), run_time=SHORT)

    def _flip(self) -> None:
        self.camera.background_color = ManimColor("#103010")
        self.camera.capture_mobjects([Square(8, fill_opacity=1)])


class Dissolving(Scene):
    """Fills that change only their opacity: overlapping, shaded, cut off, opaque."""

    def construct(self):
        fills = crowd().add(Star().shift(7.1 * LEFT)).set_stroke(width=0)
        fills[2].set_fill([YELLOW, RED, BLUE])
        self.add(fills, Circle(0.6, color=WHITE, fill_opacity=0.3).shift(0.3 * DOWN))
        self.play(UpdateFromAlphaFunc(fills, lambda each, alpha: each.set_opacity(alpha)))
        self.play(self.mobjects[1].animate.set_opacity(0.2), fills.animate.set_opacity(0.6))
        self.play(fills[:2].animate.shift(0.1 * UR), run_time=SHORT)


class Travelling(MovingCameraScene):
    """A camera that pans and zooms, also while a mobject moves."""

    def construct(self) -> None:
        shapes = crowd()
        self.add(Square(5), shapes)
        self.play(shapes[2].animate.shift(UP), run_time=SHORT)
        self.play(self.camera.frame.animate.scale(0.5).shift(UP), run_time=SHORT)
        self.play(Rotate(shapes[0]), run_time=SHORT)
        self.camera.frame.move_to(LEFT)
        shapes[3].add_updater(lambda _, dt: self.camera.frame.shift(dt * RIGHT))
        self.play(Rotate(shapes[3]), run_time=SHORT)


class Magnified(ZoomedScene):
    """A camera within the camera, which draws by itself."""

    def construct(self) -> None:
        shapes = crowd()
        self.add(shapes)
        self.activate_zooming(animate=False)
        self.play(shapes[0].animate.shift(UP), run_time=SHORT)


class Space(ThreeDScene):
    """A camera that looks from the side."""

    def construct(self) -> None:
        self.set_camera_orientation(phi=60 * DEGREES, theta=30 * DEGREES)
        shapes = crowd()
        self.add(shapes, Rectangle(color=RED, fill_opacity=0.5).shift(IN))
        self.play(shapes[0].animate.shift(OUT), run_time=SHORT)
        self.move_camera(phi=20 * DEGREES, run_time=SHORT)
