"""Writes H.264 pictures that equal the one before, and renumbers x264's own pictures after them.

In the P slice of such a picture (ITU-T H.264, 7.3.3) every macroblock is skipped. Then no motion is
predicted (clause 8.4.1.1) and nothing is filtered (8.7), so the decoded picture equals its
reference, the picture before, bit for bit.
"""

from __future__ import annotations

from functools import cache

from pipeline.encoders.h264.bits import BitReader, BitWriter, escaped, unescaped, units
from pipeline.encoders.h264.parameters import Syntax, Unsupported, expect

P_SLICE = 1  # the type of a NAL unit: a slice of any picture except an IDR picture
REFERENCE = 2 << 5  # nal_ref_idc as x264 writes it for a P picture
START = b"\0\0\0\1"
P, B, INTRA = range(3)  # slice_type modulo 5

# With these values mb_skip_flag begins in state 44 (9.3.1.1), where a skip costs almost no bits.
# Nothing is coded, so the quantiser has no other effect.
CABAC_INIT_IDC, QUANTISER = 2, 51

# Table 9-44 from that state on: the part of the range for the less probable symbol.
RANGES = (
    (14, 18, 21, 24), (14, 17, 20, 23), (13, 16, 19, 22), (12, 15, 18, 21), (12, 14, 17, 20),
    (11, 14, 16, 19), (11, 13, 15, 18), (10, 12, 15, 17), (10, 12, 14, 16), (9, 11, 13, 15),
    (9, 11, 12, 14), (8, 10, 12, 14), (8, 9, 11, 13), (7, 9, 11, 12), (7, 9, 10, 12),
    (7, 8, 10, 11), (6, 8, 9, 11), (6, 7, 9, 10), (6, 7, 8, 9),
)  # fmt: skip


def skipped(syntax: Syntax, references: int, place: int) -> bytes:
    """The picture at `place` after the IDR picture, equal to the one before, as a byte stream.

    `references` reference pictures come before it, the IDR picture included. It is also one.
    """
    bits = _slice_header(syntax, references, place)
    if syntax.cabac:
        bits.align()
        bits.u(*_arithmetic(syntax.macroblocks))
        return START + escaped(bits.padded())
    bits.ue(syntax.macroblocks)  # mb_skip_run
    return START + escaped(bits.trailed())


def _slice_header(syntax: Syntax, references: int, place: int) -> BitWriter:
    """The header of a slice that has only skipped macroblocks."""
    bits = BitWriter()
    bits.u(REFERENCE | P_SLICE, 8)
    bits.ue(0)  # first_mb_in_slice
    bits.ue(5 + P)  # slice_type, as of all slices of this picture
    bits.ue(0)  # pic_parameter_set_id
    bits.u(references % (1 << syntax.number_bits), syntax.number_bits)  # frame_num
    bits.u(2 * place % (1 << syntax.order_bits), syntax.order_bits)  # pic_order_cnt_lsb, if any
    bits.u(0, 3)  # one reference, in the default order, marked in the default way
    if syntax.cabac:
        bits.ue(CABAC_INIT_IDC)
    bits.se(QUANTISER - syntax.quantiser if syntax.cabac else 0)  # slice_qp_delta
    if syntax.filter_control:
        bits.ue(1)  # disable_deblocking_filter_idc: there is nothing to filter
    return bits


@cache
def _arithmetic(macroblocks: int) -> tuple[int, int]:
    """The slice's arithmetic code, stop bit included: its value, and its number of bits.

    It codes mb_skip_flag and end_of_slice_flag for each macroblock (9.3.4.2, 9.3.4.5). Every symbol
    except the last is the probable one, so the lower bound of the interval stays 0 until then.
    Each doubling of the range adds one bit.
    """
    span, bits = 510, 9
    for k in range(macroblocks):
        if span < 256:
            span, bits = 2 * span, bits + 1
        span -= RANGES[min(k, len(RANGES) - 1)][span >> 6 & 3]
        if span < 256:
            span, bits = 2 * span, bits + 1
        span -= 2
    return span | 1, bits


def renumbered(syntax: Syntax, picture: bytes, skips: int) -> tuple[bytes, bool]:
    """`picture`, a byte stream, with numbers for `skips` skipped pictures more before it.

    Also returns whether it is a reference picture. Skipped pictures are, so frame_num counts them.
    """
    slices = units(picture)
    if len(slices) != 1 or slices[0][0] & 31 != P_SLICE:
        raise Unsupported("a picture is not one slice")
    data = unescaped(slices[0])
    bits = BitReader(data[:16])
    reference = bits.u(8) > P_SLICE
    expect("first_mb_in_slice", bits.ue() == 0)
    kind = bits.ue() % 5
    expect("pic_parameter_set_id", bits.ue() == 0)
    change = _change(bits, syntax.number_bits, skips) << syntax.order_bits
    change |= _change(bits, syntax.order_bits, 2 * skips)
    place = 8 * len(data) - bits.position
    _expect_one_reference(bits, kind, reference)
    value = int.from_bytes(data, "big") ^ change << place
    return START + escaped(value.to_bytes(len(data), "big")), reference


def _change(bits: BitReader, size: int, more: int) -> int:
    """Which of the next `size` bits change if `more` is added to their number."""
    number = bits.u(size)
    return number ^ (number + more) % (1 << size)


def _expect_one_reference(bits: BitReader, kind: int, reference: bool) -> None:
    """Raises `Unsupported` unless the slice refers only to the pictures beside it."""
    if kind == B:
        bits.u(1)  # direct_spatial_mv_pred_flag
    if kind != INTRA:
        expect("num_ref_idx_active_override_flag", not bits.u(1))
        expect("ref_pic_list_modification_flag_l0", not bits.u(1))
    if kind == B:
        expect("ref_pic_list_modification_flag_l1", not bits.u(1))
    if reference:
        expect("adaptive_ref_pic_marking_mode_flag", not bits.u(1))
