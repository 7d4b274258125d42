"""监管银行: which banks a bureau looked at, which it chose, which left."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.accounts.enums import Can, OrganKind
from foundation.accounts.models import Organ
from foundation.core.actor import Actor
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of
from foundation.core.history import DatedEvent, withdrawal_replaces_something
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from funds.enums import BankStatus


def upward(jurisdictions: models.QuerySet[Jurisdiction]) -> Q:
    """The condition that a row belongs to one of these bureaus or to one above it."""
    return (
        Q(jurisdiction__in=jurisdictions)
        | Q(jurisdiction__in=jurisdictions.values("parent"))
        | Q(jurisdiction__in=jurisdictions.values("parent__parent"))
    )


class BankQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> BankQuerySet:
        """Banks of the actor's bureaus and of those above them, whose choice holds below; for who sees funds."""
        if not actor.scope or not actor.can(Can.VIEW_FUNDS):
            return self.none()
        return self.filter(upward(Jurisdiction.objects.filter(pk__in=actor.scope)))

    def serving(self, jurisdiction: Jurisdiction) -> BankQuerySet:
        """Banks that institutions of a county may choose: chosen by its own bureau or by one above."""
        own = Jurisdiction.objects.filter(pk=jurisdiction.pk)
        return self.filter(upward(own), status=BankStatus.SELECTED)


class Bank(models.Model):
    """One bank in the directory of one bureau. ``status`` is the newest dated event's, kept here for lists."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="遴选单位", on_delete=models.PROTECT)
    organ = models.ForeignKey(
        Organ,
        verbose_name="银行工作台单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": OrganKind.BANK},
        related_name="+",
        help_text="该银行在本系统有经办人的，选择其单位；经办人只看到本行的账户和协议。",
    )
    name = models.CharField("银行名称", max_length=100)
    city = models.CharField("所在城市", max_length=40, blank=True)
    contact = models.CharField("联系人", max_length=60, blank=True)
    phone = SealedTextField("联系电话", blank=True)
    status = models.CharField("遴选状态", max_length=10, choices=BankStatus.choices, default=BankStatus.CANDIDATE)
    added_at = models.DateTimeField("登记时间")

    objects = BankQuerySet.as_manager()

    class Meta:
        verbose_name = "监管银行"
        verbose_name_plural = "监管银行"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], name="bank_name_once", violation_error_message="已登记同名银行。"
            ),
            one_of("status", BankStatus, name="bank_status_known"),
            models.CheckConstraint(
                condition=~Q(name=""), name="bank_has_name", violation_error_message="请填写银行名称。"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BankStatusEvent(DatedEvent):
    """From ``effective_on`` the bank is 候选, 入选 or 退出, by a document where there is one."""

    SUBJECT = ("bank_id",)

    bank = models.ForeignKey(Bank, verbose_name="银行", on_delete=models.PROTECT, related_name="status_events")
    status = models.CharField("遴选状态", max_length=10, choices=BankStatus.choices)
    reason = models.CharField("理由", max_length=300)
    basis = models.CharField("依据文件", max_length=120, blank=True)

    class Meta:
        verbose_name = "遴选记录"
        verbose_name_plural = "遴选记录"
        constraints = [
            one_of("status", BankStatus, name="bank_event_status_known"),
            withdrawal_replaces_something("bank_event_withdrawal_replaces"),
        ]
        indexes = [models.Index(fields=["bank", "-effective_on", "-recorded_at"], name="bank_event_chain")]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.get_status_display()}"
