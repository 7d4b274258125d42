"""Social supervisors: how they come into office, what they owe, what they do."""

from .candidate import Candidate, Objection
from .duty import ActivityPhoto, Feedback, Proposal, PublicityActivity
from .library import LibraryItem, LibrarySection, ReadMark
from .recruitment import Duty, Quota, Recruitment
from .supervisor import MonthlyDuty, Supervisor, YearReview
from .task import ClueTask
from .training import Attendance, Question, Quiz, QuizResult, Training

__all__ = [
    "ActivityPhoto",
    "Attendance",
    "Candidate",
    "ClueTask",
    "Duty",
    "Feedback",
    "LibraryItem",
    "LibrarySection",
    "MonthlyDuty",
    "Objection",
    "Proposal",
    "PublicityActivity",
    "Question",
    "Quiz",
    "QuizResult",
    "Quota",
    "ReadMark",
    "Recruitment",
    "Supervisor",
    "Training",
    "YearReview",
]
