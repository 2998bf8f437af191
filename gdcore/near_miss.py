"""The known name that is nearest to a misspelt one."""

from collections.abc import Iterable
from difflib import get_close_matches

from gdcore.message import Message


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name most like `word`, upper or lower case; None if no name is like it."""
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.5)
    return folded[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> Message | None:
    """``did you mean 'batch'?`` with the nearest of the known names; None if no name is like it."""
    near = nearest(word, known)
    return Message("did you mean {near!r}?", near=near) if near else None
