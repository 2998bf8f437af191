"""``doctor``: checks that everything is there that the films need, and says what to do if not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from cli.console.help import command
from cli.console.language import say
from cli.console.streams import put, put_json
from cli.console.tables import table
from cli.request.options import debug_option, json_option, lang_option, together
from exit_codes import UNAVAILABLE

if TYPE_CHECKING:
    from cli.verbs.checks import Check


@command("doctor")
@json_option(help="Print one JSON document instead of a table.")
@together(lang_option, debug_option)
def doctor(as_json: bool) -> None:
    """Show what is installed, what is missing, and what to do.

    The exit code is 0 if everything is there, 69 if something is missing.

    \b
    Example:
      gd doctor
    """
    from cli.verbs.checks import every_check  # package metadata takes a while to import

    checks = list(every_check())
    all_ok = all(check.ok for check in checks)
    if as_json:
        put_json({"ok": all_ok, "checks": [asdict(check) for check in checks]})
    else:
        _show(checks)
    if not all_ok:
        click.get_current_context().exit(UNAVAILABLE)


def _show(checks: Iterable[Check]) -> None:
    checks = list(checks)
    states = {True: say("ok"), False: say("MISSING")}
    rows = [(states[check.ok], say(check.name), check.found) for check in checks]
    for line in table(rows):
        put(line)
    missing = [check for check in checks if not check.ok]
    for check in missing:
        put(f"-> {say(check.name)}: {check.remedy}")
    if missing:
        put(say("{n} to fix, see above.", n=len(missing)))
    else:
        put(say("Everything is there."))
