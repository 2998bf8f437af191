"""``--template``: an empty deck with the lecturer's own master."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from lxml.etree import LxmlError
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.opc.constants import CONTENT_TYPE
from pptx.oxml.ns import qn

from cli.console.failures import BadData
from cli.console.language import say

_TYPES = "[Content_Types].xml"
_SHOWS = ("p:custShowLst", "p:extLst")  # they name slides by number; the list of sections too


def empty_deck(template: Path) -> Any:
    """The presentation in the file, without its slides, as python-pptx holds it.

    A PowerPoint template (.potx) is one, too. Raises BadData for any other file.
    """
    path = str(template)
    deck: Any
    try:
        deck = Presentation(_as_presentation(template))
        _remove_slides(deck)
        has_notes = any(
            each.placeholder_format.type == PP_PLACEHOLDER.BODY
            for each in deck.notes_master.placeholders
        )
    except OSError as error:
        reason = error.strerror or str(error)
        raise _bad(say("{path!r} cannot be read: {reason}", path=path, reason=reason)) from error
    except (
        BadZipFile,
        PythonPptxError,
        LxmlError,
        LookupError,
        ValueError,
        AttributeError,
    ) as error:
        raise _bad(say("{path!r} is no PowerPoint file (.pptx or .potx)", path=path)) from error
    if not deck.slide_layouts:
        raise _bad(say("{path!r} has no layout for slides", path=path))
    if not has_notes:
        raise _bad(say("the notes page of {path!r} has no place for notes", path=path))
    return deck


def _bad(message: str) -> BadData:
    return BadData(f"--template: {message}")


def _as_presentation(template: Path) -> BytesIO:
    """The file as a presentation: that of a template differs in one word only."""
    copy = BytesIO()
    with ZipFile(template) as old, ZipFile(copy, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == _TYPES:
                content = content.replace(
                    CONTENT_TYPE.PML_TEMPLATE_MAIN.encode(),
                    CONTENT_TYPE.PML_PRESENTATION_MAIN.encode(),
                )
            new.writestr(info, content)
    copy.seek(0)
    return copy


def _remove_slides(deck: Any) -> None:
    for slide in [*deck.slides._sldIdLst]:
        deck.part.drop_rel(slide.rId)
        deck.slides._sldIdLst.remove(slide)
    for name in _SHOWS:
        for element in deck.element.findall(qn(name)):
            deck.element.remove(element)
