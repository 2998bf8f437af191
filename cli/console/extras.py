"""The extras of the installation: packages that only some commands need."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

import click

from cli.console.installation import DISTRIBUTION, is_checkout
from cli.console.language import say
from exit_codes import UNAVAILABLE


class ExtraMissing(click.ClickException):
    """A package of an extra is not installed."""

    exit_code = UNAVAILABLE


def check_extra(extra: str, packages: Mapping[str, str], asked: str, start: str) -> None:
    """Raise ExtraMissing for the first package that is not there.

    `packages` are the names of packages by the modules that they bring. `asked` is what needs
    them, `start` the command that installs them in a checkout.
    """
    for module, package in packages.items():
        if find_spec(module) is None:
            if is_checkout():
                remedy = say("start {start}, which installs it", start=start)
            else:
                install = "install it with pip install '{name}[{extra}]'"
                remedy = say(install, name=DISTRIBUTION, extra=extra)
            message = "{asked} needs the package {package!r}; {remedy}"
            raise ExtraMissing(say(message, asked=asked, package=package, remedy=remedy))
