"""线索: what somebody saw or heard about an institution, an unlicensed site or just a place, to be followed up."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from assignments.enums import Urgency
from assignments.models import Assignment
from foundation.accounts.enums import Can
from foundation.accounts.models import Organ, User
from foundation.core.actor import Actor
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.photos.belonging import belongs_to
from foundation.photos.models import Photo
from foundation.regions.models import Division, Jurisdiction
from institutions.models import Institution, UnlicensedSite

from ..enums import Channel, ClueState, SenderKind, Subject, Verdict
from ..points import LONGEST_POINT
from ..workflow import CHECKED


class ClueQuerySet(ScopedQuerySet):
    def visible_to(self, actor: Actor) -> ClueQuerySet:
        """Clues of the actor's area for those who read clues, nothing for anybody else.

        Whoever reports sees of the own clues what ``queries.own_reports`` tells, and of others' nothing at all.
        """
        return super().visible_to(actor) if actor.can(Can.VIEW_CLUES) else self.none()


class Clue(models.Model):
    """One clue. ``content`` and ``result`` may name people and are sealed; ``points`` is what may be passed on."""

    SCOPE = Scope("jurisdiction_id", division="division_id")

    number = models.CharField("线索编号", max_length=30)
    client_id = models.UUIDField("填报标识", null=True, blank=True, editable=False)
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)或社区", on_delete=models.PROTECT)
    institution = models.ForeignKey(
        Institution, verbose_name="涉及机构", on_delete=models.PROTECT, null=True, blank=True, related_name="clues"
    )
    unlicensed_site = models.ForeignKey(
        UnlicensedSite,
        verbose_name="涉及无证场所",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clues",
    )
    address = models.CharField("地址", max_length=200, blank=True)
    sign = models.CharField("招牌或称呼", max_length=120, blank=True)

    order_no = models.CharField("12345工单编号", max_length=40, blank=True)
    channel = models.CharField("来源", max_length=12, choices=Channel.choices)
    subject = models.CharField("问题类别", max_length=12, choices=Subject.choices)
    urgency = models.CharField("缓急", max_length=12, choices=Urgency.choices, default=Urgency.NORMAL)
    content = SealedTextField("反映内容", max_length=2000, blank=True)
    points = ArrayField(models.CharField(max_length=LONGEST_POINT), verbose_name="核查要点", default=list, blank=True)
    happened_on = models.DateField("发现日期")
    received_at = models.DateTimeField("收到时间")
    received_on = models.DateField("收到日期", help_text="按哪一天统计：导入的12345工单为受理日期。")
    reported_by = models.ForeignKey(
        User, verbose_name="上报人", on_delete=models.PROTECT, null=True, blank=True, related_name="clues_reported"
    )
    reported_organ = models.ForeignKey(
        Organ, verbose_name="上报单位", on_delete=models.PROTECT, null=True, blank=True, related_name="clues_reported"
    )

    sender = models.CharField("反映人", max_length=10, choices=SenderKind.choices, blank=True)

    state = models.CharField("状态", max_length=10, choices=ClueState.choices, default=ClueState.RECEIVED)
    state_at = models.DateTimeField("状态时间")
    recused = models.ForeignKey(
        Jurisdiction,
        verbose_name="反映涉及的单位",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clues_about",
        help_text="反映的是这一级教育部门的办理，由上一级处理，本级看不到。",
    )
    visit_from_on = models.DateField("最早现场核查日", null=True, blank=True)
    refusal = SealedTextField("不予受理的理由", max_length=500, blank=True)
    merged_into = models.ForeignKey(
        "self", verbose_name="并入", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    checked_by = models.ForeignKey(
        User, verbose_name="核查人", on_delete=models.PROTECT, null=True, blank=True, related_name="clues_checked"
    )
    verdict = models.CharField("核查结论", max_length=10, choices=Verdict.choices, blank=True)
    result = SealedTextField("核查情况", max_length=2000, blank=True)

    objects = ClueQuerySet.as_manager()

    class Meta:
        verbose_name = "线索"
        verbose_name_plural = "线索"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="clue_number_once", violation_error_message="编号重复。"),
            models.UniqueConstraint(
                fields=["client_id"], name="clue_client_id_once", violation_error_message="这条线索已经收到。"
            ),
            models.UniqueConstraint(
                fields=["order_no"],
                condition=~Q(order_no="") & ~Q(state=ClueState.REFUSED),
                name="clue_order_once",
                violation_error_message="这张12345工单已经登记为线索。",
            ),
            one_of("channel", Channel, name="clue_channel_known"),
            one_of("subject", Subject, name="clue_subject_known"),
            one_of("urgency", Urgency, name="clue_urgency_known"),
            one_of("state", ClueState, name="clue_state_known"),
            one_of("sender", SenderKind, name="clue_sender_known", blank=True),
            one_of("verdict", Verdict, name="clue_verdict_known", blank=True),
            models.CheckConstraint(
                condition=Q(institution__isnull=True) | Q(unlicensed_site__isnull=True),
                name="clue_about_one_thing",
                violation_error_message="一条线索只能涉及一家机构或一个无证场所。",
            ),
            models.CheckConstraint(
                condition=(~Q(state__in=CHECKED) & Q(checked_by__isnull=True))
                | Q(state__in=CHECKED, checked_by__isnull=False),
                name="clue_checked_by_somebody",
                violation_error_message="核查中和已办结的线索必须有核查人。",
            ),
            models.CheckConstraint(
                condition=(Q(state=ClueState.REFUSED) & ~Q(refusal="")) | (~Q(state=ClueState.REFUSED) & Q(refusal="")),
                name="clue_refused_with_reason",
                violation_error_message="不予受理必须写明理由。",
            ),
            models.CheckConstraint(
                condition=Q(state=ClueState.MERGED, merged_into__isnull=False)
                | (~Q(state=ClueState.MERGED) & Q(merged_into__isnull=True)),
                name="clue_merged_into_another",
                violation_error_message="已并入的线索必须指明并入哪一条。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClueState.ACCEPTED) | Q(visit_from_on__isnull=False),
                name="clue_accepted_with_day",
                violation_error_message="受理必须确定最早现场核查日。",
            ),
            models.CheckConstraint(
                condition=Q(recused__isnull=True) | ~Q(recused=F("jurisdiction")),
                name="clue_not_at_the_recused",
                violation_error_message="反映涉及的单位不能办理这条线索。",
            ),
            models.CheckConstraint(
                condition=(Q(state=ClueState.CLOSED) & ~Q(verdict="") & ~Q(result=""))
                | (~Q(state=ClueState.CLOSED) & Q(verdict="", result="")),
                name="clue_closed_with_verdict",
                violation_error_message="办结必须写明核查结论和情况，未办结的没有结论。",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "state", "-received_at"], name="clue_by_bureau"),
            models.Index(fields=["reported_by", "-received_at"], name="clue_by_reporter"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_subject_display()}"

    @property
    def about(self) -> str:
        """What it is about, in the words that are known: the thing's name, else sign and address; empty if neither."""
        if self.institution_id:
            return self.institution.name
        if self.unlicensed_site_id:
            return self.unlicensed_site.sign or self.unlicensed_site.address
        return " ".join(filter(None, (self.sign, self.address)))


class Handover(models.Model):
    """移交: from one bureau to another, and if it was given back, why. One clue is given back once."""

    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="handovers")
    from_jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="移交单位", on_delete=models.PROTECT, related_name="+"
    )
    to_jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name="接收单位", on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField("移交理由", max_length=300)
    handed_at = models.DateTimeField("移交时间")
    given_back_at = models.DateTimeField("退回时间", null=True, blank=True)
    back_reason = models.CharField("退回理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "线索移交"
        verbose_name_plural = "线索移交"
        constraints = [
            models.UniqueConstraint(
                fields=["clue"],
                condition=Q(given_back_at__isnull=False),
                name="clue_given_back_once",
                violation_error_message="这条线索已经退回过一次，不能再退回。",
            ),
            models.CheckConstraint(
                condition=Q(given_back_at__isnull=True, back_reason="")
                | (Q(given_back_at__isnull=False) & ~Q(back_reason="")),
                name="handover_back_with_reason",
                violation_error_message="退回必须写明理由。",
            ),
            models.CheckConstraint(
                condition=~Q(from_jurisdiction=F("to_jurisdiction")),
                name="handover_elsewhere",
                violation_error_message="不能移交给本单位。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_jurisdiction} → {self.to_jurisdiction}"


class CheckRequest(models.Model):
    """An assignment that carries a clue's check points to those who go there; it says nothing of the clue."""

    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="check_requests")
    assignment = models.OneToOneField(Assignment, verbose_name="交办", on_delete=models.PROTECT, related_name="of_clue")

    class Meta:
        verbose_name = "现场核查交办"
        verbose_name_plural = "现场核查交办"

    def __str__(self) -> str:
        return f"{self.clue_id} · {self.assignment_id}"


class CluePhoto(models.Model):
    """A photo that came with a clue."""

    clue = models.ForeignKey(Clue, verbose_name="线索", on_delete=models.PROTECT, related_name="photos")
    photo = models.ForeignKey(Photo, verbose_name="照片", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "线索照片"
        verbose_name_plural = "线索照片"
        constraints = [
            models.UniqueConstraint(
                fields=["photo"], name="clue_photo_once", violation_error_message="这张照片已用于另一条线索。"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clue_id} · {self.photo_id}"


belongs_to(CluePhoto, "clue")
