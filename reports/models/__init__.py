"""What reports keep: how rates are printed, reports as they were counted, and when the next ones are due."""

from .plans import ReportPlan
from .reports import Counting, Report, ReportLine
from .styles import MOST_PLACES, RatioStyle

__all__ = ["MOST_PLACES", "Counting", "RatioStyle", "Report", "ReportLine", "ReportPlan"]
