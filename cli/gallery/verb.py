"""``gallery``: a page to look at what a course has made."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import click

from cli.console.failures import BadValue
from cli.console.help import argument, command, option
from cli.console.language import say, spoken
from cli.console.streams import put_json, put_path
from cli.gallery.writing import NAME, Written, write_page
from cli.making.preview import preview as show
from cli.request.naming import path_for
from cli.request.options import debug_option, json_option, lang_option, quiet_option, together
from cli.request.render_options import preview_option


@command()
@argument("folder", type=click.Path(), default="build", metavar="[FOLDER]")
@option(
    "-o", "--output", metavar="PATH", type=click.Path(),
    help="The page, a .html file in FOLDER. Default: index.html.",
)  # fmt: skip
@preview_option
@json_option(help="Print one JSON document: the page, its size and checksum, its posters.")
@together(lang_option, quiet_option, debug_option)
def gallery(folder: str, output: str | None, preview: bool, as_json: bool, quiet: bool) -> None:
    """Make a page of the films in FOLDER, to look at and to share: `build`, if none is named.

    The folder has the manifest of a course or the listing of clips, or folders that have one. The
    page needs no network: put the whole folder on a web site, or open the page from the disk.

    \b
    Examples:
      gd gallery build
      gd gallery slides/ -o slides/films.html
    """
    place = Path(folder)
    page = place / NAME if output is None else path_for(output, Path(NAME).stem, (".html",))
    if page.parent.resolve() != place.resolve():
        message = "must be in {folder!r}: the page leads to the files below its own folder"
        raise BadValue("-o", say(message, folder=folder))
    written = write_page(place, place / page.name, spoken(), quiet)
    if as_json:
        put_json(_described(written))
        return
    put_path(written.page)
    if preview:
        show(written.page)


def _described(written: Written) -> dict[str, object]:
    content = written.page.read_bytes()
    return {
        "path": str(written.page),
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "films": written.films,
        "beside": [str(path) for path in written.posters],
    }
