"""A CMYK output profile small enough to write by hand: an ICC 2 file with coarse tables, for tests only."""

from __future__ import annotations

import struct
from functools import cache
from itertools import product


def _lut8(inputs: int, outputs: int, grid: int, table: bytes) -> bytes:
    """Returns an mft1 tag (ICC.1:2001, 6.5.8) with straight curves."""
    matrix = struct.pack(">9i", *(65536 if place in (0, 4, 8) else 0 for place in range(9)))
    straight = bytes(range(256))
    head = b"mft1" + bytes(4) + bytes((inputs, outputs, grid, 0)) + matrix
    return head + straight * inputs + table + straight * outputs


def _to_lab(cyan: float, magenta: float, yellow: float, black: float) -> bytes:
    light = max(0.0, 1 - black - (cyan + magenta + yellow) / 4)
    a, b = 128 + 90 * (magenta - cyan), 128 + 90 * (yellow - (cyan + magenta) / 2)
    return bytes((round(255 * light), max(0, min(255, round(a))), max(0, min(255, round(b)))))


def _from_lab(light: float, a: float, b: float) -> bytes:
    magenta, cyan = max(0.0, 2 * a - 1), max(0.0, 1 - 2 * a)
    return bytes(round(255 * part * 0.6) for part in (cyan, magenta, max(0.0, 2 * b - 1), 1 - light))


@cache
def cmyk_profile() -> bytes:
    there = _lut8(4, 3, 2, b"".join(_to_lab(*node) for node in product((0, 1), repeat=4)))
    back = _lut8(3, 4, 9, b"".join(_from_lab(*node) for node in product([step / 8 for step in range(9)], repeat=3)))
    white = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
    text = b"text" + bytes(4) + b"for tests\x00"
    name = b"desc" + bytes(4) + struct.pack(">I", 10) + b"for tests\x00" + bytes(78)
    tags = {b"desc": name, b"cprt": text, b"wtpt": white, b"A2B0": there, b"B2A0": back}
    table, body, at = struct.pack(">I", len(tags)), b"", 132 + 12 * len(tags)
    for tag, data in tags.items():
        data += bytes(-len(data) % 4)
        table += tag + struct.pack(">II", at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"test", 0x02400000, b"prtr", b"CMYK", b"Lab ")
    head += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body
