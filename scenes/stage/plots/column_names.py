"""What the axes of a data plot are called: the columns' names, or plain x and y."""

from __future__ import annotations

from gdcore.data import Dataset
from scenes.stage.page import fonts

_REMEDY = (
    "the name {name!r} of the {axis} axis has {character!r} (U+{code:04X}), which the font {font} "
    "lacks; give another name with --{axis}-name"
)


def column_names(data: Dataset) -> tuple[str, str]:
    """The names of the x and the y axis.

    Raises scenes.stage.page.fonts.FontError for a character that the font lacks.
    """
    return _shown("x", data.x_name), _shown("y", data.y_name)


def _shown(axis: str, name: str) -> str:
    face = fonts.find_face()
    for character in fonts.lacking(name, face):
        raise fonts.FontError(
            _REMEDY.format(
                name=name, axis=axis, character=character, code=ord(character), font=face.family
            )
        )
    return name or axis
