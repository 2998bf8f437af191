"""The film `mini-batch`: one, some or all samples per update, with one budget of gradients."""

from __future__ import annotations

from manim import RIGHT, VGroup

from scenes.catalogue.captions import Said
from scenes.films.mini_batch.plan import FILM, RUN
from scenes.films.mini_batch.spender import Places, Spender, common
from scenes.stage.noise.spreads import Settling
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box, point
from scenes.stage.page.motion import Conceal, Drive, Reveal, accelerate
from scenes.stage.page.wording import Label
from scenes.stage.plots.band_note import ROW, band_titles, fits, note


class MiniBatch(FilmScene):
    """Three batch sizes side by side; at each moment they have spent equally many gradients."""

    film = FILM

    def prepare(self) -> None:
        """One column (in tall frames one row) for each size: numbers, parabola, chart; lane."""
        layout, theme = self.layout, self.theme
        self.portrait = layout.portrait
        walks = [run.walk for run in self.facts.runs]
        words = {
            "size": self.text("size"),
            "update": self.words["common.update"],
            "lane": self.text("lane"),
            "lane-short": self.text("lane-short"),
            "measured": self.text("lane-measured", std="{std}"),
            "measured-short": self.text("lane-measured-short", std="{std}"),
        }
        self.shared, n = common(walks, words), self.lesson.data.n
        self.whole = float(self.lesson.epochs * n)
        body, cap = layout.body, layout.scale.label
        self.spenders = self._make_spenders(walks, body)
        bands = [each for each in self.spenders if each.series.crowded]
        narrow = self.portrait or not fits(
            self.words, body.columns(*[1] * len(walks))[0], layout, theme
        )
        notes = VGroup()
        if bands and narrow:  # one row names the bands of all charts
            row = body.inset(top=body.height - ROW * cap)
            notes.add(
                note(band_titles(self.words, self.text("chart-short"))[0], theme.muted, row, cap)
            )
            self.spenders = self._make_spenders(walks, body.inset(bottom=row.height))
        self.still = VGroup(*(each.still for each in self.spenders))
        self.moving = VGroup(*(each.moving for each in self.spenders))
        self.readouts = VGroup(*(each.readouts for each in self.spenders))
        self.titles = VGroup(*self._chart_titles(narrow), notes)
        self.clouds = VGroup(*(each.lane.cloud for each in self.spenders))
        self.place(self.still, self.titles, self.moving, self.readouts, self.clouds)
        self.place(*(each.lane.notes for each in self.spenders))
        self.show(0.0)

    def _make_spenders(self, walks: list[Settling], body: Box) -> list[Spender]:
        layout, theme, n, found = self.layout, self.theme, self.lesson.data.n, []
        for walk, box in zip(walks, self._boxes(body, len(walks)), strict=True):
            color = {n: theme.cost, 1: theme.loss}.get(walk.size, theme.minibatch)
            places = self._places(box)
            found.append(Spender(walk, color, self.shared, places, theme, layout.scale))
        return found

    def _boxes(self, body: Box, count: int) -> list[Box]:
        if self.portrait:
            return body.rows(*[1] * count, gap=0.25)
        return body.columns(*[1] * count, gap=0.3 if self.layout.stacked else 0.5)

    def _places(self, box: Box) -> Places:
        cap = self.layout.scale.label
        rows = 3.9 if self.layout.stacked and not self.portrait else 1.9
        head = Box(box.left, box.top - rows * cap, box.right, box.top)
        rest = Box(box.left, box.bottom, box.right, head.bottom - 0.1 * cap)
        if self.portrait:
            alone = len(self.facts.runs) == 1
            hill, chart = (rest.rows if alone else rest.columns)(0.5, 0.5)
            return Places(head, hill, chart.inset(top=1.5 * cap), lane=box, over_head=True)
        hill, chart = rest.rows(0.5, 0.5)
        return Places(head, hill, chart.inset(top=1.7 * cap), lane=rest, over_head=False)

    def _chart_titles(self, narrow: bool) -> list[Label]:
        """The charts' titles, above them; in tall frames at the right.

        They name what a crowded curve is, unless they are too ``narrow`` for that.
        """
        cap, count, found = self.layout.scale.label, self.shared.count, []
        whole, brief = self.text("chart-whole"), self.text("chart-short")
        for each in self.spenders:
            box, inner = each.places.chart, each.chart.inner
            title = self.text("chart", count=count) if count < self.whole else whole
            if self.portrait:
                label = self.label(brief, self.theme.muted)
                found.append(label.put(point(inner.right, inner.top + 0.8 * cap), RIGHT))
            else:
                named = each.series.crowded and not narrow
                titles = band_titles(self.words, brief) if named else [title, brief]
                found.append(self.title_of(box.inset(top=-1.7 * cap), *titles))
        return found

    def show(self, spent: float) -> None:
        """Show all sizes when each has spent ``spent`` gradients."""
        for each in self.spenders:
            each.show(spent)

    def sizes(self) -> None:
        """The same parabola, start and budget for each size."""
        self.say("budget")
        self.take(0.8, Reveal(self.still, self.titles))
        self.take(0.6, Reveal(self.readouts))
        self.hold(1.6)
        self.say("update-after")
        self.take(0.6, Reveal(self.moving))

    def caption_at(self, beat: str) -> Said:
        """The caption; numbers that are lists are joined as the language does it."""
        key, numbers = super().caption_at(beat)
        joint = self.text("and")
        return key, {
            name: joint.join(map(str, value)) if isinstance(value, list) else value
            for name, value in numbers.items()
        }

    def one_epoch(self) -> None:
        """The gradients of one epoch, spent one by one."""
        n = self.lesson.data.n
        self.say("epoch")
        self.take(8.0, Drive(VGroup(self.moving, self.readouts), self.show, 0.0, float(n)))

    def budget(self) -> None:
        """The rest of the gradients, and which size comes near the minimum first."""
        n, moving = float(self.lesson.data.n), VGroup(self.moving, self.readouts)
        if self.whole > n:
            self.say("rest")
            rate = accelerate(self.whole / n, 2)
            self.take(RUN, Drive(moving, self.show, n, self.whole, rate_func=rate))
        self.say("arrived")

    def spread(self) -> None:
        """A closer look at w: how far w of each size spreads."""
        lanes = [each.lane for each in self.spenders]
        hidden = [self.readouts] if self.portrait else []
        for each in self.spenders:
            each.lane.cloud.reach(0.0)
        new = Reveal(*(lane.cloud for lane in lanes), *(lane.notes[0] for lane in lanes))
        old = Conceal(self.still, self.titles, self.moving, *hidden)
        self.take(1.0, old, new)  # one picture fades into the other
        self.say("closer")
        clouds = VGroup(*(lane.cloud.moving for lane in lanes))
        self.take(4.0, Drive(clouds, self._fill, 0.0, self.whole))
        self.take(0.5, Reveal(*(lane.notes[1] for lane in lanes)))

    def _fill(self, spent: float) -> None:
        for each in self.spenders:
            each.lane.cloud.reach(each.update_at(spent))

    def result(self) -> None:
        """What each size reached with the budget."""
        self.say("result")
