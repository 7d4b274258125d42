"""Organs, people, and the posts that give a person a role in an organ over an area."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from foundation.core.actor import Actor
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.enums import JurisdictionLevel
from foundation.regions.models import Division, GridArea, Jurisdiction, School

from .enums import Duty, LinkEnd, LoginOutcome, OrganKind, Role, TrainingCategory


class Organ(models.Model):
    """A bureau, department, town, bank or school that people act for. ``document_word`` is its 机关代字 for 文号."""

    SCOPE = Scope("jurisdiction_id")

    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(
        Division, verbose_name="所在区划", on_delete=models.PROTECT, null=True, blank=True, help_text="镇街填写本镇街。"
    )
    parent = models.ForeignKey("self", verbose_name="上级单位", on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField("单位类别", max_length=20, choices=OrganKind.choices)
    name = models.CharField("单位名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    document_word = models.CharField("机关代字", max_length=20, blank=True)
    report_phone = models.CharField("举报电话", max_length=30, blank=True)
    report_mailbox = models.EmailField("举报邮箱", blank=True)
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "单位"
        verbose_name_plural = "单位"
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "name"], name="organ_name_once", violation_error_message="已有同名单位。"
            ),
            one_of("kind", OrganKind, name="organ_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=OrganKind.TOWN) | Q(division__isnull=False),
                name="organ_town_has_division",
                violation_error_message="镇街必须指明所在区划。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager.from_queryset(ScopedQuerySet)):
    """Looks people up by their login name."""


LOGIN_NAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,59}$", "登录名为3至60个小写字母、数字或“.”“-”“_”，以字母或数字开头。"
)


class User(AbstractBaseUser):
    """A person who logs in. What the person may do comes from posts only; there is no superuser."""

    SCOPE = Scope("organ__jurisdiction_id")

    username = models.CharField("登录名", max_length=60, validators=[LOGIN_NAME])
    name = models.CharField("姓名", max_length=60)
    organ = models.ForeignKey(
        Organ,
        verbose_name="所属单位",
        on_delete=models.PROTECT,
        related_name="people",
        help_text="由该单位管辖地的系统管理员管理。",
    )
    email = models.EmailField("电子邮箱", blank=True)
    phone = SealedTextField("手机号码", blank=True)
    is_active = models.BooleanField("启用", default=True)
    is_demo = models.BooleanField("演示账号", default=False)
    must_change_password = models.BooleanField("须修改密码", default=False)
    session_epoch = models.PositiveIntegerField("会话批次", default=0, editable=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "人员"
        verbose_name_plural = "人员"
        constraints = [
            models.UniqueConstraint(
                fields=["username"], name="user_username_once", violation_error_message="该登录名已被使用。"
            ),
            models.CheckConstraint(
                condition=~Q(username="") & ~Q(name=""),
                name="user_has_names",
                violation_error_message="登录名和姓名不能为空。",
            ),
            models.CheckConstraint(
                condition=Q(username=Lower("username")),
                name="user_username_lowercase",
                violation_error_message="登录名只能使用小写字母。",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Django's templates ask; entry to ``/admin/`` is decided by the post (``StaffSite.has_permission``)."""
        return False

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end with the password and with ``session_epoch``, which counts up when posts or TOTP change."""
        value = f"{self.password}#{self.session_epoch}"
        return salted_hmac("foundation.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class Post(models.Model):
    """A person's role in an organ, over its jurisdiction or a part of it, from a day until a day (inclusive)."""

    SCOPE = Scope("organ__jurisdiction_id")

    user = models.ForeignKey(User, verbose_name="人员", on_delete=models.PROTECT, related_name="posts")
    organ = models.ForeignKey(Organ, verbose_name="单位", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField("角色", max_length=30, choices=Role.choices)
    duty = models.CharField("职责类别", max_length=10, choices=Duty.choices)
    title = models.CharField("职务", max_length=60, blank=True)
    division = models.ForeignKey(
        Division, verbose_name="负责区域", on_delete=models.PROTECT, null=True, blank=True, help_text="不填为全辖区。"
    )
    grid = models.ForeignKey(GridArea, verbose_name="负责网格", on_delete=models.PROTECT, null=True, blank=True)
    school = models.ForeignKey(School, verbose_name="负责学校", on_delete=models.PROTECT, null=True, blank=True)
    categories = ArrayField(
        models.CharField(max_length=10, choices=TrainingCategory.choices),
        verbose_name="负责类别",
        default=list,
        blank=True,
        help_text="不填为全部类别。",
    )
    certificate_no = models.CharField("执法证号", max_length=40, blank=True)
    valid_from = models.DateField("任职起")
    valid_to = models.DateField("任职止", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "岗位"
        verbose_name_plural = "岗位"
        constraints = [
            one_of("role", Role, name="post_role_known"),
            one_of("duty", Duty, name="post_duty_known"),
            ordered("valid_from", "valid_to", name="post_period_ordered", message="任职止不能早于任职起。"),
            models.CheckConstraint(
                condition=~Q(role=Role.GRID_WORKER) | Q(grid__isnull=False) | Q(division__isnull=False),
                name="post_grid_worker_has_area",
                violation_error_message="网格员必须指明负责网格或区域。",
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.SCHOOL_SPECIALIST) | Q(school__isnull=False),
                name="post_specialist_has_school",
                violation_error_message="学校专员必须指明负责学校。",
            ),
            ExclusionConstraint(
                name="post_one_duty_a_person",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("duty", RangeOperators.NOT_EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="系统、安全、审计管理员和业务人员不得由同一人兼任。",
            ),
        ]
        indexes = [models.Index(F("user"), F("valid_from"), name="post_by_user")]

    def __str__(self) -> str:
        return f"{self.organ} · {self.get_role_display()} · {self.user}"


class LoginEventQuerySet(models.QuerySet):
    def visible_to(self, actor: Actor) -> models.QuerySet:
        """Logins of the people of the actor's jurisdictions; tries with unknown names are seen at the top only."""
        if not actor.scope:
            return self.none()
        known = Q(user__organ__jurisdiction_id__in=actor.scope)
        sees_all = Jurisdiction.objects.filter(pk__in=actor.scope, level=JurisdictionLevel.PROVINCE).exists()
        return self.filter(known | Q(user__isnull=True)) if sees_all else self.filter(known)


class LoginEvent(models.Model):
    """A login that succeeded or failed; kept apart from the trail because it has no post and no jurisdiction yet."""

    user = models.ForeignKey(User, verbose_name="人员", on_delete=models.PROTECT, null=True, blank=True)
    username = models.CharField("登录名", max_length=60)
    succeeded = models.BooleanField("成功")
    outcome = models.CharField("结果", max_length=10, choices=LoginOutcome.choices)
    at = models.DateTimeField("时间")
    address = models.GenericIPAddressField("来源地址", null=True, blank=True)
    agent = models.CharField("客户端", max_length=200, blank=True)

    objects = LoginEventQuerySet.as_manager()

    class Meta:
        verbose_name = "登录记录"
        verbose_name_plural = "登录记录"
        constraints = [
            models.CheckConstraint(
                condition=Q(succeeded=False) | Q(user__isnull=False),
                name="login_success_has_user",
                violation_error_message="登录成功的记录必须有人员。",
            ),
            one_of("outcome", LoginOutcome, name="login_outcome_known"),
            models.CheckConstraint(
                condition=Q(succeeded=True, outcome=LoginOutcome.SUCCESS)
                | (Q(succeeded=False) & ~Q(outcome=LoginOutcome.SUCCESS)),
                name="login_outcome_fits",
                violation_error_message="登录结果与成功标记不符。",
            ),
        ]
        indexes = [models.Index(fields=["user", "-at"], name="login_by_user")]

    def __str__(self) -> str:
        return f"{self.username} {self.at:%Y-%m-%d %H:%M}"


class PurposeLink(models.Model):
    """网上回执: a code with which somebody without an account reads and answers one matter until a day.

    Of the code only its hash is kept. ``purpose`` is a key of ``purposes.py``; one link lives for a matter at a time.
    """

    purpose = models.CharField("用途", max_length=30)
    subject_type = models.CharField("对象类型", max_length=80)
    subject_id = models.BigIntegerField("对象编号")
    code_hash = models.CharField("凭证摘要", max_length=64)
    issued_by = models.ForeignKey(User, verbose_name="开通人", on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("开通时间")
    last_day = models.DateField("有效期至")
    ended_at = models.DateTimeField("停用时间", null=True, blank=True)
    end_reason = models.CharField("停用原因", max_length=10, choices=LinkEnd.choices, blank=True)

    class Meta:
        verbose_name = "网上回执"
        verbose_name_plural = "网上回执"
        constraints = [
            one_of("end_reason", LinkEnd, name="link_end_known", blank=True),
            models.UniqueConstraint(
                fields=["code_hash"], name="link_code_once", violation_error_message="凭证重复，请重试。"
            ),
            models.UniqueConstraint(
                fields=["purpose", "subject_type", "subject_id"],
                condition=Q(ended_at__isnull=True),
                name="link_one_alive",
                violation_error_message="这一事项已有一张有效的回执单。",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="") | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="link_end_has_reason",
                violation_error_message="停用回执必须写明原因。",
            ),
            models.CheckConstraint(
                condition=Q(code_hash__regex=r"^[0-9a-f]{64}$"),
                name="link_hash_whole",
                violation_error_message="凭证摘要不完整。",
            ),
        ]

    def __str__(self) -> str:
        return f"网上回执（有效期至{self.last_day}）"
