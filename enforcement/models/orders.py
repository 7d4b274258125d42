"""责令改正: from the notice that a party is handed to the re-check that closes it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from enforcement.enums import COUNTED, OPEN, OrderKind, OrderState, Service
from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.documents.models import Document
from foundation.photos.belonging import belongs_to
from foundation.photos.models import Photo
from foundation.regions.models import Division, Jurisdiction
from inspections.models import Campaign, Visit
from institutions.enums import Category
from institutions.models import Institution, UnlicensedSite


class Order(models.Model):
    """One notice to one party about one visit.

    ``facts`` are rows of (item code, what was found, clause). ``due_on``: by when it has to be put right, and for an
    order to stop, by when officers look again. What the party was called then stays as it was printed.
    """

    SCOPE = Scope("jurisdiction_id", division="division_id", category="category")

    kind = models.CharField("种类", max_length=10, choices=OrderKind.choices)
    on_spot = models.BooleanField("当场开具", default=False)
    visit = models.ForeignKey(Visit, verbose_name="检查记录", on_delete=models.PROTECT, related_name="orders")
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    unlicensed = models.ForeignKey(
        UnlicensedSite, verbose_name="无证场所", on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)或社区", on_delete=models.PROTECT)
    category = models.CharField("培训类别", max_length=10, choices=Category.choices)

    party_name = models.CharField("当事人", max_length=120)
    person_in_charge = models.CharField("负责人", max_length=60, blank=True)
    facts = models.JSONField("检查发现的问题")
    clauses = models.CharField("违反的规定", max_length=500)
    requirements = ArrayField(models.CharField(max_length=300), verbose_name="整改要求", default=list, blank=True)
    stop_scope = models.CharField("停止范围", max_length=300, blank=True)

    organ = models.ForeignKey(Organ, verbose_name="出具单位", on_delete=models.PROTECT)
    issued_by = models.ForeignKey(User, verbose_name="开具人", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("开具时间")
    issued_on = models.DateField("开具日期")
    document = models.OneToOneField(
        Document, verbose_name="通知书", on_delete=models.PROTECT, null=True, blank=True, related_name="order"
    )
    number = models.CharField("文号", max_length=80, blank=True)
    due_on = models.DateField("整改期限")
    extended_from = models.DateField("原期限", null=True, blank=True)
    extension_reason = models.CharField("延期理由", max_length=300, blank=True)

    service = models.CharField("送达方式", max_length=12, choices=Service.choices, default=Service.NONE)
    served_on = models.DateField("送达日期", null=True, blank=True)
    recipient = models.CharField("签收人", max_length=60, blank=True)
    witness = models.CharField("见证人", max_length=120, blank=True)

    state = models.CharField("状态", max_length=10, choices=OrderState.choices, default=OrderState.ISSUED)
    state_at = models.DateTimeField("状态时间")
    closing_visit = models.ForeignKey(
        Visit, verbose_name="复查记录", on_delete=models.PROTECT, null=True, blank=True, related_name="orders_closed"
    )
    closed_on = models.DateField("办结日期", null=True, blank=True)
    end_reason = models.CharField("转立案或撤销的理由", max_length=300, blank=True)
    voided_by = models.ForeignKey(
        User, verbose_name="撤销人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "责令改正通知书"
        verbose_name_plural = "责令改正通知书"
        constraints = [
            one_of("kind", OrderKind, name="order_kind_known"),
            one_of("state", OrderState, name="order_state_known"),
            one_of("service", Service, name="order_service_known"),
            one_of("category", Category, name="order_category_known"),
            models.CheckConstraint(
                condition=Q(institution__isnull=False, unlicensed__isnull=True)
                | Q(institution__isnull=True, unlicensed__isnull=False),
                name="order_one_party",
                violation_error_message="一份通知书只对应一家机构或一处无证场所。",
            ),
            models.UniqueConstraint(
                fields=["visit", "kind"],
                condition=Q(state__in=COUNTED),
                name="order_once_a_visit",
                violation_error_message="这次检查已开具过同一种通知书。",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("issued_on")),
                name="order_due_after_issue",
                violation_error_message="整改期限不能早于开具日期。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=OrderKind.STOP) | ~Q(stop_scope=""),
                name="order_stop_says_what",
                violation_error_message="停止培训通知书必须写明停止范围。",
            ),
            models.CheckConstraint(
                condition=Q(extended_from__isnull=True, extension_reason="")
                | (Q(extended_from__isnull=False) & Q(extended_from__lt=F("due_on")) & ~Q(extension_reason="")),
                name="order_extended_with_reason",
                violation_error_message="延期必须写明理由，新期限应晚于原期限。",
            ),
            models.CheckConstraint(
                condition=Q(service=Service.NONE, served_on__isnull=True)
                | (~Q(service=Service.NONE) & Q(served_on__isnull=False, served_on__gte=F("issued_on"))),
                name="order_service_has_date",
                violation_error_message="送达必须有日期，且不早于开具日期。",
            ),
            models.CheckConstraint(
                condition=~Q(service=Service.LEFT) | ~Q(witness=""),
                name="order_left_with_witness",
                violation_error_message="留置送达必须写明见证人。",
            ),
            models.CheckConstraint(
                condition=Q(state=OrderState.CLOSED, closing_visit__isnull=False, closed_on__isnull=False)
                | (~Q(state=OrderState.CLOSED) & Q(closing_visit__isnull=True, closed_on__isnull=True)),
                name="order_closed_by_visit",
                violation_error_message="办结必须有复查记录。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[OrderState.ESCALATED, OrderState.VOIDED]) & ~Q(end_reason="")
                | ~Q(state__in=[OrderState.ESCALATED, OrderState.VOIDED]) & Q(end_reason=""),
                name="order_end_has_reason",
                violation_error_message="转立案和撤销必须写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(voided_by__isnull=True) | ~Q(voided_by=F("issued_by")),
                name="order_voided_by_other",
                violation_error_message="开具人不能撤销自己开具的通知书。",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-issued_on", "-id"], name="order_by_bureau"),
            models.Index(fields=["institution", "-issued_on"], name="order_by_institution"),
            models.Index(fields=["due_on"], condition=Q(state__in=OPEN), name="order_open_by_due"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.party_name}"

    @property
    def party(self) -> Institution | UnlicensedSite:
        """Whom the order is addressed to."""
        return self.institution or self.unlicensed


class OrderOfficer(models.Model):
    """An officer who signs the notice; at least two, with their certificates."""

    order = models.ForeignKey(Order, verbose_name="通知书", on_delete=models.PROTECT, related_name="officers")
    user = models.ForeignKey(
        User, verbose_name="人员", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField("姓名", max_length=60)
    organ_name = models.CharField("单位名称", max_length=120, blank=True)
    certificate_no = models.CharField("执法证号", max_length=40)

    class Meta:
        verbose_name = "执法人员"
        verbose_name_plural = "执法人员"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "certificate_no"],
                name="order_officer_once",
                violation_error_message="同一通知书中执法人员重复。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.certificate_no}）"


class OrderCampaign(models.Model):
    """The order counts in a campaign; once in each, however many tags it bears."""

    order = models.ForeignKey(Order, verbose_name="通知书", on_delete=models.PROTECT, related_name="campaigns")
    campaign = models.ForeignKey(Campaign, verbose_name="专项行动", on_delete=models.PROTECT, related_name="orders")

    class Meta:
        verbose_name = "通知书所属专项行动"
        verbose_name_plural = "通知书所属专项行动"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "campaign"],
                name="order_campaign_once",
                violation_error_message="这份通知书已计入该专项行动。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} · {self.campaign}"


class Proof(models.Model):
    """What the party reports of having put right: words and photos. Entered by an officer, it says for whom."""

    SCOPE = Scope("order__jurisdiction_id", division="order__division_id", category="order__category")

    order = models.ForeignKey(Order, verbose_name="通知书", on_delete=models.PROTECT, related_name="proofs")
    text = models.TextField("整改情况", max_length=2000)
    given_by = models.CharField("报告人", max_length=60)
    received_at = models.DateTimeField("收到时间")
    entered_by = models.ForeignKey(
        User, verbose_name="代为登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "整改报告"
        verbose_name_plural = "整改报告"

    def __str__(self) -> str:
        return f"{self.order} {self.given_by}"


class ProofPhoto(models.Model):
    """A photo of a report."""

    SCOPE = Scope(
        "proof__order__jurisdiction_id", division="proof__order__division_id", category="proof__order__category"
    )

    proof = models.ForeignKey(Proof, verbose_name="整改报告", on_delete=models.PROTECT, related_name="photos")
    photo = models.OneToOneField(Photo, verbose_name="照片", on_delete=models.PROTECT, related_name="of_proof")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "整改照片"
        verbose_name_plural = "整改照片"

    def __str__(self) -> str:
        return f"{self.proof_id} · {self.photo_id}"


belongs_to(ProofPhoto, "proof")


class Recheck(models.Model):
    """A visit that looked whether the order was followed, and what it came to."""

    SCOPE = Scope("order__jurisdiction_id", division="order__division_id", category="order__category")

    order = models.ForeignKey(Order, verbose_name="通知书", on_delete=models.PROTECT, related_name="rechecks")
    visit = models.ForeignKey(Visit, verbose_name="复查记录", on_delete=models.PROTECT, related_name="rechecked_orders")
    passed = models.BooleanField("合格")
    remark = models.CharField("复查情况", max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "整改复查"
        verbose_name_plural = "整改复查"
        constraints = [
            models.UniqueConstraint(
                fields=["order", "visit"],
                name="recheck_visit_once",
                violation_error_message="这次检查已登记为该通知书的复查。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} · {'合格' if self.passed else '不合格'}"
