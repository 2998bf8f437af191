"""From the cells of a file to numbers. What could mean two numbers is refused."""

import re
from dataclasses import dataclass

from gdcore.dataset import LARGEST, DataError
from gdcore.message import Message
from gdcore.tables import refusals

_NO_VALUE = {
    "", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "—", "?", ".", "missing",
    "#div/0!", "#value!", "#ref!", "#name?", "#null!", "#num!", "无", "缺失", "空",
}  # fmt: skip
_WITH_COMMA = re.compile(r"[-+]?(\d+,\d*|,\d+)(e[-+]?\d+)?", re.IGNORECASE)
_UNCLEAR = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}")  # 1,500 may be 1.5 or 1500
_THOUSANDS = re.compile(r"[-+]?\d{1,3}([.,' ’\u00a0\u2009\u202f]\d{3})+([.,]\d*)?")
_NUMBER_FIRST = re.compile(r"\W?\s*[-+]?[\d.,]*\d[\d.,]*\s*\D+")


def is_number(cell: str, mark: str) -> bool:
    """Whether a cell between ``mark``s is a number, or infinite, or nan."""
    return _number(cell, mark) is not None


def _number(cell: str, mark: str) -> float | None:
    """The number; a comma is its decimal mark, unless commas separate the cells."""
    text = cell.replace("−", "-")
    if mark != "," and _WITH_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    try:
        return None if "_" in text else float(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Place:
    """A cell, and where it is: ``where`` with file and row."""

    where: str
    column: str
    cell: str

    def refused(self, template: str, **values: object) -> DataError:
        """The error with this text from `refusals`."""
        cell = self.cell if len(self.cell) <= 40 else self.cell[:39] + "…"
        about = {"where": self.where, "column": self.column, "cell": cell}
        return DataError(Message(template, **about, **values))


class Numbers:
    """Reads the cells of one file, and finds out whether its decimal mark is a comma."""

    def __init__(self, mark: str) -> None:
        """``mark`` separates the cells."""
        self._mark = mark
        self._point: Place | None = None  # the first cells with such a decimal mark
        self._comma: Place | None = None
        self._unclear: Place | None = None

    def read(self, where: str, column: str, cell: str) -> float:
        """The number in a cell. Raises DataError, which says what to do."""
        value = _number(cell, self._mark)
        if value is None or not abs(value) <= LARGEST:
            raise self._refusal(Place(where, column, cell), value)
        if "." in cell or "," in cell:
            self._note(Place(where, column, cell))
        return value

    def notices(self) -> tuple[str, ...]:
        """What the reader should know. Raises DataError if commas may separate thousands."""
        if self._unclear and not self._comma:
            raise self._unclear.refused(refusals.UNCLEAR_COMMA)
        if self._comma:
            cell = self._comma.cell
            value = _number(cell, self._mark)
            return (
                Message("decimal commas are read: {cell} is {value!r}", cell=cell, value=value),
            )
        return ()

    def _note(self, place: Place) -> None:
        """Remember the cell's decimal mark. Raises DataError if another cell has another one."""
        comma = "," in place.cell
        other = self._point if comma else self._comma
        if other:
            row = other.where.rpartition(":")[2]
            raise place.refused(refusals.TWO_MARKS, row=row, other=other.cell)
        if not comma:
            self._point = self._point or place
        elif self._mark != ";" and _UNCLEAR.fullmatch(place.cell):
            self._unclear = self._unclear or place
        else:  # Excel writes semicolons between the cells where the decimal mark is a comma
            self._comma = self._comma or place

    def _refusal(self, place: Place, value: float | None) -> DataError:
        """Why a cell is not a number, or not one that can be used."""
        cell = place.cell
        if cell.casefold() in _NO_VALUE:
            return place.refused(refusals.MISSING)
        if value is not None:
            return place.refused(refusals.BEYOND, most=LARGEST)
        if "%" in cell or "％" in cell:
            return place.refused(refusals.PERCENT)
        if self._mark == "," and _WITH_COMMA.fullmatch(cell):
            return place.refused(refusals.COMMA)
        if _THOUSANDS.fullmatch(cell):
            return place.refused(refusals.THOUSANDS)
        if _NUMBER_FIRST.fullmatch(cell):
            return place.refused(refusals.WITH_UNIT)
        return place.refused(refusals.NOT_A_NUMBER)
