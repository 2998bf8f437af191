"""What the page says, in the language of the command."""

from __future__ import annotations

from cli.console.language import say
from gdcore.message import Message

# A value in braces is filled in by the script. The names of the outcomes are those of
# `gdcore.outcome.Outcome`.
_WORDS = {
    "title": Message("What if?"),
    "mean": Message("mean of"),
    "update": Message("update"),
    "k-of": Message("{k} · epoch {epoch}", k="{k}", epoch="{epoch}"),
    "slope": Message("slope"),
    "end": Message("These are all updates."),
    "outside": Message("outside the picture"),
    "stage-label": Message("The cost parabola: drag the start, or press an arrow key"),
    "data-label": Message(
        "The samples: drag one, or press an arrow key; the space bar chooses another one"
    ),
    "chart-label": Message("The cost after each update"),
    "sample": Message("sample {number}: x = {x}, y = {y}", number="{number}", x="{x}", y="{y}"),
    "play": Message("Play"),
    "pause": Message("Pause"),
    "back": Message("Back"),
    "step": Message("Step"),
    "reset": Message("Reset"),
    "start": Message("start w₀"),
    "rate": Message("rate α"),
    "samples": Message("samples"),
    "rule": Message("rule"),
    "batch": Message("all (batch)"),
    "in-order": Message("SGD, in order"),
    "shuffled": Message("SGD, shuffled"),
    "random": Message("SGD, random"),
    "sgd": Message("plain"),
    "momentum": Message("momentum"),
    "nesterov": Message("Nesterov"),
    "adagrad": Message("AdaGrad"),
    "rmsprop": Message("RMSprop"),
    "adam": Message("Adam"),
    "film": Message("Film it:"),
    "copy": Message("Copy"),
    "copied": Message("Copied"),
    "at-rest": Message("The start is the minimum."),
    "steady": Message("It comes near the minimum."),
    "swinging": Message("It swings around the minimum."),
    "creeping": Message(
        "It creeps: after {epochs} epochs more than half of the way is left.", epochs="{epochs}"
    ),
    "diverging": Message("It diverges."),
    "diverged": Message("It diverges: update {n} is the last that can be computed.", n="{n}"),
    "flat": Message("All x are 0: the cost does not depend on w."),
}


def words() -> dict[str, str]:
    """The words by the names that the script and the markup use."""
    return {name: say(message) for name, message in _WORDS.items()}
