"""What the films draw with, by subject: page, then plots, then descent, noise and maps.

The parts that a new film needs most often, each built for a region (`Box`) of the layout:

- `page.film_scene.FilmScene`: the base class of a film; `page.motion`: Reveal, Dismiss, Drive
- `page.arrangement`: where the subject of a section stands, and what is beside it
- `plots.moving_plot.MovingPlot`: a plot whose box and ranges change; its numbers follow
- `page.readouts.Readouts`: running numbers with their names
- `page.formulas`: formulas, and formulas with numbers plugged in
- `plots.samples.SamplePlot`: the data with the line ŷ = w·x
- `plots.chart.Chart` and `plots.series.Series`: a value over updates or epochs
- `plots.log_chart.LogChart`: costs over a count, by powers of ten
- `plots.crowd.Bands`: the curves of many samples as bands from the least to the greatest
- `descent.valley.Valley`: the cost parabola with the point on it, in any box and window
- `descent.course.Course`: how a descent went, for captions
- `descent.parabolas`: the samples' parabolas, their mean, and the hopping point
- `descent.moving_parabolas`: the same on a plot that moves and zooms, for data that change
- `descent.hop_path.HopPath`: the zig-zag on them, at any fractional update
- `noise.strip.Strip`: visited w of a descent, with its band and histogram; it moves and changes
- `maps.plane_world`: the map of J(w, b) with two descents
"""
