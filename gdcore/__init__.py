"""Numbers of gradient descent: data, objectives, update rules, traces, theory. Needs only NumPy."""

from gdcore.arrival import first_arrival
from gdcore.data import HEIGHTS, LECTURE, NOISY, DataError, Dataset, parse_data, random_line
from gdcore.descent import descend
from gdcore.export import csv_rows, rows, to_json
from gdcore.landscapes import LANDSCAPES, Landscape
from gdcore.least_squares import LeastSquares
from gdcore.objective import Objective
from gdcore.outcome import Arrival, Fault, Outcome, arrival, fault, outcome
from gdcore.rules import RULES, Rule, parse_rule
from gdcore.sampling import ORDERS, Sampling
from gdcore.schedules import SCHEDULES, Schedule, parse_schedule
from gdcore.suited import suited_rate, suited_start, working_rate
from gdcore.theory import (
    Spread,
    Thresholds,
    calm_rate,
    condition_number,
    contraction,
    limit_cycle,
    region_of_confusion,
    sgd_factors,
    stationary_spread,
    steepest,
    thresholds,
)
from gdcore.trace import Trace
from gdcore.transient import settled_after, transient
from gdcore.zigzag import (
    Causes,
    ZigZag,
    cost_rises,
    distance,
    loss_rises,
    retreat_causes,
    retreats,
    reversal_causes,
    reversals,
    zigzag_cause,
)

__all__ = [
    "HEIGHTS",
    "LANDSCAPES",
    "LECTURE",
    "NOISY",
    "ORDERS",
    "RULES",
    "SCHEDULES",
    "Arrival",
    "Causes",
    "DataError",
    "Dataset",
    "Fault",
    "Landscape",
    "LeastSquares",
    "Objective",
    "Outcome",
    "Rule",
    "Sampling",
    "Schedule",
    "Spread",
    "Thresholds",
    "Trace",
    "ZigZag",
    "arrival",
    "calm_rate",
    "condition_number",
    "contraction",
    "cost_rises",
    "csv_rows",
    "descend",
    "distance",
    "fault",
    "first_arrival",
    "limit_cycle",
    "loss_rises",
    "outcome",
    "parse_data",
    "parse_rule",
    "parse_schedule",
    "random_line",
    "region_of_confusion",
    "retreat_causes",
    "retreats",
    "reversal_causes",
    "reversals",
    "rows",
    "settled_after",
    "sgd_factors",
    "stationary_spread",
    "steepest",
    "suited_rate",
    "suited_start",
    "thresholds",
    "to_json",
    "transient",
    "working_rate",
    "zigzag_cause",
]
