"""The register's tables, one module a subject."""

from .changes import PublicChange
from .charges import DepartmentCharge
from .finding import ComparedPair, SearchEntry
from .register import FormerName, Institution, Permit, Site
from .standing import Responsible, StandingEvent, StandingPeriod, StatusEvent
from .teaching import ClassificationOpinion, Course, RedLine, StaffMember, TrainingClass
from .unlicensed import UnlicensedRound, UnlicensedSite, UnlicensedStateEvent

__all__ = [
    "ClassificationOpinion",
    "ComparedPair",
    "Course",
    "DepartmentCharge",
    "FormerName",
    "Institution",
    "Permit",
    "PublicChange",
    "RedLine",
    "Responsible",
    "SearchEntry",
    "Site",
    "StaffMember",
    "StandingEvent",
    "StandingPeriod",
    "StatusEvent",
    "TrainingClass",
    "UnlicensedRound",
    "UnlicensedSite",
    "UnlicensedStateEvent",
]
