"""The charts of `sgd` with their titles, which name what a crowded curve is."""

from __future__ import annotations

from gdcore.trace import Trace
from scenes.films.sgd.noise_stage import NoiseStage
from scenes.films.sgd.sgd_charts import SgdCharts
from scenes.stage.descent.parabolas import Parabolas
from scenes.stage.page.film_scene import FilmScene
from scenes.stage.page.layout import Box
from scenes.stage.page.wording import Label
from scenes.stage.plots.band_note import band_titles, fits, lowered, note


def make_charts(scene: FilmScene, field: Parabolas) -> tuple[SgdCharts, Box]:
    """Both charts with their titles, and the box that is left for the data.

    If a title has no room to name a band, a row above both charts does so.
    """
    layout, theme = scene.layout, scene.theme
    charts = SgdCharts(field, layout, theme)
    bands = [series.crowded for series in (charts.losses, charts.costs)]
    if any(bands) and not fits(scene.words, layout.aside, layout, theme):
        layout = lowered(layout)
        charts = SgdCharts(field, layout, theme)
        (charts.cost_plot if bands[1] else charts.loss_plot).add(_note(scene))
        bands = [False, False]
    count = charts.count if charts.count < field.trace.updates else None
    loss_title = _title(scene, layout.aside, "loss-chart", bands[0], count)
    charts.loss_plot.add(loss_title)
    charts.cost_plot.add(_title(scene, layout.work, "cost-chart", bands[1], count))
    return charts, layout.aside


def make_noise_stage(scene: FilmScene, trace: Trace) -> NoiseStage:
    """The picture of the noise section with the title of its chart."""
    layout, theme = scene.layout, scene.theme
    stage = NoiseStage(trace, layout, theme, scene.words)
    titles = [scene.text("noise-chart")]
    if stage.series.crowded and fits(scene.words, layout.work, layout, theme):
        titles = band_titles(scene.words, *titles, "w")
    elif stage.series.crowded:
        layout = lowered(layout)
        stage = NoiseStage(trace, layout, theme, scene.words)
        stage.chart.add(_note(scene, "w"))
    stage.chart.add(scene.title_of(layout.work, *titles))
    return stage


def _note(scene: FilmScene, *names: str) -> Label:
    """What the bands are, in a row above the charts."""
    text, layout = band_titles(scene.words, *names)[0], scene.layout
    return note(text, scene.theme.muted, layout.panel, layout.scale.label)


def _title(scene: FilmScene, box: Box, key: str, band: bool, count: int | None) -> Label:
    """The chart's title: what the ``band`` is, or how many updates are shown if not all."""
    titles = [scene.text(key)]
    if band:
        titles = band_titles(scene.words, *titles)
    elif count is not None:
        titles.insert(0, scene.text(f"{key}-first", count=count))
    return scene.title_of(box, *titles)
