"""What the page itself says, in each language: a reader may change it there."""

from __future__ import annotations

from gdcore.message import Message
from scenes.locales import LANGUAGES
from scenes.locales.translation import said

# A value in braces is filled in by the script.
_WORDS = {
    "page-language": Message("Language of this page"),
    "colours": Message("Light or dark page"),
    "contents": Message("Contents"),
    "counted": Message("Films: {n}", n="{n}"),
    "counted-of": Message("Films: {n} of {of}", n="{n}", of="{of}"),
    "search": Message("Search"),
    "lang": Message("Language"),
    "theme": Message("Background"),
    "aspect": Message("Shape"),
    "data": Message("Data"),
    "all": Message("all"),
    "nothing": Message("No film is like that."),
    "reset": Message("Show all films"),
    "versions": Message("Versions: {n}", n="{n}"),
    "documents": Message("Slides and handouts"),
    "files": Message("All files"),
    "failed": Message("These could not be made"),
    "without-script": Message("Without JavaScript a film opens by its link."),
    "close": Message("Close"),
    "chapters": Message("Chapters"),
    "transcript": Message("Transcript"),
    "downloads": Message("Downloads"),
    "command": Message("The command that made it"),
    "where": Message("Run it in the folder of the course."),
    "embed": Message("For a page of your own"),
    "paste": Message("Paste this HTML into the page. The film stays where it is now."),
    "address": Message(
        "Put the folder of this page on a web site. Then paste this HTML into the page, with the "
        "address of the folder in the place of {base}.",
        base="{base}",
    ),
    "copy": Message("Copy"),
    "copied": Message("Copied"),
    "unplayable": Message("This browser does not play the file. Download it."),
    "theme:dark": Message("dark"),
    "theme:light": Message("light"),
    "theme:transparent": Message("transparent, for dark slides"),
    "theme:transparent-light": Message("transparent, for light slides"),
    "product:video": Message("Videos"),
    "product:joined": Message("All films in one video"),
    "product:clips": Message("Clips"),
    "product:gif": Message("GIFs"),
    "product:webp": Message("WebP animations"),
    "product:apng": Message("APNG animations"),
    "product:sheet": Message("Contact sheets"),
    "product:pictures": Message("Pictures"),
    "product:handout": Message("Handout"),
    "product:deck": Message("Slides for PowerPoint"),
    "product:deck-html": Message("Slides for the browser"),
    "product:script": Message("Script"),
    "product:trace": Message("Tables of numbers"),
    "product:subtitles": Message("Subtitles"),
    "product:poster": Message("Posters"),
}


def words_in(lang: str) -> dict[str, str]:
    """The words of one language, by the names that the template and the script use."""
    return {name: said(lang, message) for name, message in _WORDS.items()}


def words() -> dict[str, dict[str, str]]:
    """The words of all languages."""
    return {lang: words_in(lang) for lang in LANGUAGES}
