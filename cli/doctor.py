"""``doctor``: is everything there that the films need, and if not, what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import click

from cli.checks import Check, every_check
from cli.streams import put, put_json
from cli.tables import table
from exit_codes import UNAVAILABLE


def examine(as_json: bool) -> None:
    """Print what was found and the remedies; exit with 69 when something needed is missing."""
    checks = list(every_check())
    well = all(check.ok for check in checks)
    if as_json:
        put_json({"ok": well, "checks": [asdict(check) for check in checks]})
    else:
        _show(checks)
    if not well:
        click.get_current_context().exit(UNAVAILABLE)


def _show(checks: Iterable[Check]) -> None:
    checks = list(checks)
    rows = [("ok" if check.ok else "MISSING", check.name, check.found) for check in checks]
    for line in table(rows):
        put(line)
    missing = [check for check in checks if not check.ok]
    for check in missing:
        put(f"-> {check.name}: {check.remedy}")
    put("All is there." if not missing else f"{len(missing)} to mend, as said above.")
