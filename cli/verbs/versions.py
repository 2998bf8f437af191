"""The versions that the program needs, from the metadata of its installation.

They raise importlib.metadata.PackageNotFoundError when the program is not installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from cli.console.installation import DISTRIBUTION


def requirements() -> Iterator[Requirement]:
    """Each package that is needed on this system, with its range of versions; without extras."""
    for line in metadata.requires(DISTRIBUTION) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement


def extras() -> dict[str, list[Requirement]]:
    """The packages that each extra adds, by its name."""
    found: dict[str, list[Requirement]] = {}
    required = [Requirement(line) for line in metadata.requires(DISTRIBUTION) or ()]
    for extra in metadata.metadata(DISTRIBUTION).get_all("Provides-Extra") or ():
        found[extra] = [
            each for each in required
            if each.marker is not None
            and each.marker.evaluate({"extra": extra}) and not each.marker.evaluate({"extra": ""})
        ]  # fmt: skip
    return found


def python_range() -> SpecifierSet:
    """The Pythons that the program runs on."""
    return SpecifierSet(metadata.metadata(DISTRIBUTION)["Requires-Python"])


def spelled(allowed: SpecifierSet) -> str:
    """The range with its lower bound first: ``>=0.22,<0.23``."""
    return ",".join(sorted(map(str, allowed), reverse=True))
