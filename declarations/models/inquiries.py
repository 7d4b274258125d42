"""A bureau's inquiry (自查, 承诺书) and what each institution answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from declarations.enums import DeclarationState, InquiryKind, InquiryState
from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.photos.belonging import belongs_to
from foundation.photos.models import Photo
from foundation.regions.models import Jurisdiction
from inspections.models import ChecklistVersion
from institutions.models import Institution

from .rule_sets import RuleSet

VIA_INSTITUTION = Scope(
    "institution__jurisdiction_id",
    division="institution__division_id",
    category="institution__category",
    withdrawn="institution__withdrawn_at",
)


class Inquiry(models.Model):
    """What a bureau asks for until a day. ``items`` are rows of (code, text) and never change: of a self-check the
    questions, copied from a version of a checklist; of a commitment its sentences, in the bureau's own words."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="地区", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="组织单位", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=12, choices=InquiryKind.choices)
    title = models.CharField("标题", max_length=80)
    year = models.PositiveSmallIntegerField("年度")
    due_on = models.DateField("报送截止")
    items = models.JSONField("事项")
    version = models.ForeignKey(
        ChecklistVersion, verbose_name="清单版本", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rule_set = models.ForeignKey(
        RuleSet, verbose_name="所依据的规范制度", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField("状态", max_length=8, choices=InquiryState.choices, default=InquiryState.OPEN)
    state_at = models.DateTimeField("状态时间")
    opened_by = models.ForeignKey(User, verbose_name="发起人", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("发起时间")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "申报通知"
        verbose_name_plural = "申报通知"
        constraints = [
            one_of("kind", InquiryKind, name="inquiry_kind_known"),
            one_of("state", InquiryState, name="inquiry_state_known"),
            models.UniqueConstraint(
                fields=["jurisdiction", "year"],
                condition=Q(kind=InquiryKind.COMMITMENT),
                name="inquiry_commitment_once_a_year",
                violation_error_message="该地区这一年度的承诺书已经发起。",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2021, year__lte=2100),
                name="inquiry_year_sane",
                violation_error_message="年度应在2021至2100之间。",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Declaration(models.Model):
    """One institution's answer. ``answers`` are rows of (code, text, reply, note), kept as they were asked; a
    commitment has ``signed_on`` instead. ``entered_by`` is empty where it came by the institution's own link."""

    SCOPE = VIA_INSTITUTION

    inquiry = models.ForeignKey(Inquiry, verbose_name="申报通知", on_delete=models.PROTECT, related_name="declarations")
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="declarations"
    )
    state = models.CharField("状态", max_length=8, choices=DeclarationState.choices, default=DeclarationState.OPEN)
    state_at = models.DateTimeField("状态时间")
    answers = models.JSONField("逐项情况", default=list, blank=True)
    faults = models.PositiveSmallIntegerField("不符合项", default=0)
    text = models.TextField("其他情况", max_length=2000, blank=True)
    signed_on = models.DateField("签署日期", null=True, blank=True)
    given_by = models.CharField("报送人", max_length=60, blank=True)
    received_at = models.DateTimeField("收到时间", null=True, blank=True)
    entered_by = models.ForeignKey(
        User, verbose_name="代为登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review = models.CharField("补正要求", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "机构申报"
        verbose_name_plural = "机构申报"
        constraints = [
            one_of("state", DeclarationState, name="declaration_state_known"),
            models.UniqueConstraint(
                fields=["inquiry", "institution"],
                name="declaration_once",
                violation_error_message="该机构已列入这次申报。",
            ),
            models.CheckConstraint(
                condition=Q(state=DeclarationState.OPEN) | (~Q(given_by="") & Q(received_at__isnull=False)),
                name="declaration_given_by_someone",
                violation_error_message="报送必须有报送人和收到时间。",
            ),
        ]
        indexes = [models.Index(fields=["institution", "-id"], name="declaration_by_institution")]

    def __str__(self) -> str:
        return f"{self.institution} · {self.inquiry}"


class DeclarationPhoto(models.Model):
    """A photo that goes with a self-check."""

    SCOPE = Scope(
        "declaration__institution__jurisdiction_id",
        division="declaration__institution__division_id",
        category="declaration__institution__category",
        withdrawn="declaration__institution__withdrawn_at",
    )

    declaration = models.ForeignKey(
        Declaration, verbose_name="机构申报", on_delete=models.PROTECT, related_name="photos"
    )
    photo = models.OneToOneField(Photo, verbose_name="照片", on_delete=models.PROTECT, related_name="of_declaration")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "申报照片"
        verbose_name_plural = "申报照片"

    def __str__(self) -> str:
        return f"{self.declaration_id} · {self.photo_id}"


belongs_to(DeclarationPhoto, "declaration")
