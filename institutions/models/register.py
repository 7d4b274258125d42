"""The institution itself: who it is, where it teaches, under which permits."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Division, Jurisdiction
from institutions.enums import (
    Category,
    LegalType,
    LicenceStatus,
    Mode,
    PermitKind,
    SiteKind,
    SiteType,
    Stage,
    Status,
    Subcategory,
)
from institutions.public_ids import new_public_id


class InstitutionQuerySet(ScopedQuerySet):
    def current(self) -> InstitutionQuerySet:
        """Rows that were not merged into another one and not withdrawn with their import batch."""
        return self.filter(merged_into__isnull=True, withdrawn_at__isnull=True)

    def visible_to(self, actor) -> InstitutionQuerySet:
        return super().visible_to(actor).current()


class Institution(models.Model):
    """One training institution or care place. ``status`` is the newest dated event's, kept here for lists."""

    SCOPE = Scope("jurisdiction_id", division="division_id", category="category", withdrawn="withdrawn_at")

    public_id = models.CharField("公开编号", max_length=12, default=new_public_id, editable=False)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)", on_delete=models.PROTECT)
    name = models.CharField("机构名称", max_length=120)
    trade_name = models.CharField("对外名称(招牌)", max_length=120, blank=True)
    credit_code = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True)
    site_type = models.CharField("机构类型", max_length=10, choices=SiteType.choices, default=SiteType.TRAINING)
    category = models.CharField("培训类别", max_length=10, choices=Category.choices)
    subcategory = models.CharField("子类", max_length=20, choices=Subcategory.choices, blank=True, default="")
    stages = ArrayField(
        models.CharField(max_length=10, choices=Stage.choices), verbose_name="学段", default=list, blank=True
    )
    mode = models.CharField("培训形式", max_length=10, choices=Mode.choices, default=Mode.OFFLINE)
    legal_type = models.CharField("法人性质", max_length=20, choices=LegalType.choices)
    licence_status = models.CharField("证照情况", max_length=20, choices=LicenceStatus.choices)
    legal_person = models.CharField("法定代表人", max_length=60, blank=True)
    phone = SealedTextField("联系电话", blank=True)
    public_phone = models.CharField("公开电话", max_length=30, blank=True)
    address = models.CharField("核准办学地址", max_length=200)
    hours = models.CharField("培训时间", max_length=100, blank=True)
    bank = models.CharField("监管银行", max_length=60, blank=True)
    account_tail = models.CharField("专户尾号", max_length=4, blank=True)
    platform_id = models.CharField("全国平台编号", max_length=40, blank=True)
    remark = models.CharField("备注", max_length=500, blank=True)

    status = models.CharField("状态", max_length=20, choices=Status.choices, default=Status.NORMAL)
    grade = models.CharField("诚信等级", max_length=1, blank=True)
    registered_at = models.DateTimeField("登记时间")
    changed_at = models.DateTimeField("最近变更时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="已并入", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = "机构"
        verbose_name_plural = "机构名录"
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=Q(merged_into__isnull=True, withdrawn_at__isnull=True),
                name="institution_credit_code_once",
                violation_error_message="该统一社会信用代码已登记在另一家机构名下。",
            ),
            models.UniqueConstraint(
                fields=["public_id"], name="institution_public_id_once", violation_error_message="公开编号重复。"
            ),
            models.CheckConstraint(
                condition=Q(credit_code__isnull=True) | Q(credit_code__regex=r"^[0-9A-HJ-NPQRTUWXY]{18}$"),
                name="institution_credit_code_format",
                violation_error_message="统一社会信用代码应为18位数字和大写字母(不含I、O、S、V、Z)。",
            ),
            models.CheckConstraint(
                condition=Q(account_tail="") | Q(account_tail__regex=r"^\d{4}$"),
                name="institution_account_tail_format",
                violation_error_message="专户尾号应为4位数字。",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(address=""),
                name="institution_has_name_and_address",
                violation_error_message="机构名称和办学地址不能为空。",
            ),
            models.CheckConstraint(
                condition=Q(grade="") | Q(grade__in=["A", "B", "C", "D"]),
                name="institution_grade_known",
                violation_error_message="诚信等级只能是A、B、C、D。",
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")),
                name="institution_not_merged_into_itself",
                violation_error_message="机构不能并入自身。",
            ),
            one_of("site_type", SiteType, name="institution_site_type_known"),
            one_of("category", Category, name="institution_category_known"),
            one_of("subcategory", Subcategory, name="institution_subcategory_known"),
            one_of("mode", Mode, name="institution_mode_known"),
            one_of("legal_type", LegalType, name="institution_legal_type_known"),
            one_of("licence_status", LicenceStatus, name="institution_licence_status_known"),
            one_of("status", Status, name="institution_status_known"),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "status", "name"], name="institution_by_bureau"),
            models.Index(fields=["jurisdiction", "category"], name="institution_by_category"),
            models.Index(fields=["name", "id"], name="institution_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class FormerName(models.Model):
    """A name that the institution bore until a day; searched like the present one."""

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="former_names"
    )
    name = models.CharField("曾用名", max_length=120)
    until = models.DateField("使用至")

    class Meta:
        verbose_name = "曾用名"
        verbose_name_plural = "曾用名"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name", "until"], name="former_name_once", violation_error_message="曾用名重复。"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place where the institution teaches: its approved address, or a campus."""

    SCOPE = Scope("institution__jurisdiction_id", division="division_id", withdrawn="institution__withdrawn_at")

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="sites")
    kind = models.CharField("场所类别", max_length=10, choices=SiteKind.choices, default=SiteKind.MAIN)
    name = models.CharField("校区名称", max_length=80, blank=True)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)或社区", on_delete=models.PROTECT)
    address = models.CharField("地址", max_length=200)
    area_m2 = models.PositiveIntegerField("建筑面积(平方米)", null=True, blank=True)
    fire_approved_on = models.DateField("消防手续日期", null=True, blank=True)
    opened_on = models.DateField("启用日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "办学场所"
        verbose_name_plural = "办学场所"
        constraints = [
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(kind=SiteKind.MAIN, closed_on__isnull=True),
                name="site_one_main_address",
                violation_error_message="机构只能有一个在用的核准办学地址，请先停用原地址。",
            ),
            one_of("kind", SiteKind, name="site_kind_known"),
            ordered("opened_on", "closed_on", name="site_period_ordered", message="停用日期不能早于启用日期。"),
        ]

    def __str__(self) -> str:
        return self.name or self.address


class Permit(models.Model):
    """One permit of some kind; an institution may hold several. Validity is inclusive."""

    SCOPE = Scope("institution__jurisdiction_id", withdrawn="institution__withdrawn_at")

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="permits")
    kind = models.CharField("许可种类", max_length=20, choices=PermitKind.choices)
    number = models.CharField("许可编号", max_length=40)
    issuer = models.CharField("审批机关", max_length=80)
    scope = models.CharField("许可内容", max_length=200, blank=True)
    valid_from = models.DateField("有效期起", null=True, blank=True)
    valid_to = models.DateField("有效期至", null=True, blank=True)
    ended_on = models.DateField("提前终止日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "许可"
        verbose_name_plural = "许可"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number"],
                condition=Q(ended_on__isnull=True),
                name="permit_number_once",
                violation_error_message="同一审批机关的该许可编号已登记在另一家机构名下。",
            ),
            one_of("kind", PermitKind, name="permit_kind_known"),
            ordered("valid_from", "valid_to", name="permit_period_ordered", message="许可有效期至不能早于有效期起。"),
        ]
        indexes = [models.Index(fields=["number"], name="permit_by_number")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
