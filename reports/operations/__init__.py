"""Operations of reports."""

from .plans import end_plan, set_plan
from .reports import (
    approve_report,
    file_counting,
    issue_report,
    prepare_report,
    recount_report,
    return_report,
    revise_report,
    withdraw_report,
)
from .styles import set_style
from .taking import take_workbook

__all__ = [
    "approve_report",
    "end_plan",
    "file_counting",
    "issue_report",
    "prepare_report",
    "recount_report",
    "return_report",
    "revise_report",
    "set_plan",
    "set_style",
    "take_workbook",
    "withdraw_report",
]
