"""Who may give after-school services at schools: chosen in a dated selection by two persons, valid for its days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from afterschool.enums import ProviderKind, SelectionState
from foundation.accounts.models import User
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope
from foundation.regions.models import Jurisdiction
from funds.models.proposals import Proposal, proposal_constraints
from institutions.models import Institution
from institutions.public_ids import new_public_id

from .scoped import BureauRowsQuerySet


class Provider(models.Model):
    """A training institution of the register, or a social organisation with a credit code of its own."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="遴选单位", on_delete=models.PROTECT)
    kind = models.CharField("种类", max_length=12, choices=ProviderKind.choices)
    institution = models.ForeignKey(
        Institution,
        verbose_name="名录中的机构",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="afterschool_providers",
    )
    name = models.CharField("名称", max_length=120)
    credit_code = models.CharField("统一社会信用代码", max_length=18)
    services = models.CharField("服务内容", max_length=200, blank=True)
    added_at = models.DateTimeField("登记时间")

    objects = BureauRowsQuerySet.as_manager()

    class Meta:
        verbose_name = "服务机构"
        verbose_name_plural = "服务机构"
        constraints = [
            one_of("kind", ProviderKind, name="provider_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=ProviderKind.INSTITUTION) ^ Q(institution__isnull=True),
                name="provider_institution_named",
                violation_error_message="校外培训机构应从名录中选择，社会组织不选。",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "credit_code"],
                name="provider_code_once",
                violation_error_message="本单位已登记这个统一社会信用代码的服务机构。",
            ),
            models.UniqueConstraint(
                fields=["jurisdiction", "institution"],
                name="provider_institution_once",
                violation_error_message="本单位已登记这家机构。",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(credit_code=""),
                name="provider_has_name",
                violation_error_message="请填写名称和统一社会信用代码。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SelectionRound(models.Model):
    """One open selection (遴选) of a bureau: when its result was made known, by which document."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="遴选单位", on_delete=models.PROTECT)
    name = models.CharField("批次", max_length=80)
    selected_on = models.DateField("遴选日期")
    basis = models.CharField("依据文件", max_length=120, blank=True)
    recorded_at = models.DateTimeField("登记时间")

    objects = BureauRowsQuerySet.as_manager()

    class Meta:
        verbose_name = "遴选批次"
        verbose_name_plural = "遴选批次"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"],
                name="selection_round_name_once",
                violation_error_message="本单位已有同名的遴选批次。",
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="selection_round_has_name", violation_error_message="请填写批次名称。"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SelectionQuerySet(BureauRowsQuerySet):
    def in_force(self, on: date, known_at: datetime | None = None) -> SelectionQuerySet:
        """Approved selections that cover a day and were not left by then, as known at an instant (default: now)."""
        rows = self.filter(state__in=[SelectionState.APPROVED, SelectionState.ENDED])
        rows = rows.filter(starts_on__lte=on, ends_on__gte=on)
        stays = Q(exited_on__isnull=True) | Q(exited_on__gt=on)
        if known_at is None:
            return rows.filter(stays)
        return rows.filter(stays | Q(exited_at__gt=known_at), decided_at__lte=known_at)


class Selection(Proposal):
    """One provider in one selection: proposed, decided by another person, valid for its days, left with a reason.

    ``public_id``: random, so that nobody walks through the selections by counting.

    ``doubts`` are the sentences that spoke against it when it was proposed; ``overruled`` is why it was proposed
    all the same.
    """

    SCOPE = Scope("provider__jurisdiction_id")

    provider = models.ForeignKey(Provider, verbose_name="服务机构", on_delete=models.PROTECT, related_name="selections")
    round = models.ForeignKey(
        SelectionRound, verbose_name="遴选批次", on_delete=models.PROTECT, related_name="selections"
    )
    public_id = models.CharField("公开编号", max_length=12, unique=True, default=new_public_id, editable=False)
    state = models.CharField("状态", max_length=10, choices=SelectionState.choices, default=SelectionState.PROPOSED)
    starts_on = models.DateField("有效期起")
    ends_on = models.DateField("有效期止")
    doubts = models.CharField("提醒", max_length=300, blank=True)
    overruled = models.CharField("仍然提请的理由", max_length=300, blank=True)
    exited_on = models.DateField("退出日期", null=True, blank=True)
    exited_at = models.DateTimeField("退出登记时间", null=True, blank=True)
    exited_by = models.ForeignKey(
        User, verbose_name="退出登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    exit_reason = models.CharField("退出理由", max_length=300, blank=True)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        verbose_name = "遴选"
        verbose_name_plural = "遴选"
        constraints = [
            *proposal_constraints(
                "selection",
                ends=True,
                subject="provider",
                states=SelectionState,
                one_open="该服务机构已有一项待审核的提请。",
            ),
            models.UniqueConstraint(
                fields=["provider", "round"],
                condition=~Q(state=SelectionState.REFUSED),
                name="selection_once_a_round",
                violation_error_message="该服务机构已在这个批次中。",
            ),
            ordered("starts_on", "ends_on", name="selection_period_ordered", message="有效期止不能早于有效期起。"),
            models.CheckConstraint(
                condition=Q(doubts="") | ~Q(overruled=""),
                name="selection_doubt_overruled",
                violation_error_message="有提醒的，请写明仍然提请的理由。",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=SelectionState.ENDED, exited_on__isnull=False, exited_at__isnull=False)
                    & Q(exited_by__isnull=False, exited_on__gte=models.F("starts_on"))
                    & ~Q(exit_reason="")
                )
                | (
                    ~Q(state=SelectionState.ENDED)
                    & Q(exited_on__isnull=True, exited_at__isnull=True, exited_by__isnull=True, exit_reason="")
                ),
                name="selection_exit_has_reason",
                violation_error_message="退出须写明日期和理由，且不早于有效期起。",
            ),
        ]
        indexes = [models.Index(fields=["provider", "starts_on", "ends_on"], name="selection_by_days")]

    def __str__(self) -> str:
        return f"{self.provider} · {self.round}"
