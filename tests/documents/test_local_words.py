"""本地文书格式: a bureau's own words, proposed by one, approved by another, complete; what was issued stays."""

from datetime import timedelta

import pytest

from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.constraints import insert, translated
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from foundation.documents import local_words, workflow
from foundation.documents.enums import DocumentKind, WordingState
from foundation.documents.models import Document, LocalWording
from foundation.documents.operations.wordings import (
    approve_wording,
    propose_wording,
    refuse_wording,
    withdraw_wording,
)
from foundation.documents.samples import sample_of
from foundation.documents.wording import all_in_use, in_use

from .factories import AT, issued, list_notice, organ_of, rectification
from .reading import pdf_text

pytestmark = pytest.mark.django_db
RECTIFY = in_use(DocumentKind.RECTIFICATION)
OWN = [template for template in all_in_use() if local_words.changeable(template)]
TEXT = """主送：{当事人}：
经查，你单位（地址：{当事人地址}）于{检查日期}在{检查地点}存在{#检查发现的问题}项问题：
{检查发现的问题}
违反{违反的规定}。限{整改期限}前整改：
{整改要求}
证据：{证据材料}
{逾期后果}
{陈述申辩与救济途径}
联系：{联系人和电话}
执法人员｜{执法人员及执法证号}
手填：当事人签名、日期"""


def words(parts: list[dict]) -> str:
    lines = []
    for part in parts:
        rows = [cell for row in part.get("rows", []) for cell in row]
        lines += [part.get("text", ""), *rows, *part.get("labels", [])]
    return "".join("".join(lines).split()).replace("、", "；")  # how a list is joined in a sentence


def proposed(cast, by=None, **given) -> LocalWording:
    organ_of(cast.officer)
    facts = {
        "kind": DocumentKind.RECTIFICATION,
        "text": TEXT,
        "basis": "厦门市文书格式（试行）",
        "effective_on": AT.date(),
    }
    return propose_wording(**facts | given, by=by or cast.officer, at=AT)


def approved(cast, **given) -> LocalWording:
    return approve_wording(wording=proposed(cast, **given), by=cast.legal, at=AT)


@pytest.mark.parametrize("template", OWN, ids=lambda template: template.kind.value)
def test_the_standard_words_as_a_text_say_the_same(template):
    text = local_words.standard_text(template)
    local_words.check(template, text)
    values = template.checked(sample_of(template, on=AT.date()))
    assert words(local_words.blocks(template, text, values)) == words(template.body(values))


def test_which_kinds_keep_their_form():
    """Their sentences hang on their values, or their form is a drawing."""
    kept = {template.kind for template in all_in_use()} - {template.kind for template in OWN}
    assert kept >= {
        *(DocumentKind.LIST_NOTICE, DocumentKind.DRAW_RESULTS, DocumentKind.PARENT_LETTER, DocumentKind.STATISTICS),
        *(DocumentKind.REFUND, DocumentKind.SUPERVISOR_CARD, DocumentKind.SUPERVISOR_LETTER),
    }


def test_documents_are_issued_in_the_own_words_from_their_day(cast):
    before = issued(cast.officer)
    wording = approved(cast, title="责令改正通知书", effective_on=AT.date() + timedelta(days=2))
    assert issued(cast.officer).frozen["local"] == 0
    document = issued(cast.officer, at=AT + timedelta(days=2))
    assert (document.frozen["local"], document.frozen["title"]) == (wording.pk, "责令改正通知书")
    for sentence in (
        "存在2项问题：",
        "违反《校外培训行政处罚暂行办法》第二十四条。限2026年3月16日前整改：",
        "1. 退还超期",
    ):
        assert sentence in document.content
    assert document.number == "厦思教责改〔2026〕3号"
    assert Document.objects.get(pk=before.pk).frozen["title"] == "责令限期整改通知书"
    other = issued(cast.officer, kind=DocumentKind.LIST_NOTICE, fields=list_notice(1), at=AT + timedelta(days=2))
    assert other.frozen["local"] == 0


def test_another_bureaus_words_are_its_own(cast):
    approved(cast)
    organ_of(cast.neighbour, "厦集教")
    assert issued(cast.neighbour).frozen["local"] == 0


def test_the_newest_holds_and_an_empty_one_brings_the_standard_back(cast):
    first, second = approved(cast), approved(cast, text=TEXT.replace("经查，", "现查明，"))
    assert issued(cast.officer).frozen["local"] == second.pk != first.pk
    third = proposed(cast, text="")
    assert issued(cast.officer).frozen["local"] == second.pk  # nobody has approved the third
    approve_wording(wording=third, by=cast.legal, at=AT)
    assert issued(cast.officer).frozen["local"] == 0


def test_what_is_not_known_is_left_out_or_to_be_written(cast):
    approved(cast)
    document = issued(cast.officer, fields=rectification(evidence=[], party_address=""))
    assert "证据：" not in document.content
    assert "（地址：________）" in document.content


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("{陈述申辩与救济途径}\n", ""), "缺少字段“陈述申辩与救济途径”"),
        (("{整改期限}", "三日内"), "缺少字段“整改期限”"),
        (("{整改期限}", "{#整改期限}"), "缺少字段“整改期限”"),
        (("{联系人和电话}", "{联系人}"), "没有“联系人”这个字段"),
        (("{检查发现的问题}\n", "问题有{检查发现的问题}\n"), "须单独占一行"),
        (("经查", "{经查"), "花括号不成对"),
        (("手填：当事人签名、日期", ""), "缺少签名处"),
        (("经查", "经查" * 4001), "不能超过8000字"),
    ],
)
def test_a_text_that_lacks_something_is_refused_in_words(cast, change, said):
    with pytest.raises(InvalidInput, match=said) as refusal:
        proposed(cast, text=TEXT.replace(*change))
    assert set(refusal.value.fields) == {"text"}
    assert not LocalWording.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"), [({"basis": " "}, "basis"), ({"effective_on": AT.date() - timedelta(days=1)}, "effective_on")]
)
def test_a_basis_and_a_day_to_come(cast, given, field):
    with pytest.raises(InvalidInput) as refusal:
        proposed(cast, **given)
    assert set(refusal.value.fields) == {field}


def test_a_fixed_kind_is_refused(cast):
    with pytest.raises(InvalidInput, match="版式固定"):
        proposed(cast, kind=DocumentKind.SUPERVISOR_CARD)


def test_one_proposal_of_a_kind_at_a_time(cast):
    proposed(cast)
    with pytest.raises(InvalidInput, match="已有一份待审核"):
        proposed(cast, by=cast.second_officer)


def test_two_persons(cast):
    """A city manager proposes and approves, never the same; the database says so, too."""
    organ_of(cast.city, "厦教")
    wording = proposed(cast, by=cast.city)
    with pytest.raises(NotAllowed):
        approve_wording(wording=wording, by=cast.city, at=AT)
    wording.pk, wording.state, wording.decided_by_id = None, WordingState.APPROVED, wording.proposed_by_id
    with pytest.raises(InvalidInput, match="另一人审核"), translated():
        insert(wording)


@pytest.mark.parametrize("role", ["officer", "second_officer", "city", "neighbour", "province", "town"])
def test_who_does_not_decide(cast, role):
    with pytest.raises(NotAllowed):
        approve_wording(wording=proposed(cast), by=getattr(cast, role), at=AT)


@pytest.mark.parametrize("role", ["leader", "legal", "province", "town", "culture"])
def test_who_does_not_propose(cast, role):
    with pytest.raises(NotAllowed):
        proposed(cast, by=getattr(cast, role))


def test_approved_late_it_holds_from_the_day_of_approval(cast):
    wording = approve_wording(wording=proposed(cast), by=cast.leader, at=AT + timedelta(days=5))
    assert wording.effective_on == AT.date() + timedelta(days=5)
    assert Event.objects.get(kind="local_wording.approved").changes["effective_on"] == [
        AT.date().isoformat(),
        wording.effective_on.isoformat(),
    ]


STEPS = {
    workflow.APPROVE: lambda row, cast: approve_wording(wording=row, by=cast.legal, at=AT),
    workflow.REFUSE: lambda row, cast: refuse_wording(wording=row, remark="不全", by=cast.legal, at=AT),
    workflow.WITHDRAW: lambda row, cast: withdraw_wording(wording=row, by=cast.second_officer, at=AT),
}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_step_once(cast, step):
    row = STEPS[step](proposed(cast), cast)
    assert row.state == step.target
    for again in STEPS.values():
        with pytest.raises(IllegalTransition):
            again(row, cast)


def test_the_pages(cast, enter):
    organ_of(cast.officer)
    with clock.set_to(AT):
        client, address = enter(cast.officer), "/admin/documents/localwording/"
        assert "责令限期整改通知书" in client.get(f"{address}propose/").content.decode()
        answer = client.post(f"{address}propose/", {"kind": DocumentKind.RECTIFICATION})
        assert answer.url == f"{address}propose/?kind=rectification_notice"
        assert "主送：{当事人}：" in client.get(answer.url).content.decode()
        wrong = client.post(
            answer.url, {"text": "空", "basis": "试行", "effective_on": f"{AT.date()}"}
        ).content.decode()
        assert "缺少字段“整改期限”" in wrong
        sent = {"text": TEXT, "basis": "试行", "effective_on": f"{AT.date()}"}
        assert client.post(answer.url, sent).status_code == 302
        row = LocalWording.objects.get()
        client = enter(cast.legal)
        shown = client.get(f"{address}{row.pk}/").content.decode()
        for text in ("存在2项问题：", "待审核", "主送：{当事人}："):
            assert text in shown
        sample = client.get(f"{address}{row.pk}/sample/")
        assert "样张，不具效力" in pdf_text(sample.content)
        assert client.post(f"{address}{row.pk}/approve/", {"remark": ""}).status_code == 302
        assert "已批准" in client.get(address).content.decode()
    assert not Document.objects.exists()
