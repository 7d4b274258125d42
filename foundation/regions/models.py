"""Places and who governs them. Official codes are dated attributes; ids are what the rest of the portal keeps."""

from django.db import models
from django.db.models import Q

from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet

from .enums import DivisionLevel, JurisdictionLevel, SchoolStage


class Division(models.Model):
    """A unit of GB/T 2260 or of the statistics bureau's list below it; abolished ones stay, with their successor.

    ``code`` is the statistics code (6, 9 or 12 digits); ``legal_code`` and ``legal_name`` are the civil-affairs ones of
    a town where they differ. Never join the two systems on nine digits: 92 codes mean different towns.
    """

    code = models.CharField("区划代码", max_length=12)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=DivisionLevel.choices)
    parent = models.ForeignKey(
        "self", verbose_name="上级", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    legal_code = models.CharField("民政代码", max_length=12, blank=True)
    legal_name = models.CharField("法定现名", max_length=60, blank=True)
    initials = models.CharField("拼音首字母", max_length=30, blank=True)
    valid_to = models.DateField("撤销日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", verbose_name="承继区划", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    class Meta:
        verbose_name = "行政区划"
        verbose_name_plural = "行政区划"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], name="division_code_once", violation_error_message="该区划代码已存在。"
            ),
            one_of("level", DivisionLevel, name="division_level_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(successor__isnull=False),
                name="division_abolished_has_successor",
                violation_error_message="撤销的区划必须指明承继区划。",
            ),
        ]
        indexes = [models.Index(fields=["parent", "code"], name="division_children")]

    def __str__(self) -> str:
        return self.legal_name or self.name


class Jurisdiction(models.Model):
    """What one bureau governs: a county or city, or a functional area without a GB code (平潭, 泉州台商区)."""

    SCOPE = Scope("pk")

    code = models.CharField("管辖代码", max_length=12)
    name = models.CharField("名称", max_length=60)
    level = models.CharField("层级", max_length=10, choices=JurisdictionLevel.choices)
    parent = models.ForeignKey(
        "self", verbose_name="上级", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    division = models.OneToOneField(
        Division, verbose_name="对应区划", on_delete=models.PROTECT, null=True, blank=True, related_name="jurisdiction"
    )
    initials = models.CharField("拼音首字母", max_length=30, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "管辖单位"
        verbose_name_plural = "管辖单位"
        constraints = [
            models.UniqueConstraint(
                fields=["code"], name="jurisdiction_code_once", violation_error_message="该管辖代码已存在。"
            ),
            one_of("level", JurisdictionLevel, name="jurisdiction_level_known"),
            models.CheckConstraint(
                condition=Q(level=JurisdictionLevel.PROVINCE, parent__isnull=True)
                | (~Q(level=JurisdictionLevel.PROVINCE) & Q(parent__isnull=False)),
                name="jurisdiction_only_province_is_root",
                violation_error_message="只有省级没有上级。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GridArea(models.Model):
    """One grid of a community: the smallest area that a grid worker walks, every ``cycle_days`` days."""

    SCOPE = Scope("jurisdiction_id", division="division_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在社区(村)", on_delete=models.PROTECT)
    name = models.CharField("网格名称", max_length=60)
    cycle_days = models.PositiveSmallIntegerField("巡查周期(天)", default=7)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "网格"
        verbose_name_plural = "网格"
        constraints = [
            models.UniqueConstraint(
                fields=["division", "name"], name="grid_name_once", violation_error_message="该社区已有同名网格。"
            ),
            models.CheckConstraint(
                condition=Q(cycle_days__gte=1, cycle_days__lte=366),
                name="grid_cycle_sane",
                violation_error_message="巡查周期应在1至366天之间。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SchoolArea(models.Model):
    """学校片区: schools that one area head of the private-education office looks after."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    name = models.CharField("片区名称", max_length=60)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "学校片区"
        verbose_name_plural = "学校片区"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], name="school_area_name_once", violation_error_message="已有同名片区。"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school whose pupils the nets and the after-school service look at."""

    SCOPE = Scope("jurisdiction_id", division="division_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)或社区", on_delete=models.PROTECT)
    area = models.ForeignKey(SchoolArea, verbose_name="片区", on_delete=models.PROTECT, null=True, blank=True)
    name = models.CharField("学校名称", max_length=100)
    stage = models.CharField("学段", max_length=20, choices=SchoolStage.choices)
    code = models.CharField("学校标识码", max_length=20, blank=True)
    opened_on = models.DateField("启用日期", null=True, blank=True)
    closed_on = models.DateField("撤并日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "学校"
        verbose_name_plural = "学校"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], name="school_name_once", violation_error_message="已有同名学校。"
            ),
            one_of("stage", SchoolStage, name="school_stage_known"),
            ordered("opened_on", "closed_on", name="school_period_ordered", message="撤并日期不能早于启用日期。"),
        ]

    def __str__(self) -> str:
        return self.name
