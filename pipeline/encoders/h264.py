"""H.264 pictures that are equal to the one before, and their place among the others.

A P slice (ITU-T H.264, 7.3.3) in which every macroblock is skipped says nothing but that. Clauses
8.4.1.1 and 8.7: no motion is predicted beside macroblocks without any, and nothing is filtered
between them, so what is decoded equals the picture before, bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass

from .bits import BitReader, BitWriter, escaped, unescaped, units

P_SLICE, SPS, PPS = 1, 7, 8  # types of NAL units; 1 is any slice but an IDR picture's
BASELINE, MAIN = 66, 77
REFERENCE = 2 << 5  # nal_ref_idc as x264 writes it for a P picture
START = b"\0\0\0\1"


class Unforeseen(Exception):
    """The stream is not of the simple kind that is understood here."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """What of the parameter sets decides how a skipped picture is written."""

    frame_num_bits: int
    macroblocks: int
    filter_control: bool

    @classmethod
    def of(cls, headers: bytes) -> Syntax:
        """Read from SPS and PPS as a byte stream; raises `Unforeseen` unless all is as assumed.

        Assumed is one slice header for all P pictures: frames, CAVLC, output in decoding order.
        """
        sets = {unit[0] & 31: BitReader(unescaped(unit[1:])) for unit in units(headers)}
        try:
            bits, macroblocks = _sequence(sets[SPS])
            return cls(bits, macroblocks, _filter_control(sets[PPS]))
        except (KeyError, EOFError) as error:
            raise Unforeseen("parameter sets are missing or cut") from error


def _sequence(sps: BitReader) -> tuple[int, int]:
    """Of the sequence parameter set: bits of frame_num, and macroblocks of a picture."""
    profile = sps.u(8)
    sps.u(16)  # constraints, level
    _expect("profile", profile in (BASELINE, MAIN))
    _expect("seq_parameter_set_id", sps.ue() == 0)
    bits = sps.ue() + 4
    _expect("pic_order_cnt_type", sps.ue() == 2)
    _expect("max_num_ref_frames", sps.ue() == 1)
    _expect("gaps_in_frame_num_value_allowed_flag", not sps.u(1))
    macroblocks = (sps.ue() + 1) * (sps.ue() + 1)
    _expect("frame_mbs_only_flag", bool(sps.u(1)))
    return bits, macroblocks


def _filter_control(pps: BitReader) -> bool:
    """Of the picture parameter set: whether slices say how they are deblocked."""
    _expect("pic_parameter_set_id", pps.ue() == 0)
    _expect("seq_parameter_set_id", pps.ue() == 0)
    _expect("entropy_coding_mode_flag", not pps.u(1))
    _expect("bottom_field_pic_order_in_frame_present_flag", not pps.u(1))
    _expect("num_slice_groups_minus1", pps.ue() == 0)
    _expect("num_ref_idx_l0_default_active_minus1", pps.ue() == 0)
    pps.ue()  # the same of B slices
    _expect("weighted_pred_flag", not pps.u(1))
    pps.u(2)  # weighted_bipred_idc
    for _ in range(3):
        pps.ue()  # QP of P and of SP slices, and how much chroma's differs: signed, as long
    filter_control = bool(pps.u(1))
    pps.u(1)  # constrained_intra_pred_flag
    _expect("redundant_pic_cnt_present_flag", not pps.u(1))
    return filter_control


def _expect(field: str, so: bool) -> None:
    if not so:
        raise Unforeseen(f"{field} is not as assumed")


def skipped(syntax: Syntax, place: int) -> bytes:
    """The picture at `place` after the IDR picture, equal to the one before, as a byte stream."""
    bits = BitWriter()
    bits.u(REFERENCE | P_SLICE, 8)
    bits.ue(0)  # first_mb_in_slice
    bits.ue(5)  # slice_type: P, as all slices of this picture
    bits.ue(0)  # pic_parameter_set_id
    bits.u(place % (1 << syntax.frame_num_bits), syntax.frame_num_bits)
    bits.u(0, 3)  # one reference, in its order, marked as ever
    bits.ue(0)  # slice_qp_delta
    if syntax.filter_control:
        bits.ue(1)  # disable_deblocking_filter_idc: there is nothing to filter
    bits.ue(syntax.macroblocks)  # mb_skip_run
    return START + escaped(bits.trailed())


def numbered(syntax: Syntax, picture: bytes, place: int) -> bytes:
    """`picture`, a byte stream, with the frame_num of `place` after the IDR picture.

    frame_num counts the reference pictures since then, and all pictures are such.
    """
    slices = units(picture)
    if len(slices) != 1 or slices[0][0] != REFERENCE | P_SLICE:
        raise Unforeseen("a P picture is not one reference slice")
    data = unescaped(slices[0])
    bits = BitReader(data[:16])
    bits.u(8)
    _expect("first_mb_in_slice", bits.ue() == 0)
    bits.ue()  # slice_type: P or I, alike as far as this
    _expect("pic_parameter_set_id", bits.ue() == 0)
    change = bits.u(syntax.frame_num_bits) ^ place % (1 << syntax.frame_num_bits)
    value = int.from_bytes(data, "big") ^ change << (8 * len(data) - bits.position)
    return START + escaped(value.to_bytes(len(data), "big"))
