"""立案: one matter of one party, from the proposal to file it to the archive."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.enums import CaseState, Outcome, Source
from clues.models import Clue
from enforcement.models import Order
from foundation.accounts.models import Organ, User
from foundation.core.constraints import one_of, other_person
from foundation.core.scope import Scope, ScopedQuerySet
from foundation.regions.models import Division, Jurisdiction
from inspections.models import Campaign, Visit
from institutions.enums import Category
from institutions.models import Institution, UnlicensedSite

from .violations import Violation

FILED_STATES = [state for state in CaseState if state not in (CaseState.PROPOSED, CaseState.DECLINED)]


class Case(models.Model):
    """One case against one party: an institution, an unlicensed site, or a person who is neither.

    What the party was called then stays as it was filed. ``party_code``: the credit code, of a person only the last
    four characters of the identity number. ``turn`` counts how often penalties were worked out anew: penalties of an
    earlier turn are history. ``illegal_gains`` in fen; empty where they cannot be computed.
    """

    SCOPE = Scope("jurisdiction_id", division="division_id", category="category")

    matter = models.CharField("事项编号", max_length=40, blank=True)
    number = models.CharField("立案号", max_length=80, blank=True)
    source = models.CharField("案件来源", max_length=10, choices=Source.choices)
    source_note = models.CharField("来源说明", max_length=300, blank=True)
    visit = models.ForeignKey(
        Visit, verbose_name="检查记录", on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    order = models.OneToOneField(
        Order, verbose_name="责令改正通知书", on_delete=models.PROTECT, null=True, blank=True, related_name="case"
    )
    clue = models.ForeignKey(
        Clue, verbose_name="线索", on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    unlicensed = models.ForeignKey(
        UnlicensedSite, verbose_name="无证场所", on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    jurisdiction = models.ForeignKey(Jurisdiction, verbose_name="管辖单位", on_delete=models.PROTECT)
    division = models.ForeignKey(Division, verbose_name="所在乡镇(街道)或社区", on_delete=models.PROTECT)
    category = models.CharField("培训类别", max_length=10, choices=Category.choices)
    organ = models.ForeignKey(Organ, verbose_name="办案单位", on_delete=models.PROTECT)

    party_name = models.CharField("当事人", max_length=120)
    party_code = models.CharField("统一社会信用代码(自然人证件号码后四位)", max_length=20, blank=True)
    party_address = models.CharField("当事人地址", max_length=200, blank=True)
    person_in_charge = models.CharField("负责人", max_length=60, blank=True)
    violation = models.ForeignKey(Violation, verbose_name="涉嫌违法行为", on_delete=models.PROTECT, related_name="+")
    summary = models.TextField("案情摘要", max_length=2000)

    state = models.CharField("状态", max_length=16, choices=CaseState.choices, default=CaseState.PROPOSED)
    state_at = models.DateTimeField("状态时间")
    turn = models.PositiveSmallIntegerField("拟处罚轮次", default=0)

    proposed_by = models.ForeignKey(User, verbose_name="提请人", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提请时间")
    filed_by = models.ForeignKey(
        User, verbose_name="立案审批人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    filed_on = models.DateField("立案日期", null=True, blank=True)
    filing_opinion = models.CharField("立案审批意见", max_length=300, blank=True)

    report = models.TextField("调查终结报告", max_length=5000, blank=True)
    illegal_gains = models.PositiveBigIntegerField("违法所得(分)", null=True, blank=True)
    concluded_by = models.ForeignKey(
        User, verbose_name="调查终结人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        User, verbose_name="法制审核人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_opinion = models.CharField("法制审核意见", max_length=1000, blank=True)

    outcome = models.CharField("处理意见", max_length=10, choices=Outcome.choices, blank=True)
    grounds = models.TextField("处理理由", max_length=3000, blank=True)
    discussion = models.TextField("集体讨论记录", max_length=3000, blank=True)
    transferred_to = models.CharField("移送单位", max_length=120, blank=True)
    decision_proposed_by = models.ForeignKey(
        User, verbose_name="处理意见提出人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        User, verbose_name="决定审批人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    decision_opinion = models.CharField("决定审批意见", max_length=300, blank=True)
    overturned_on = models.DateField("决定被变更或撤销之日", null=True, blank=True)
    overturned_at = models.DateTimeField("变更或撤销登记时间", null=True, blank=True)
    overturned_by = models.CharField("变更或撤销的机关和文号", max_length=200, blank=True)

    closing_note = models.TextField("结案说明", max_length=2000, blank=True)
    close_asked_by = models.ForeignKey(
        User, verbose_name="结案提请人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_by = models.ForeignKey(
        User, verbose_name="结案审批人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_on = models.DateField("结案日期", null=True, blank=True)
    archive_no = models.CharField("案卷号", max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "案件"
        verbose_name_plural = "案件"
        constraints = [
            one_of("source", Source, name="case_source_known"),
            one_of("state", CaseState, name="case_state_known"),
            one_of("category", Category, name="case_category_known"),
            one_of("outcome", Outcome, name="case_outcome_known", blank=True),
            models.CheckConstraint(
                condition=~Q(institution__isnull=False, unlicensed__isnull=False) & ~Q(party_name=""),
                name="case_one_party",
                violation_error_message="一个案件只有一个当事人，且必须写明名称。",
            ),
            models.CheckConstraint(
                condition=(~Q(source=Source.VISIT) | Q(visit__isnull=False))
                & (~Q(source=Source.ORDER) | Q(order__isnull=False))
                & (~Q(source=Source.CLUE) | Q(clue__isnull=False))
                & (~Q(source__in=[Source.TRANSFER, Source.OTHER]) | ~Q(source_note="")),
                name="case_source_shown",
                violation_error_message="案件来源必须有相应的记录或说明。",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FILED_STATES, filed_on__isnull=False, filed_by__isnull=False)
                | Q(state=CaseState.ARCHIVED, filed_by__isnull=False)
                | ~Q(state__in=FILED_STATES) & Q(filed_on__isnull=True),
                name="case_filed_by_someone",
                violation_error_message="已立案的案件必须有立案日期和审批人。",
            ),
            other_person("proposed_by", "filed_by", name="case_filed_by_other", message="提请人不能审批自己的立案。"),
            other_person(
                "decision_proposed_by", "decided_by", name="case_decided_by_other", message="不能审批自己的处理意见。"
            ),
            other_person("close_asked_by", "closed_by", name="case_closed_by_other", message="不能审批自己的结案。"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.TRANSFER) | ~Q(transferred_to=""),
                name="case_transfer_says_where",
                violation_error_message="移送必须写明移送单位。",
            ),
            models.CheckConstraint(
                condition=Q(overturned_on__isnull=True, overturned_at__isnull=True, overturned_by="")
                | Q(overturned_on__isnull=False, overturned_at__isnull=False, decided_on__isnull=False)
                & ~Q(overturned_by=""),
                name="case_overturned_by_someone",
                violation_error_message="决定被变更或撤销的，必须写明日期、机关和文号。",
            ),
        ]
        indexes = [
            models.Index(fields=["jurisdiction", "-proposed_at", "-id"], name="case_by_bureau"),
            models.Index(fields=["institution", "-proposed_at"], name="case_by_institution"),
            models.Index(fields=["state", "jurisdiction"], name="case_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '待立案'} {self.party_name}"

    @property
    def party(self) -> Institution | UnlicensedSite | None:
        """Whom the case is against, where the register knows them."""
        return self.institution or self.unlicensed


class CaseOfficer(models.Model):
    """An officer who handles the case; at least two at any time, each with a certificate. One who left stays listed."""

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="officers")
    user = models.ForeignKey(User, verbose_name="办案人员", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("姓名", max_length=60)
    certificate_no = models.CharField("执法证号", max_length=40)
    since = models.DateField("办案起")
    until = models.DateField("办案止", null=True, blank=True)
    left_because = models.CharField("更换或回避理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "办案人员"
        verbose_name_plural = "办案人员"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=Q(until__isnull=True),
                name="case_officer_once",
                violation_error_message="该人员已是本案办案人员。",
            ),
            models.UniqueConstraint(
                fields=["case", "certificate_no"],
                condition=Q(until__isnull=True),
                name="case_certificate_once",
                violation_error_message="同一案件中执法证号重复。",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, left_because="") | Q(until__isnull=False) & ~Q(left_because=""),
                name="case_officer_left_with_reason",
                violation_error_message="更换办案人员必须写明理由。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（执法证{self.certificate_no}）"


class CaseCampaign(models.Model):
    """The case counts in a campaign; once in each."""

    case = models.ForeignKey(Case, verbose_name="案件", on_delete=models.PROTECT, related_name="campaigns")
    campaign = models.ForeignKey(Campaign, verbose_name="专项行动", on_delete=models.PROTECT, related_name="cases")

    class Meta:
        verbose_name = "案件所属专项行动"
        verbose_name_plural = "案件所属专项行动"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "campaign"],
                name="case_campaign_once",
                violation_error_message="这个案件已计入该专项行动。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} · {self.campaign}"
