"""Entries of the lists, and the numbered editions in which the lists were published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from enforcement.enums import Service
from foundation.accounts.models import User
from foundation.core.constraints import one_of, ordered, other_person
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.documents.models import Document
from institutions.models import Institution
from listings.enums import IN_FORCE, OPEN, UNDECIDED, Change, Hearing, ListKind, ListState, RemovalGround

VIA_INSTITUTION = Scope(
    "institution__jurisdiction_id",
    division="institution__division_id",
    category="institution__category",
    withdrawn="institution__withdrawn_at",
)


class ListEntry(models.Model):
    """One institution on one list: asked for by one person, decided by another, for a term (both days included)."""

    SCOPE = VIA_INSTITUTION

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="list_entries"
    )
    kind = models.CharField("名单", max_length=12, choices=ListKind.choices)
    published = models.BooleanField("向社会公布", default=True)
    needs_defence = models.BooleanField("须告知并听取申辩", default=False)
    reason = models.CharField("列入事由", max_length=300)
    basis = models.CharField("依据", max_length=200)
    evidence = models.TextField("其他证据材料", max_length=2000, blank=True)
    contact = models.CharField("联系人和电话", max_length=100, blank=True)
    effective_on = models.DateField("列入日期")
    until = models.DateField("期限至")

    state = models.CharField("状态", max_length=10, choices=ListState.choices, default=ListState.PROPOSED)
    state_at = models.DateTimeField("状态时间")
    proposed_by = models.ForeignKey(User, verbose_name="提请人", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提请时间")

    prior_notice = models.OneToOneField(
        Document, verbose_name="事先告知书", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.CharField("送达方式", max_length=12, choices=Service.choices, default=Service.NONE)
    served_on = models.DateField("送达日期", null=True, blank=True)
    recipient = models.CharField("签收人", max_length=60, blank=True)
    witness = models.CharField("见证人", max_length=120, blank=True)
    hearing = models.CharField("申辩期怎样结束", max_length=10, choices=Hearing.choices, blank=True)
    heard_on = models.DateField("申辩期结束日期", null=True, blank=True)
    answer = models.TextField("对陈述申辩的复核意见", max_length=2000, blank=True)

    decided_by = models.ForeignKey(
        User, verbose_name="审核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("审核时间", null=True, blank=True)
    decision_remark = models.CharField("审核意见", max_length=300, blank=True)
    organ_name = models.CharField("公布单位", max_length=120, blank=True)
    removal_ground = models.CharField("移出理由", max_length=10, choices=RemovalGround.choices, blank=True)
    removal_reason = models.CharField("移出事由", max_length=300, blank=True)
    removal_proposed_by = models.ForeignKey(
        User, verbose_name="移出提请人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removal_decided_by = models.ForeignKey(
        User, verbose_name="移出审核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removal_remark = models.CharField("移出审核意见", max_length=300, blank=True)
    ended_on = models.DateField("移出日期", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "名单记录"
        verbose_name_plural = "黑白名单"
        constraints = [
            one_of("kind", ListKind, name="list_entry_kind_known"),
            one_of("state", ListState, name="list_entry_state_known"),
            ordered("effective_on", "until", name="list_entry_term_ordered", message="期限至不能早于列入日期。"),
            models.UniqueConstraint(
                fields=["institution", "kind"],
                condition=Q(state__in=OPEN),
                name="list_entry_open_once",
                violation_error_message="该机构在这一名单中已有待审核或已公布的记录，请先办结。",
            ),
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(state__in=IN_FORCE, kind__in=[ListKind.WHITE, ListKind.BLACK]),
                name="list_entry_one_list_at_a_time",
                violation_error_message="该机构已在另一名单中，请先移出。",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(basis=""),
                name="list_entry_has_grounds",
                violation_error_message="列入事由和依据不能为空。",
            ),
            other_person(
                "proposed_by",
                "decided_by",
                name="list_entry_four_eyes",
                message="提请人不能审核自己的提请。",
            ),
            other_person(
                "removal_proposed_by",
                "removal_decided_by",
                name="list_entry_removal_four_eyes",
                message="移出的提请人不能审核自己的提请。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDECIDED, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state__in=UNDECIDED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="list_entry_decided_by_someone",
                violation_error_message="审核过的名单记录必须有审核人和审核时间。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.REMOVING) | (Q(removal_proposed_by__isnull=False) & ~Q(removal_reason="")),
                name="list_entry_removal_has_grounds",
                violation_error_message="提请移出必须有提请人和事由。",
            ),
            models.CheckConstraint(
                condition=Q(state=ListState.ENDED, ended_on__isnull=False)
                | (~Q(state=ListState.ENDED) & Q(ended_on__isnull=True)),
                name="list_entry_end_has_date",
                violation_error_message="移出日期应与状态一致。",
            ),
            one_of("service", Service, name="list_entry_service_known"),
            one_of("hearing", Hearing, name="list_entry_hearing_known", blank=True),
            one_of("removal_ground", RemovalGround, name="list_entry_removal_ground_known", blank=True),
            models.CheckConstraint(
                condition=~Q(kind=ListKind.BLACK) | Q(needs_defence=True, published=True) | Q(hearing=Hearing.BEFORE),
                name="list_entry_black_is_heard",
                violation_error_message="列入黑名单必须先告知并听取申辩。",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ListKind.WARNING, published=True) | Q(needs_defence=True),
                name="list_entry_warning_is_heard",
                violation_error_message="公布预警名单必须先告知并听取申辩。",
            ),
            models.CheckConstraint(
                condition=Q(needs_defence=False)
                | Q(state__in=[*UNDECIDED, ListState.REJECTED])
                | Q(hearing=Hearing.BEFORE)
                | Q(hearing__in=[Hearing.LAPSED, Hearing.WAIVED], served_on__isnull=False, prior_notice__isnull=False),
                name="list_entry_heard_before_listed",
                violation_error_message="告知书送达、陈述申辩期满或当事人书面放弃之前，不能列入。",
            ),
            models.CheckConstraint(
                condition=~Q(state=ListState.HEARD) | Q(hearing__in=[Hearing.LAPSED, Hearing.WAIVED]),
                name="list_entry_heard_says_how",
                violation_error_message="申辩期结束必须说明是期满还是放弃。",
            ),
            models.CheckConstraint(
                condition=Q(service=Service.NONE, served_on__isnull=True)
                | (~Q(service=Service.NONE) & Q(served_on__isnull=False)),
                name="list_entry_service_has_date",
                violation_error_message="送达必须有日期。",
            ),
            models.CheckConstraint(
                condition=~Q(service=Service.LEFT) | ~Q(witness=""),
                name="list_entry_left_with_witness",
                violation_error_message="留置送达必须写明见证人。",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "kind"], name="list_entry_by_state"),
            models.Index(fields=["until"], condition=Q(state__in=IN_FORCE), name="list_entry_in_force_until"),
        ]

    def __str__(self) -> str:
        return f"{self.institution} · {self.get_kind_display()}"


class Edition(models.Model):
    """One numbered state of a list of the whole installation. Never changed: the next edition says what changed.

    ``content_sha256`` is the hash of the canonical lines (public id, from, until) in the order of the public ids.
    """

    kind = models.CharField("名单", max_length=12, choices=ListKind.choices)
    no = models.PositiveIntegerField("期号")
    cut_off = models.DateTimeField("截至时间")
    entries = models.PositiveIntegerField("在列家数")
    added = models.PositiveIntegerField("列入家数")
    removed = models.PositiveIntegerField("移出家数")
    content_sha256 = models.CharField("内容校验值", max_length=64)

    class Meta:
        verbose_name = "名单期次"
        verbose_name_plural = "名单期次"
        constraints = [
            one_of("kind", ListKind, name="edition_kind_known"),
            models.UniqueConstraint(
                fields=["kind", "no"], name="edition_no_once", violation_error_message="该期次已编成。"
            ),
            models.CheckConstraint(
                condition=Q(no__gte=1), name="edition_no_from_one", violation_error_message="期号从1开始。"
            ),
            models.CheckConstraint(
                condition=Q(content_sha256__regex=r"^[0-9a-f]{64}$"),
                name="edition_hash_format",
                violation_error_message="内容校验值格式有误。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}第{self.no}期"


class EditionChange(models.Model):
    """One line that an edition added or removed; the lines of an edition are the changes up to it, replayed."""

    edition = models.ForeignKey(Edition, verbose_name="期次", on_delete=models.PROTECT, related_name="changes")
    institution = models.ForeignKey(Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="+")
    change = models.CharField("变动", max_length=10, choices=Change.choices)
    since = models.DateField("列入日期")
    until = models.DateField("期限至", null=True, blank=True)

    class Meta:
        verbose_name = "名单变动"
        verbose_name_plural = "名单变动"
        constraints = [
            one_of("change", Change, name="edition_change_known"),
            models.UniqueConstraint(
                fields=["edition", "institution", "change"],
                name="edition_change_once",
                violation_error_message="同一期中该变动已记录。",
            ),
        ]
        indexes = [models.Index(fields=["institution", "edition"], name="edition_change_by_inst")]

    def __str__(self) -> str:
        return f"{self.edition} {self.get_change_display()} {self.institution_id}"
