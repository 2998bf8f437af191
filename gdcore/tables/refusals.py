"""What is said when a file cannot be read: where, what is wrong, and what to do. One line each.

``where`` is the file and the row, as "points.csv:3". Rows count from 1, as a spreadsheet does.
"""

_AS_UTF8 = 'save it again as "CSV UTF-8" (Excel: File, Save As)'

NO_FILE = "{path!r}: no such file; {hint}"
FOLDER = "{path}: is a directory, not a CSV file; name a file in it"
NOT_REGULAR = "{path}: is not a regular file; give a CSV file"
UNREADABLE = "{path}: {reason}; check the file and its rights"
WORKBOOK = "{path}: is a workbook, not a CSV file; " + _AS_UTF8
NOT_TEXT = "{path}: is not text; " + _AS_UTF8
UNKNOWN_ENCODING = (
    "{path}:{row}: is not in UTF-8, and not surely in GBK: its letters are unclear; " + _AS_UTF8
)
ENCODING_CHANGES = "{path}: is not UTF-8 from about row {row} on; " + _AS_UTF8

EMPTY = "{path}: is empty; a column of x and a column of y are needed"
ONLY_A_HEADER = "{path}: has a header but no rows of numbers; add a row for each sample"
TOO_MANY_ROWS = "{where}: more than {most:,} rows of numbers; take a sample of them"
TOO_MANY_LINES = "{where}: more than {most:,} lines; leave out the empty ones"
LONG_LINE = "{where}: a line of more than {most:,} characters; end each row with a line break"
BROKEN_QUOTES = "{where}: {reason}; check the quotation marks in this row"
UNEVEN = "{where}: {count} cells, but the first row has {wanted}; give each row as many cells"
UNEVEN_COMMAS = (
    "{where}: {count} cells, but the first row has {wanted}; "
    "if commas are decimal marks, separate the columns by semicolons, or write 1.5 for 1,5"
)

TWO_NAMES = "{path}: name two columns as {name}:XCOLUMN,YCOLUMN, not {given!r}"
ONE_COLUMN = (
    "{where}: has 1 column ({names}); "
    "x and y are needed, separated by a comma, a semicolon or a tab"
)
CHOOSE = "{where}: has {count} columns ({names}); choose two as {name}:XCOLUMN,YCOLUMN"
CHOOSE_UNNAMED = (
    "{where}: has {count} columns ({names}) and no header; add a first row with names, then choose "
    "two as {name}:XCOLUMN,YCOLUMN (if commas are decimal marks, separate columns by semicolons)"
)
NO_HEADER = "{where}: has no header, so no column {column!r}; add a first row with names"
NO_COLUMN = "{where}: no column {column!r}; {hint}"
TWICE = "{where}: {count} columns have the name {column!r}; give each its own name in this row"
HALF_A_HEADER = (
    "{where}: {number!r} is a number, but {text!r} is not; "
    "write two names into the first row, or two numbers"
)

_CELL = "{where}: column {column!r}: "
MISSING = _CELL + "no value ({cell!r}); fill it in, or delete the row"
BEYOND = _CELL + "{cell!r} is not within -{most:g}..{most:g}; correct it, or delete the row"
NOT_A_NUMBER = _CELL + "{cell!r} is not a number; correct it, or delete the row"
PERCENT = _CELL + "{cell!r} has a percent sign; write the number alone, and name the column '… [%]'"
WITH_UNIT = (
    _CELL + "{cell!r} is more than a number; "
    "write the number alone, and the unit into the header, as 'weight [kg]'"
)
THOUSANDS = (
    _CELL + "{cell!r} seems to have a thousands separator; write numbers without one, as 1234.5"
)
COMMA = (
    _CELL + "{cell!r} has a comma, which also separates the columns; "
    "write 1.5 for 1,5, or separate the columns by semicolons"
)
UNCLEAR_COMMA = (
    _CELL + "{cell!r} has a decimal comma or a thousands separator, which is unclear; "
    "write numbers with a decimal point, as 1.5 or 1500"
)
TWO_MARKS = (
    _CELL + "{cell!r}, but row {row} has {other!r}: is the decimal mark a point or a comma? "
    "Use one of them in the whole file, and no thousands separator"
)
