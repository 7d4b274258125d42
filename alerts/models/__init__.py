"""Models of early warning."""

from .alerts import Alert, ScoreDay, Sign
from .runaways import Runaway, Search
from .thresholds import Threshold

__all__ = ["Alert", "Runaway", "ScoreDay", "Search", "Sign", "Threshold"]
