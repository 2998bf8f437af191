"""Bits as in H.264: fixed length, exp-Golomb, and escaped where they look like a start code."""

from __future__ import annotations

import re

_START = re.compile(rb"\x00{2,3}\x01")
_LIKE_A_START = re.compile(rb"\x00\x00(?=[\x00-\x03])")


def units(stream: bytes) -> list[bytes]:
    """The NAL units of a byte stream (Annex B), without their start codes."""
    return [unit for unit in _START.split(stream) if unit]


def unescaped(unit: bytes) -> bytes:
    """The unit without its emulation prevention bytes."""
    return unit.replace(b"\0\0\3", b"\0\0")


def escaped(unit: bytes) -> bytes:
    """The unit with a byte 3 wherever two zeros are followed by 0, 1, 2 or 3."""
    return _LIKE_A_START.sub(b"\0\0\3", unit)


class BitReader:
    """Reads bits, beginning with the highest of the first byte; raises `EOFError` at the end."""

    def __init__(self, data: bytes) -> None:
        self._value, self._size = int.from_bytes(data, "big"), 8 * len(data)
        self.position = 0

    def u(self, count: int) -> int:
        """An unsigned number of `count` bits."""
        self.position += count
        if self.position > self._size:
            raise EOFError
        return self._value >> (self._size - self.position) & ((1 << count) - 1)

    def ue(self) -> int:
        """An unsigned exp-Golomb number: after n zeros and a one come n more bits."""
        zeros = 0
        while not self.u(1):
            zeros += 1
        return (1 << zeros) - 1 + self.u(zeros)

    def se(self) -> int:
        """A signed exp-Golomb number: 0, 1, -1, 2, -2 …"""
        half, even = divmod(self.ue() + 1, 2)
        return -half if even else half


class BitWriter:
    """Appends bits, the highest first."""

    def __init__(self) -> None:
        self._value, self._size = 0, 0

    def u(self, value: int, count: int) -> None:
        """An unsigned number of `count` bits."""
        self._value = self._value << count | value
        self._size += count

    def ue(self, value: int) -> None:
        """An unsigned exp-Golomb number."""
        self.u(value + 1, 2 * (value + 1).bit_length() - 1)

    def se(self, value: int) -> None:
        """A signed exp-Golomb number."""
        self.ue(2 * value - 1 if value > 0 else -2 * value)

    def align(self) -> None:
        """Append ones up to a whole byte."""
        count = -self._size % 8
        self.u((1 << count) - 1, count)

    def trailed(self) -> bytes:
        """All bits, then a one, then zeros up to a whole byte (RBSP trailing bits)."""
        self.u(1, 1)
        return self.padded()

    def padded(self) -> bytes:
        """All bits, then zeros up to a whole byte."""
        self.u(0, -self._size % 8)
        return self._value.to_bytes(self._size // 8, "big")
