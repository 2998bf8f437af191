"""The tokens of a line of Python, and their colours."""

from __future__ import annotations

import io
import keyword
import tokenize

from scenes.catalogue.theme import Theme

_KINDS = {tokenize.STRING: "string", tokenize.COMMENT: "comment"}


def tokens(line: str) -> list[tuple[int, str, str]]:
    """(column, text, kind) of each token; kind is keyword, string, comment, or "" for others.

    In a statement on several lines, a line may have only one bracket of a pair.
    """
    found = []
    indent = len(line) - len(line.lstrip())
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.lstrip()).readline):
            kind = "keyword" if keyword.iskeyword(token.string) else _KINDS.get(token.type, "")
            if token.string.strip():
                found.append((indent + token.start[1], token.string, kind))
    except tokenize.TokenError:
        pass  # the statement goes on in the next line; the tokens of this line were read
    return found


def name_colors(theme: Theme) -> dict[str, str]:
    """Names have the colour of what they stand for, as in all films.

    Keywords are bold and have no colour: one more colour would seem to have a meaning.
    """
    return {"w": theme.point, "grad": theme.gradient, "loss": theme.loss, "cost": theme.cost}
