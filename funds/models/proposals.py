"""What one person proposes and another decides; and the exemptions from supervision."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from foundation.accounts.models import User
from foundation.core.constraints import one_of, ordered, other_person
from funds.enums import ExemptionKind, ProposalState
from institutions.models import Institution

from .scoped import OF_INSTITUTION, FundsQuerySet


class Proposal(models.Model):
    """Asked for by one person with a reason, agreed to or refused by another; never changed afterwards."""

    state = models.CharField("状态", max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    state_at = models.DateTimeField("状态时间")
    reason = models.CharField("理由", max_length=300)
    proposed_by = models.ForeignKey(User, verbose_name="提请人", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提请时间")
    decided_by = models.ForeignKey(
        User, verbose_name="审核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    remark = models.CharField("审核意见", max_length=300, blank=True)

    class Meta:
        abstract = True


def proposal_constraints(
    prefix: str,
    *,
    ends: bool,
    subject: str = "institution",
    states: type[models.TextChoices] = ProposalState,
    one_open: str = "该机构已有一项待审核的提请。",
) -> list[models.BaseConstraint]:
    """Two persons, a decision with its instant, one open proposal a ``subject``.

    ``states`` are the app's own words for these states; their values are the same.
    """
    open_one = Q(state=ProposalState.PROPOSED)
    never = [] if ends else [_never_ended(prefix)]
    return [
        one_of("state", states, name=f"{prefix}_state_known"),
        *never,
        other_person(
            "proposed_by",
            "decided_by",
            name=f"{prefix}_two_persons",
            message="须由另一人审核，不能审核自己提请的事项。",
        ),
        models.CheckConstraint(
            condition=(open_one & Q(decided_by__isnull=True, decided_at__isnull=True))
            | (~open_one & Q(decided_by__isnull=False, decided_at__isnull=False)),
            name=f"{prefix}_decided_by_somebody",
            violation_error_message="审核须有审核人和时间。",
        ),
        models.CheckConstraint(
            condition=~Q(reason=""), name=f"{prefix}_has_reason", violation_error_message="请填写理由。"
        ),
        models.UniqueConstraint(
            fields=[subject],
            condition=open_one,
            name=f"{prefix}_one_open",
            violation_error_message=one_open,
        ),
    ]


def _never_ended(prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~Q(state=ProposalState.ENDED),
        name=f"{prefix}_never_ended",
        violation_error_message="最低余额由新的最低余额取代，不单独终止。",
    )


class ExemptionQuerySet(FundsQuerySet):
    def in_force(self, on: date, known_at: datetime | None = None) -> ExemptionQuerySet:
        """Agreed exemptions that cover a day, as known at an instant (default: as known now)."""
        rows = self.filter(decided_at__isnull=False, from_on__lte=on, until_on__gte=on)
        rows = rows.exclude(state=ProposalState.REFUSED)
        if known_at is None:
            return rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
        not_yet = Q(ended_on__isnull=True) | Q(ended_on__gt=on) | Q(ended_at__gt=known_at)
        return rows.filter(not_yet, decided_at__lte=known_at)


class Exemption(Proposal):
    """For its days the institution need not be supervised: it takes no money ahead. Ends by itself, or earlier."""

    SCOPE = OF_INSTITUTION

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="fund_exemptions"
    )
    kind = models.CharField("豁免情形", max_length=10, choices=ExemptionKind.choices)
    from_on = models.DateField("自")
    until_on = models.DateField("至")
    ended_on = models.DateField("提前终止之日", null=True, blank=True)
    ended_at = models.DateTimeField("终止登记时间", null=True, blank=True)
    end_reason = models.CharField("终止理由", max_length=300, blank=True)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = "豁免监管"
        verbose_name_plural = "豁免监管"
        constraints = [
            *proposal_constraints("exemption", ends=True),
            one_of("kind", ExemptionKind, name="exemption_kind_known"),
            ordered("from_on", "until_on", name="exemption_period_ordered", message="豁免的止日不能早于起日。"),
            models.CheckConstraint(
                condition=(
                    Q(state=ProposalState.ENDED, ended_on__isnull=False, ended_at__isnull=False) & ~Q(end_reason="")
                )
                | (~Q(state=ProposalState.ENDED) & Q(ended_on__isnull=True, ended_at__isnull=True, end_reason="")),
                name="exemption_end_has_reason",
                violation_error_message="提前终止豁免须写明日期和理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.get_kind_display()} {self.from_on}至{self.until_on}"
