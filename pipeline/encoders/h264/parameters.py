"""Reads H.264's parameter sets, which describe the pictures that follow (ITU-T H.264, 7.3.2)."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.encoders.h264.bits import BitReader, unescaped, units

SPS, PPS = 7, 8  # types of NAL units
BASELINE, MAIN, HIGH = 66, 77, 100


class Unsupported(Exception):
    """The stream uses features that are not supported here."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """The values of the parameter sets that a skipped picture depends on.

    Pictures contain their place in output order (in `order_bits` bits) only if that differs from
    decoding order. `quantiser` is the default, which a slice can change.
    """

    number_bits: int
    order_bits: int
    macroblocks: int
    cabac: bool
    quantiser: int
    filter_control: bool

    @classmethod
    def of(cls, headers: bytes) -> Syntax:
        """Read from SPS and PPS as a byte stream; raises `Unsupported` unless all is as assumed.

        Assumed are frames, one slice header for all P pictures, and one reference in each list.
        """
        sets = {unit[0] & 31: BitReader(unescaped(unit[1:])) for unit in units(headers)}
        try:
            return cls(*_sequence(sets[SPS]), *_picture(sets[PPS]))
        except (KeyError, EOFError) as error:
            raise Unsupported("parameter sets are missing or incomplete") from error


def expect(field: str, so: bool) -> None:
    """Raises `Unsupported` unless `so`."""
    if not so:
        raise Unsupported(f"{field} is not as assumed")


def _sequence(sps: BitReader) -> tuple[int, int, int]:
    """From the sequence parameter set: the sizes of two numbers, and macroblocks of a picture."""
    profile = sps.u(8)
    sps.u(16)  # constraints, level
    expect("profile", profile in (BASELINE, MAIN, HIGH))
    expect("seq_parameter_set_id", sps.ue() == 0)
    if profile == HIGH:
        expect("chroma_format_idc", sps.ue() == 1)
        expect("bit_depth", sps.ue() == sps.ue() == 0)
        expect("qpprime_y_zero_transform_bypass_flag", not sps.u(1))
        expect("seq_scaling_matrix_present_flag", not sps.u(1))
    number_bits = sps.ue() + 4
    order = sps.ue()
    expect("pic_order_cnt_type", order in (0, 2))
    order_bits = sps.ue() + 4 if order == 0 else 0
    # B pictures are shown before one of the pictures that they refer to, so there are two: one
    # before and one after. Otherwise there is one.
    expect("max_num_ref_frames", sps.ue() == (2 if order_bits else 1))
    expect("gaps_in_frame_num_value_allowed_flag", not sps.u(1))
    macroblocks = (sps.ue() + 1) * (sps.ue() + 1)
    expect("frame_mbs_only_flag", bool(sps.u(1)))
    return number_bits, order_bits, macroblocks


def _picture(pps: BitReader) -> tuple[bool, int, bool]:
    """From the picture parameter set: CABAC or not, quantiser, whether slices set the filter."""
    expect("pic_parameter_set_id", pps.ue() == 0)
    expect("seq_parameter_set_id", pps.ue() == 0)
    cabac = bool(pps.u(1))
    expect("bottom_field_pic_order_in_frame_present_flag", not pps.u(1))
    expect("num_slice_groups_minus1", pps.ue() == 0)
    expect("num_ref_idx_l0_default_active_minus1", pps.ue() == 0)
    expect("num_ref_idx_l1_default_active_minus1", pps.ue() == 0)
    expect("weighted_pred_flag", not pps.u(1))
    pps.u(2)  # weighted_bipred_idc
    quantiser = 26 + pps.se()
    pps.se()  # QP of SP slices
    pps.se()  # the difference for chroma
    filter_control = bool(pps.u(1))
    pps.u(1)  # constrained_intra_pred_flag
    expect("redundant_pic_cnt_present_flag", not pps.u(1))
    return cabac, quantiser, filter_control
