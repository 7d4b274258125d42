"""Words of fund supervision."""

from django.db.models import TextChoices

from institutions.enums import Status, SupervisionMode

__all__ = ["SupervisionMode"]

#: 应监管 begins with these: institutions that teach or will teach again.
SUPERVISED = frozenset({Status.NORMAL, Status.SUSPENDED})
#: Modes under which the money lies in the institution's own account; 风险保证金 alone holds no fees.
CUSTODY = frozenset({SupervisionMode.BY_LESSON, SupervisionMode.BY_STAGE, SupervisionMode.LARGE_FLOW})


class BankStatus(TextChoices):
    CANDIDATE = "candidate", "候选"
    SELECTED = "selected", "入选"
    WITHDRAWN = "withdrawn", "退出"
