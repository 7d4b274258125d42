"""What a line of the bank is for the books: exactly one meaning a line, exactly one line a payment, release, refund."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from banking.enums import OPEN_MEANINGS, Means
from contracts.models import Payment
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from funds.models import SupervisedAccount
from ledger.models import Entry
from payouts.models import Refund, Release

from .files import OF_ACCOUNT, BankLine, OfAccountQuerySet

ABOUT = ("payment", "release", "refund")
#: Which of them each meaning names.
NAMES = {Means.DEPOSIT: "payment", Means.RELEASE: "release", Means.REFUND: "refund"}


def _names_its_own() -> Q:
    """Each meaning names what it is about and nothing else."""
    nothing = {f"{name}__isnull": True for name in ABOUT}
    rest = Q(means__in=[kind for kind in Means if kind not in NAMES], **nothing)
    for kind, about in NAMES.items():
        rest |= Q(means=kind, **(nothing | {f"{about}__isnull": False}))
    return rest


class LineMeaning(models.Model):
    """``entry`` is the posting that rests on the line itself (fee, interest, unexplained); a payment's, a release's
    and a refund's are their own. A line that is understood later takes its unexplained posting back by a reversal.
    """

    SCOPE = Scope(
        "line__account__institution__jurisdiction_id",
        division="line__account__institution__division_id",
        category="line__account__institution__category",
        withdrawn="line__account__institution__withdrawn_at",
    )

    line = models.OneToOneField(
        BankLine, verbose_name="银行明细", on_delete=models.PROTECT, primary_key=True, related_name="meaning"
    )
    means = models.CharField("含义", max_length=12, choices=Means.choices)
    payment = models.OneToOneField(
        Payment, verbose_name="缴费", on_delete=models.PROTECT, null=True, blank=True, related_name="bank_line"
    )
    release = models.OneToOneField(
        Release, verbose_name="核拨", on_delete=models.PROTECT, null=True, blank=True, related_name="bank_line"
    )
    refund = models.OneToOneField(
        Refund, verbose_name="退费", on_delete=models.PROTECT, null=True, blank=True, related_name="bank_line"
    )
    entry = models.OneToOneField(
        Entry, verbose_name="分录", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refusal = models.CharField("未能记账的原因", max_length=300, blank=True)
    settled_at = models.DateTimeField("认定时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "明细的含义"
        verbose_name_plural = "明细的含义"
        constraints = [
            one_of("means", Means, name="line_meaning_known"),
            models.CheckConstraint(
                condition=_names_its_own(),
                name="line_meaning_names_its_own",
                violation_error_message="明细的含义须指明对应的缴费、核拨或退费，且只有一项。",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=False, means__in=(Means.FEE, Means.INTEREST, Means.UNEXPLAINED))
                | Q(entry__isnull=True, means__in=(*NAMES, Means.UNPOSTED)),
                name="line_meaning_posts_its_own",
                violation_error_message="手续费、利息和待查须有分录，其他含义没有自己的分录。",
            ),
            models.CheckConstraint(
                condition=(Q(means=Means.UNPOSTED) & ~Q(refusal="")) | (~Q(means=Means.UNPOSTED) & Q(refusal="")),
                name="line_meaning_says_why_not",
                violation_error_message="未能记账的须写明原因。",
            ),
        ]

    def __str__(self) -> str:
        return self.get_means_display()

    @property
    def is_open(self) -> bool:
        return self.means in OPEN_MEANINGS


class Opening(models.Model):
    """What an account had before the first day that is known, as far as the books did not know of it."""

    SCOPE = OF_ACCOUNT

    account = models.OneToOneField(
        SupervisedAccount, verbose_name="监管账户", on_delete=models.PROTECT, related_name="bank_opening"
    )
    day = models.DateField("首日")
    fen = models.BigIntegerField("账外余额(分)")
    times = models.PositiveIntegerField("记账次数", default=0)
    entry = models.OneToOneField(
        Entry, verbose_name="分录", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "期初余额"
        verbose_name_plural = "期初余额"

    def __str__(self) -> str:
        return f"{self.account} {self.day}"
