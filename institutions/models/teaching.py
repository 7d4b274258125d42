"""What is taught, to which classes, by whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of, ordered
from foundation.core.scope import Scope, ScopedQuerySet
from institutions.enums import Category, Mode, StaffRole, Stage

from .register import Institution, Site


class Course(models.Model):
    """A course on offer. Its published fee is per lesson of ``lesson_minutes``, in fen."""

    SCOPE = Scope("institution__jurisdiction_id", withdrawn="institution__withdrawn_at")

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="courses")
    name = models.CharField("课程名称", max_length=80)
    category = models.CharField("培训类别", max_length=10, choices=Category.choices)
    subject = models.CharField("科目", max_length=40)
    stage = models.CharField("学段", max_length=10, choices=Stage.choices)
    mode = models.CharField("培训形式", max_length=10, choices=Mode.choices, default=Mode.OFFLINE)
    lesson_minutes = models.PositiveSmallIntegerField("课时长度(分钟)", default=45)
    lesson_fee_fen = models.BigIntegerField("公示课时费(分)")
    published_on = models.DateField("公示日期")
    stopped_on = models.DateField("停开日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "课程"
        verbose_name_plural = "课程"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"],
                condition=Q(stopped_on__isnull=True),
                name="course_name_once",
                violation_error_message="该机构已有同名课程。",
            ),
            one_of("category", Category, name="course_category_known"),
            one_of("stage", Stage, name="course_stage_known"),
            one_of("mode", Mode, name="course_mode_known"),
            models.CheckConstraint(
                condition=Q(lesson_fee_fen__gte=0, lesson_minutes__gte=10),
                name="course_fee_and_length_sane",
                violation_error_message="课时费不能为负，课时长度不少于10分钟。",
            ),
            ordered("published_on", "stopped_on", name="course_period_ordered", message="停开日期不能早于公示日期。"),
        ]

    def __str__(self) -> str:
        return self.name


class StaffMember(models.Model):
    """A person who works for the institution. The ID number is sealed; ``id_hash`` finds it again."""

    SCOPE = Scope("institution__jurisdiction_id", withdrawn="institution__withdrawn_at")

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="staff")
    name = models.CharField("姓名", max_length=60)
    id_number = SealedTextField("身份证号", blank=True)
    id_hash = models.CharField("身份证号索引", max_length=64, blank=True)
    phone = SealedTextField("手机号码", blank=True)
    role = models.CharField("岗位类别", max_length=20, choices=StaffRole.choices)
    full_time = models.BooleanField("专职", default=True)
    teaches_subject = models.BooleanField("从事学科类教学", default=False)
    teacher_certificate = models.CharField("教师资格证编号", max_length=40, blank=True)
    other_qualification = models.CharField("其他专业能力证明", max_length=100, blank=True)
    crime_checked_on = models.DateField("最近违法犯罪记录查询日期", null=True, blank=True)
    joined_on = models.DateField("入职日期")
    left_on = models.DateField("离职日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "从业人员"
        verbose_name_plural = "从业人员"
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "id_hash"],
                condition=Q(left_on__isnull=True) & ~Q(id_hash=""),
                name="staff_person_once",
                violation_error_message="该人员已登记在本机构。",
            ),
            one_of("role", StaffRole, name="staff_role_known"),
            models.CheckConstraint(
                condition=Q(teaches_subject=False) | ~Q(teacher_certificate=""),
                name="staff_subject_teacher_is_certified",
                violation_error_message="从事学科类教学的人员必须登记教师资格证编号。",
            ),
            models.CheckConstraint(
                condition=~Q(role=StaffRole.TEACHING) | ~Q(teacher_certificate="") | ~Q(other_qualification=""),
                name="staff_teacher_is_qualified",
                violation_error_message="教学人员必须登记教师资格证或其他专业能力证明。",
            ),
            ordered("joined_on", "left_on", name="staff_period_ordered", message="离职日期不能早于入职日期。"),
        ]

    def __str__(self) -> str:
        return self.name


class RedLine(models.Model):
    """A red line that a person crossed (从业人员管理办法): bars the person until it is lifted."""

    SCOPE = Scope("staff__institution__jurisdiction_id", withdrawn="staff__institution__withdrawn_at")

    staff = models.ForeignKey(StaffMember, verbose_name="人员", on_delete=models.PROTECT, related_name="red_lines")
    fact = models.CharField("事实", max_length=300)
    basis = models.CharField("依据", max_length=200, blank=True)
    happened_on = models.DateField("发生日期")
    recorded_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "红线行为"
        verbose_name_plural = "红线行为"
        constraints = [
            models.CheckConstraint(
                condition=~Q(fact=""), name="red_line_has_fact", violation_error_message="请写明红线行为的事实。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staff}：{self.fact}"


class TrainingClass(models.Model):
    """A class of a course: room, teacher, weekly times, lessons and total fee."""

    SCOPE = Scope("course__institution__jurisdiction_id", withdrawn="course__institution__withdrawn_at")

    course = models.ForeignKey(Course, verbose_name="课程", on_delete=models.PROTECT, related_name="classes")
    site = models.ForeignKey(Site, verbose_name="办学场所", on_delete=models.PROTECT, null=True, blank=True)
    teacher = models.ForeignKey(StaffMember, verbose_name="任课教师", on_delete=models.PROTECT)
    name = models.CharField("班级名称", max_length=80)
    room = models.CharField("教室", max_length=40, blank=True)
    timetable = models.JSONField("上课时间", default=list, help_text="[{weekday: 1-7, start: HH:MM, end: HH:MM}]")
    lessons = models.PositiveSmallIntegerField("总课时")
    fee_fen = models.BigIntegerField("班级收费(分)")
    capacity = models.PositiveSmallIntegerField("班额")
    starts_on = models.DateField("开班日期")
    ends_on = models.DateField("结班日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "班级"
        verbose_name_plural = "班级"
        constraints = [
            models.UniqueConstraint(
                fields=["course", "name"], name="class_name_once", violation_error_message="该课程已有同名班级。"
            ),
            models.CheckConstraint(
                condition=Q(fee_fen__gte=0, lessons__gte=1, capacity__gte=1),
                name="class_numbers_sane",
                violation_error_message="收费不能为负，课时和班额至少为1。",
            ),
            ordered("starts_on", "ends_on", name="class_period_ordered", message="结班日期不能早于开班日期。"),
        ]

    def __str__(self) -> str:
        return self.name


class ClassificationOpinion(models.Model):
    """分类鉴别意见: is an item 学科类, by purpose, content, method and evaluation."""

    SCOPE = Scope("institution__jurisdiction_id", withdrawn="institution__withdrawn_at")

    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="opinions")
    item = models.CharField("培训项目", max_length=80)
    conclusion = models.CharField("鉴别结论", max_length=10, choices=Category.choices)
    purpose = models.CharField("培训目的", max_length=200)
    content = models.CharField("培训内容", max_length=200)
    method = models.CharField("培训方式", max_length=200)
    evaluation = models.CharField("结果评价", max_length=200)
    experts = models.CharField("鉴别专家", max_length=200)
    no_interest_declared = models.BooleanField("专家已声明与机构无利害关系", default=False)
    decided_on = models.DateField("鉴别日期")
    recorded_at = models.DateTimeField("登记时间")
    voided_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "分类鉴别意见"
        verbose_name_plural = "分类鉴别意见"
        constraints = [
            one_of("conclusion", Category, name="opinion_conclusion_known"),
            models.CheckConstraint(
                condition=Q(no_interest_declared=True),
                name="opinion_experts_have_no_interest",
                violation_error_message="鉴别专家须与机构无利害关系，请先确认声明。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}：{self.get_conclusion_display()}"
