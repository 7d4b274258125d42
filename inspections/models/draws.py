"""双随机: a draw, what was published before it, who was in its pool, and what it drew."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from foundation.accounts.models import Organ, Post, User
from foundation.core.actor import Actor
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Jurisdiction
from inspections.enums import DEFAULT_RATIOS, PUBLIC, RUN, CheckResult, DrawState, Stratum
from institutions.enums import Category, SiteType
from institutions.models import Institution

from .visits import Visit

SHA256 = r"^[0-9a-f]{64}$"
RATIO_FIELDS = {
    Stratum.A: "ratio_a",
    Stratum.B: "ratio_b",
    Stratum.C: "ratio_c",
    Stratum.D: "ratio_d",
    Stratum.UNGRADED: "ratio_ungraded",
}


def percent(label: str, stratum: Stratum) -> models.PositiveSmallIntegerField:
    """A ratio of a stratum in whole percent."""
    limits = [MinValueValidator(1), MaxValueValidator(100)]
    return models.PositiveSmallIntegerField(label, default=DEFAULT_RATIOS[stratum], validators=limits)


class Draw(models.Model):
    """One draw of institutions and of the officers who check them. Its number is given when its pool is frozen."""

    SCOPE = Scope("jurisdiction_id")

    number = models.CharField("抽查编号", max_length=30, blank=True)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    organ = models.ForeignKey(Organ, verbose_name="抽查单位", on_delete=models.PROTECT, related_name="draws")
    title = models.CharField("抽查名称", max_length=120)
    plan = models.CharField("抽查计划", max_length=200, help_text="年度抽查计划或工作方案的名称、文号。")
    items = models.CharField("检查事项", max_length=500, help_text="如：办学许可、收费、预收费监管、从业人员、安全。")
    state = models.CharField("状态", max_length=10, choices=DrawState.choices, default=DrawState.DRAFT)
    state_at = models.DateTimeField("状态时间")
    planned_by = models.ForeignKey(User, verbose_name="拟定人", on_delete=models.PROTECT, related_name="+")

    categories = ArrayField(
        models.CharField(max_length=10, choices=Category.choices), verbose_name="培训类别", default=list, blank=True
    )
    areas = ArrayField(models.BigIntegerField(), verbose_name="镇街", default=list, blank=True)
    site_type = models.CharField("机构类型", max_length=10, choices=SiteType.choices, blank=True)
    ratio_a = percent("A级比例(%)", Stratum.A)
    ratio_b = percent("B级比例(%)", Stratum.B)
    ratio_c = percent("C级比例(%)", Stratum.C)
    ratio_d = percent("D级比例(%)", Stratum.D)
    ratio_ungraded = percent("未评级比例(%)", Stratum.UNGRADED)
    avoid_recent = models.PositiveSmallIntegerField(
        "避开最近几次的同组", default=1, validators=[MaxValueValidator(12)], help_text="0为不避开。"
    )
    replaces = models.ForeignKey(
        "self", verbose_name="重抽自", on_delete=models.PROTECT, null=True, blank=True, related_name="redraws"
    )

    public_number = models.CharField("公开号码", max_length=60, blank=True)
    seed = models.CharField("种子", max_length=64, blank=True)
    drawn_by = models.ForeignKey(
        User, verbose_name="抽取人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    drawn_at = models.DateTimeField("抽取时间", null=True, blank=True)
    checked_on = models.DateField("检查完成日期", null=True, blank=True)
    published_on = models.DateField("结果公示日期", null=True, blank=True)

    void_reason = models.CharField("作废理由", max_length=300, blank=True)
    void_asked_by = models.ForeignKey(
        User, verbose_name="作废申请人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    void_agreed_by = models.ForeignKey(
        User, verbose_name="作废审核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    void_remark = models.CharField("作废审核意见", max_length=300, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "双随机抽查"
        verbose_name_plural = "双随机抽查"
        constraints = [
            one_of("state", DrawState, name="draw_state_known"),
            one_of("site_type", SiteType, name="draw_site_type_known", blank=True),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{field}__gte": 1, f"{field}__lte": 100}),
                    name=f"draw_{field}_percent",
                    violation_error_message=f"{stratum.label}比例应为1至100的整数。",
                )
                for stratum, field in RATIO_FIELDS.items()
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(plan="") & ~Q(items=""),
                name="draw_says_what",
                violation_error_message="请填写抽查名称、抽查计划和检查事项。",
            ),
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="draw_number_once",
                violation_error_message="抽查编号重复，请重试。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PUBLIC, number__gt="")
                | Q(state__in=[DrawState.DRAFT, DrawState.DISCARDED], number=""),
                name="draw_numbered_when_public",
                violation_error_message="名册冻结时编号，此前没有编号。",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(state=DrawState.DISCARDED),
                name="draw_replaced_once",
                violation_error_message="该作废的抽查已重新抽取。",
            ),
            models.CheckConstraint(
                condition=Q(seed="", public_number="", drawn_by__isnull=True, drawn_at__isnull=True)
                | Q(seed__regex=SHA256, public_number__gt="", drawn_by__isnull=False, drawn_at__isnull=False),
                name="draw_drawn_whole",
                violation_error_message="公开号码、种子、抽取人和抽取时间应同时登记。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RUN, seed__gt="")
                | Q(state__in=[DrawState.DRAFT, DrawState.DISCARDED, DrawState.FROZEN], seed="")
                | Q(state=DrawState.VOIDED),
                name="draw_drawn_by_state",
                violation_error_message="抽取的事实应与状态一致。",
            ),
            models.CheckConstraint(
                condition=Q(void_asked_by__isnull=True, void_reason="", void_agreed_by__isnull=True)
                | (Q(void_asked_by__isnull=False) & ~Q(void_reason="")),
                name="draw_void_has_reason",
                violation_error_message="作废须有申请人和理由。",
            ),
            models.CheckConstraint(
                condition=Q(void_agreed_by__isnull=True) | ~Q(void_agreed_by=F("void_asked_by")),
                name="draw_void_four_eyes",
                violation_error_message="作废的申请人不能审核自己的申请。",
            ),
            models.CheckConstraint(
                condition=Q(state=DrawState.VOIDED, void_agreed_by__isnull=False)
                | (~Q(state=DrawState.VOIDED) & Q(void_agreed_by__isnull=True)),
                name="draw_voided_by_two",
                violation_error_message="作废须经另一人审核同意。",
            ),
        ]
        indexes = [models.Index(fields=["jurisdiction", "-state_at"], name="draw_by_bureau")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class DrawCommitment(models.Model):
    """What was published before the draw, and can only be added: pool and its hash, rule, which number will count.

    ``pool`` is the pool file, compressed; ``institutions`` the ids behind its objects, in their order (8 bytes each,
    compressed), so that a code corrected later still leads to its institution.
    """

    draw = models.OneToOneField(Draw, verbose_name="抽查", on_delete=models.PROTECT, related_name="commitment")
    rule = models.CharField("抽取规则", max_length=300)
    number_source = models.CharField("以哪个公开号码为准", max_length=200)
    number_on = models.DateField("号码公布日期")
    pool_sha256 = models.CharField("名册校验值", max_length=64)
    pool = models.BinaryField("名册")
    institutions = models.BinaryField("机构")
    objects_count = models.PositiveIntegerField("对象(家)")
    officers_count = models.PositiveIntegerField("检查人员(人)")
    strata = models.JSONField("分层", help_text="{层: [家数, 抽取家数]}")
    frozen_by = models.ForeignKey(User, verbose_name="冻结人", on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField("冻结时间")

    class Meta:
        verbose_name = "抽查名册"
        verbose_name_plural = "抽查名册"
        constraints = [
            models.CheckConstraint(
                condition=Q(pool_sha256__regex=SHA256),
                name="draw_pool_hash_format",
                violation_error_message="名册校验值格式有误。",
            ),
            models.CheckConstraint(
                condition=Q(number_on__gt=F("frozen_at__date")),
                name="draw_number_after_freezing",
                violation_error_message="公开号码的公布日期必须晚于名册冻结之日。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw} · {self.pool_sha256[:12]}"


class DrawOfficer(models.Model):
    """A person who may be drawn, known to the public by the certificate's number only."""

    draw = models.ForeignKey(Draw, verbose_name="抽查", on_delete=models.PROTECT, related_name="officers")
    post = models.ForeignKey(Post, verbose_name="岗位", on_delete=models.PROTECT, related_name="+")
    number = models.CharField("执法证号", max_length=40)
    by_hand = models.BooleanField("名册外指定", default=False)

    class Meta:
        verbose_name = "抽查检查人员"
        verbose_name_plural = "抽查检查人员"
        constraints = [
            models.UniqueConstraint(
                fields=["draw", "number"],
                name="draw_officer_number_once",
                violation_error_message="两名检查人员的执法证号相同。",
            ),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[^\s,]+$"),
                name="draw_officer_number_format",
                violation_error_message="执法证号不能为空，也不能含空格和逗号。",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DrawExclusion(models.Model):
    """An institution left out of a pool by hand; it is published with its reason."""

    draw = models.ForeignKey(Draw, verbose_name="抽查", on_delete=models.PROTECT, related_name="exclusions")
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="draw_exclusions"
    )
    reason = models.CharField("排除理由", max_length=200)
    excluded_by = models.ForeignKey(User, verbose_name="排除人", on_delete=models.PROTECT, related_name="+")
    excluded_at = models.DateTimeField("排除时间")

    class Meta:
        verbose_name = "排除的抽查对象"
        verbose_name_plural = "排除的抽查对象"
        constraints = [
            models.UniqueConstraint(
                fields=["draw", "institution"],
                name="draw_exclusion_once",
                violation_error_message="该机构已排除。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="draw_exclusion_has_reason", violation_error_message="请写明排除理由。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw} · {self.institution}"


class DrawnQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> DrawnQuerySet:
        """Objects of the actor's area, and those that the actor was drawn to check."""
        mine = self.model.SCOPE.condition(actor) if actor.scope else Q(pk__in=[])
        if actor.is_person:
            mine |= Q(first_officer__post__user=actor.user_id) | Q(second_officer__post__user=actor.user_id)
        return self.filter(mine)


class DrawnObject(models.Model):
    """One institution that was drawn, who checks it, and what came of it."""

    SCOPE = Scope(
        "institution__jurisdiction_id",
        division="institution__division_id",
        category="institution__category",
        withdrawn="institution__withdrawn_at",
    )

    draw = models.ForeignKey(Draw, verbose_name="抽查", on_delete=models.PROTECT, related_name="drawn")
    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="drawn_in")
    code = models.CharField("编号(信用代码)", max_length=40)
    stratum = models.CharField("层", max_length=10)
    rank = models.PositiveIntegerField("位次")
    first_officer = models.ForeignKey(
        DrawOfficer, verbose_name="检查人员甲", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_officer = models.ForeignKey(
        DrawOfficer, verbose_name="检查人员乙", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    pair_reason = models.CharField("人工指定理由", max_length=200, blank=True)
    result = models.CharField("检查结果", max_length=12, choices=CheckResult.choices, blank=True)
    follow_up = models.CharField("后续处理", max_length=300, blank=True, help_text="将随结果公示。")
    checked_on = models.DateField("检查日期", null=True, blank=True)
    visit = models.ForeignKey(
        Visit, verbose_name="检查记录", on_delete=models.PROTECT, null=True, blank=True, related_name="drawn_objects"
    )
    entered_by = models.ForeignKey(
        User, verbose_name="登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField("公示日期", null=True, blank=True)

    objects = DrawnQuerySet.as_manager()

    class Meta:
        verbose_name = "双随机检查对象"
        verbose_name_plural = "双随机检查对象"
        constraints = [
            one_of("result", CheckResult, name="drawn_result_known", blank=True),
            models.UniqueConstraint(
                fields=["draw", "code"], name="drawn_once", violation_error_message="同一对象只抽取一次。"
            ),
            models.UniqueConstraint(
                fields=["draw", "stratum", "rank"], name="drawn_rank_once", violation_error_message="位次重复。"
            ),
            models.CheckConstraint(
                condition=Q(first_officer__isnull=True, second_officer__isnull=True)
                | Q(first_officer__isnull=False, second_officer__isnull=False) & ~Q(first_officer=F("second_officer")),
                name="drawn_two_officers",
                violation_error_message="检查人员应为不同的两人。",
            ),
            models.CheckConstraint(
                condition=Q(pair_reason="") | Q(first_officer__isnull=False),
                name="drawn_named_by_hand",
                violation_error_message="人工指定理由应与指定的检查人员同时登记。",
            ),
            models.CheckConstraint(
                condition=Q(result="", checked_on=None, entered_by=None, published_on=None, visit=None)
                | (~Q(result="") & Q(checked_on__isnull=False, entered_by__isnull=False)),
                name="drawn_result_whole",
                violation_error_message="检查结果、检查日期和登记人应同时登记。",
            ),
        ]
        indexes = [models.Index(fields=["institution"], name="drawn_by_institution")]

    def __str__(self) -> str:
        return f"{self.draw.number} · {self.institution}"
