"""Which plural form a number takes, by the rules of CLDR that each language's table quotes.

Babel knows the rules of all languages, but it is 33 MB and takes 40 ms to start. Here each table
holds the rules of its own language, copied from CLDR.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

OTHER = "other"  # the form of all numbers that no rule names; every language has it
_NUMBER = re.compile(r"\d+(\.\d+)?")
_RELATION = re.compile(r"([niftvwec])(?: % (\d+))? (!?=) (\d[\d.,]*)")


def category(number: str, rules: Mapping[str, str]) -> str:
    """The name of the first rule that is true for ``number``, a text; "other" if none is.

    A text that is not a plain number (a list such as "3, 1", a power of ten) is "other".

    Raises ValueError for a rule that is not written as CLDR writes it.
    """
    plain = "".join(number.split())  # "1 000" is one number
    if not _NUMBER.fullmatch(plain):
        return OTHER
    operands = _operands(plain)
    return next((name for name, rule in rules.items() if _holds(rule, operands)), OTHER)


def check(rules: Mapping[str, str]) -> None:
    """Raises ValueError for a rule that is not written as CLDR writes it."""
    for rule in rules.values():
        for relation in re.split(" or | and ", rule):
            _parsed(relation)


def _operands(number: str) -> dict[str, float]:
    """The operands of CLDR's rules by name: the value, and its digits after the point."""
    whole, _, decimals = number.partition(".")
    kept = decimals.rstrip("0")
    return {
        "n": float(number),
        "i": int(whole),
        "v": len(decimals),
        "w": len(kept),
        "f": int(decimals or 0),
        "t": int(kept or 0),
        "e": 0,  # the exponent of "2 million"; no film uses it
        "c": 0,
    }


def _holds(rule: str, operands: Mapping[str, float]) -> bool:
    return any(
        all(_relation_holds(relation, operands) for relation in condition.split(" and "))
        for condition in rule.split(" or ")
    )


def _relation_holds(relation: str, operands: Mapping[str, float]) -> bool:
    operand, divisor, sign, ranges = _parsed(relation)
    value = operands[operand] % int(divisor) if divisor else operands[operand]
    inside = any(_within(value, span) for span in ranges.split(","))
    return inside == (sign == "=")


def _within(value: float, span: str) -> bool:
    """Whether a whole ``value`` is in a span such as "2..4" or "1"."""
    low, _, high = span.partition("..")
    return value == int(value) and int(low) <= value <= int(high or low)


def _parsed(relation: str) -> tuple[str, str | None, str, str]:
    """Operand, divisor, sign and ranges of a relation such as "i % 100 != 12..14"."""
    if not (found := _RELATION.fullmatch(relation.strip())):
        raise ValueError(f"{relation!r} is no relation of a CLDR plural rule")
    operand, divisor, sign, ranges = found.groups()
    return operand, divisor, sign, ranges
