"""A part of a film: one section, or some that follow each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.job.errors import JobError, no_section


@dataclass(frozen=True, slots=True)
class Part:
    """The sections from ``first`` to ``last`` of a film, both included, in the film's order."""

    first: str
    last: str

    @classmethod
    def of(cls, section: str) -> Part:
        """One section."""
        return cls(section, section)

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first}..{self.last}"

    def among(self, sections: Sequence[str]) -> range:
        """The places of the part's sections among the names of a film's sections.

        If the name ``last`` stands at several sections in a row, the part has all of them. Raises
        `NotFound` for a name that is not there, `JobError` if ``last`` comes before ``first``.
        """
        for name in (self.first, self.last):
            if name not in sections:
                raise no_section(name, sections)
        start = sections.index(self.first)
        if self.last not in sections[start:]:
            raise JobError(
                "section {last!r} comes before {first!r}: write {last}..{first}",
                first=self.first,
                last=self.last,
            )
        end = sections.index(self.last, start)
        while end + 1 < len(sections) and sections[end + 1] == self.last:
            end += 1
        return range(start, end + 1)
