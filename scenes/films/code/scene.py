"""The film `code`: a short program runs line by line, and the picture shows what it does."""

from __future__ import annotations

from collections.abc import Mapping

from manim import Animation, VGroup, smooth

from programs.execution import Step, execute
from programs.writer import LITERAL, Program, write_program
from scenes.films.code.console import Console
from scenes.films.code.first_round import first_round, inner, is_spent, passes_over, seconds_of
from scenes.films.code.flight import Flight
from scenes.films.code.listing import Listing, room_for
from scenes.films.code.plan import FILM, RUN
from scenes.films.code.program_layout import program_layout
from scenes.films.code.program_picture import ProgramPicture
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import point
from scenes.stage.page.motion import Conceal, Drive, Reveal, accelerate, set_visible

FORMATS = ((44, 4), (32, 2))  # columns of a line and of an indent; the first readable one is used
BUDGET, SKIP = 25.0, 1.2  # seconds for the first epoch; for the samples in it that are skipped
_BAR = 0.28  # of a statement's seconds: the bar goes to its line
_READ = 24  # characters of a number that are read in flight


class ProgramRuns(FilmScene):
    """The code with its values, the console, and the picture: all three from one real run."""

    film = FILM

    def prepare(self) -> None:
        """Write the program, run it, and build the picture."""
        theme, scale = self.theme, self.layout.scale
        self.trace = self.facts.trace
        self.batch = self.trace.order == "batch"
        self.boxes = program_layout(self.layout)
        self.run = execute(self._program())
        self.listing = Listing(self.run.program, self._notes(), self.boxes.code, theme, scale)
        failed = self.run.stopped is not None
        self.console = Console(self.run.lines, self.boxes.console, theme, scale, failed)
        self.picture = ProgramPicture(
            self.trace, self.boxes.data, self.boxes.curve, theme, scale, self.words
        )
        self.flight = Flight(self.listing.cap, theme, self.layout.body)
        self.place_all()
        self.hero = VGroup(self.listing, self.console)

    def _program(self) -> Program:
        """The program, with lines as long as a viewer in the last row can read."""
        lesson, small = self.lesson, self.layout.scale.small
        asked = (lesson.data, lesson.w0, lesson.lr, lesson.epochs, self.trace.order)
        for width, indent in FORMATS:
            program = write_program(*asked, width=width, indent=indent, comments=self._notes())
            if room_for(program, self.boxes.code)[0] >= small:
                break
        return program

    def _notes(self) -> dict[str, str]:
        n = self.lesson.data.n
        shared = {
            "data": self.text("note-samples", n=n) if n > LITERAL else "",
            "start": self.text("note-start"),
            "predict": self.text("note-predict"),
            "update": self.text("note-update"),
        }
        if self.batch:
            means = (self.text("note-mean-gradient"), self.text("note-mean-cost"))
            return shared | dict(zip(("mean-gradient", "mean-cost"), means, strict=True))
        own = (self.text("note-gradient"), self.text("note-loss"))
        return shared | dict(zip(("gradient", "loss"), own, strict=True))

    def place_all(self) -> None:
        """Add everything in display order; the moving parts are on top."""
        listing, picture, console = self.listing, self.picture, self.console
        walker = picture.walker
        picture.show(0)
        view = picture.view
        self.place(picture.samples, view.still, view.curves, listing, console)
        self.place(view.extras, picture.samples.live, picture.gap, picture.samples.dots)
        self.place(picture.mark, picture.ring, walker)
        self.add(self.flight)
        listing.open()
        set_visible(VGroup(console, picture.samples, picture.plot), 1.0)
        self.made = 0  # updates

    def program(self) -> None:
        """The first lines of the code make the data, the start and a prediction."""
        self.say("program")
        self.hold(0.5)
        self.take(0.3, Reveal(self.listing.bar, self.listing.edge))
        steps, loop = self.run.steps, self.run.program.body
        setup = steps[: next(k for k, step in enumerate(steps) if step.part in loop)]
        for step in setup:
            self._execute(step, 4.8 / len(setup), last=step is setup[-1])

    def first_epoch(self) -> None:
        """The loop's first round, statement by statement."""
        self.say("first-epoch")
        steps = first_round(self.run, self.lesson.data.n)
        before = None
        for step, seconds in zip(steps, seconds_of(self.run, steps, BUDGET, SKIP), strict=True):
            if passes_over(before, step):
                self._skip(SKIP)
            self._execute(step, seconds, last=step is steps[-1])
            before = step

    def _sums(self) -> tuple[str, ...]:
        """The statements that add up over the samples."""
        return ("gradient", "loss") if self.batch else ()

    def _skip(self, seconds: float) -> None:
        """Show the inner loop running through the samples that are too many to be shown."""
        looped = inner(self.run)
        bar = self._bar_to(looped[0], looped[-1])
        gone = Conceal(self.picture.ring, self.picture.gap, self.picture.mark)
        if self.batch:
            self.take(0.3 * seconds, *bar)
            self.take(0.7 * seconds, gone)
            return
        stop = min(self.trace.updates_per_epoch, self.run.updates)
        gone = Conceal(*gone.mobject, self.picture.view.extras)
        self.take(0.4 * seconds, *bar, gone, *self.picture.zoom(self.made, close=False))
        self.take(0.6 * seconds, Drive(self._moving(), self.show, self.made, stop))
        self.made = stop

    def _bar_to(self, *parts: str) -> list[Animation]:
        """The bar goes to these statements, and the comment of the line before fades."""
        listing = self.listing
        moving = VGroup(listing.bar, listing.edge, listing.rows, listing.comments)
        return [Drive(moving, listing.travel(*parts), rate_func=smooth), *listing.hush()]

    def _execute(self, step: Step, seconds: float, last: bool = False) -> None:
        """Highlight a statement, then show what it does: its values, its picture, its output.

        After the ``last`` one of a section the page rests anyway.
        """
        listing, hue = self.listing, None
        flies = step.part in self._flying and self._sample(step) is not None
        first = _BAR * seconds * (0.8 if flies else 1.0)
        self.take(first, *self._bar_to(step.part))
        index, told = self._sample(step), []
        if step.part in listing.values and index is not None:
            if step.part == "sample":
                hue = self.theme.sample(index)
            listing.write(step.part, step.values, hue)
            told = listing.tell(step.part)
        if flies:
            self.take(0.14 * seconds, *told)
            told = []
            self._fly(step, 0.34 * seconds)
        effects = [*told, *self._effects(step)]
        if effects:
            self.take((0.22 if flies else 0.15 if last else 0.42) * seconds, *effects)
        rest = seconds - first - (0.7 if flies else 0.42 if effects else 0.0) * seconds
        if not last:
            self.hold(rest)

    @property
    def _flying(self) -> tuple[str, ...]:
        """The statements whose value is seen in the picture: there it flies."""
        return "predict", "mean-gradient" if self.batch else "gradient", "update"

    def _fly(self, step: Step, seconds: float) -> None:
        """A copy of the statement's value flies to its place, if the picture shows that."""
        value = self.listing.value_of(step.part)
        stop = self.picture.place_of(step.part, self._sample(step), step.values)
        if stop is not None and value.text:
            color = str(value.get_fill_color().to_hex())
            fly = self.flight.take_off(value.text, color, value.at, stop)
            self.take(seconds, Drive(self.flight, fly, rate_func=smooth))
        else:
            self.hold(seconds)

    def _sample(self, step: Step) -> int | None:
        """The index of the sample that a step of the first epoch looks at; None after the last."""
        return None if is_spent(self.run, step) else step.number % self.lesson.data.n

    def _effects(self, step: Step) -> list[Animation]:
        """Animations of what a statement does in the picture and the console."""
        picture, k = self.picture, self.made
        self.made += step.part == "update"
        found: list[Animation] = picture.act(step.part, k, self._sample(step), step.values)
        if step.part in ("before", "report", "progress", "after"):
            found.append(Drive(self.console.rows, lambda _: self.console.reach(step.printed)))
        return found

    def _moving(self) -> VGroup:
        picture, listing = self.picture, self.listing
        group = VGroup(self.console.rows, *listing.values.values(), picture.view.extras)
        return group.add(picture.samples.live, picture.walker)

    def show(self, t: float) -> None:
        """Show the time-lapse at the fractional update ``t``: picture, values and console."""
        k = int(t + 1e-9)
        self.picture.show(float(t))  # NumPy's floats would warn if w grows too large
        values = self._values(k)
        last = min(k, self.run.updates - 1)  # at the end, x and y are still the last sample's
        hue = self.theme.sample(int(self.trace.samples[last, -1]))
        for name in self.listing.values:
            # Batch's sums have become means: the values behind their statements are out of date.
            own = {} if name in self._sums() else values
            self.listing.write(name, own, hue if name == "sample" else None, steady=True)
        printed = int(self.run.printed[k]) if k < self.run.updates else len(self.run.lines) - 1
        self.console.reach(printed)

    def _values(self, k: int) -> Mapping[str, float]:
        """The variables after ``k`` updates; after an error, those that were printed last."""
        run = self.run
        if run.stopped is None or k < run.updates:
            return run.values(k)
        return {**run.values(k - 1), "w": float(run.w[k])}

    def epochs(self) -> None:
        """The rest of the loop in a time-lapse."""
        picture, run, body = self.picture, self.run, self.run.program.body
        self.say("epochs")
        gone = [picture.ring, picture.gap, picture.mark, picture.walker.tangent]
        self.take(0.6, *self._bar_to(body[0], body[-1]))
        lit, dots = picture.view.extras[:1], picture.view.extras[1:]
        self.take(0.4, Conceal(*gone, *lit))
        back = picture.zoom(self.made, close=False)
        if back:
            self.take(0.8, *back)
        settle = Drive(picture.walker, picture.settle(self.made))
        self.take(0.4, settle, Reveal(*dots))
        rate = accelerate(run.updates - self.made, 10)
        seconds = RUN if run.updates > self.made else 0.0
        self.take(seconds, Drive(self._moving(), self.show, self.made, run.updates, rate_func=rate))

    def result(self) -> None:
        """The last line runs, or an error has ended it."""
        run = self.run
        after = next((step for step in run.steps if step.part == "after"), None)
        if after is None:
            self.take(0.6, *self._bar_to(run.stopped_at or "after"))
            self.listing.edge.set_fill(self.theme.bad)
            reach = Drive(self.console.rows, lambda _: self.console.reach(len(run.lines)))
            self.take(0.6, reach)
            self.say("result")
            return
        self._execute(after, 1.6, last=True)
        self.say("result")
        self._predicted()

    def _predicted(self) -> None:
        """The prediction flies from the console to its place on the line."""
        row = next(figure for figure in reversed(self.console.figures) if figure.text)
        text = str(row.text).split()[-1]
        ring = self.picture.samples.ring
        if not len(ring.points) or len(text) > _READ:
            return
        column = self.listing.column * self.console.cap / self.listing.cap
        start = row.at + point((len(str(row.text)) - len(text)) * column, 0.0)
        flight = Flight(self.console.cap, self.theme, self.layout.body)
        self.add(flight)
        fly = flight.take_off(text, self.theme.point, start, ring.get_center())
        self.take(1.0, Drive(flight, fly, rate_func=smooth))
