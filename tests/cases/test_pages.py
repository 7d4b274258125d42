"""A case through its pages: from a visit to the archive, each step by the one who may, and what the pages show."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.enums import CaseState, StatementKind
from cases.models import Case, EvidenceFile
from foundation.audit.models import Event
from foundation.core import clock
from foundation.core.home import todo_tiles
from tests.cases.factories import certified, filed, in_state, proposed, violation
from tests.enforcement.factories import inspected
from tests.inspections.factories import AT, DAY
from tests.photos.factories import upload

pytestmark = pytest.mark.django_db
CASES, VISITS = "/admin/cases/case/", "/admin/inspections/visit/"
LIST_QUERIES = 18


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


def step(client, case: Case, slug: str, **given) -> Case:
    """Take one step by its form; the page must have accepted it."""
    answer = client.post(f"{CASES}{case.pk}/{slug}/", given)
    if answer.status_code != 302:
        pytest.fail(f"{slug}: {answer.status_code} {errors_in(answer.content.decode())}")
    return Case.objects.get(pk=case.pk)


def errors_in(page: str) -> list[str]:
    return [line.strip() for line in page.splitlines() if "error" in line or "须" in line][:12]


def test_a_case_goes_from_a_visit_to_the_archive(cast, enter):
    visit, officers = inspected(cast), certified(cast)
    officer, leader = cast.officer, cast.leader
    page = enter(officer).get(f"{VISITS}{visit.pk}/case/").content.decode()
    for words in ("变相开展学科类校外培训", "执法证闽D0001", "提请负责人审批"):
        assert words in page
    given = {"violation": violation().pk, "summary": "学科类培训", "officers": [post.pk for post in officers]}
    assert enter(officer).post(f"{VISITS}{visit.pk}/case/", given).status_code == 302
    case = Case.objects.get()
    case = step(enter(leader), case, "approve", opinion="同意立案")
    case = step(enter(officer), case, "sheet")
    case = investigated_and_told(cast, enter, case)
    case = step(enter(officer), case, "propose", outcome="punish", grounds="从轻", fine="2000", others=["criticism"])
    case = step(enter(leader), case, "decide", opinion="同意")
    case = step(enter(officer), case, "decision-paper", contact="0592-1", payment="财政专户")
    paper = case.papers.get(kind="penalty_decision")
    case = step(enter(officer), case, "serve", paper=paper.pk, service="direct", served_on=DAY, recipient="王某")
    for penalty in case.penalties.filter(stage="decided"):
        money = "2000" if penalty.amount else ""
        case = step(enter(officer), case, "fulfil", penalty=penalty.pk, done_on=DAY, amount=money, note="已履行")
    case = step(enter(officer), case, "ask-close", note="执行完毕")
    case = step(enter(leader), case, "close", opinion="同意")
    case = step(enter(officer), case, "sheet")
    case = step(enter(officer), case, "archive", archive_no="卷1")
    assert case.state == CaseState.ARCHIVED
    shown = enter(officer).get(f"{CASES}{case.pk}/").content.decode()
    for words in (
        "思教罚决〔2026〕1号",
        "思教送〔2026〕2号",
        "现场笔录",
        "人民币2,000.00元",
        "思教结〔2026〕1号",
        "书面放弃",
    ):
        assert words in shown, words
    assert case.number in enter(officer).get(f"{VISITS}{visit.pk}/").content.decode()


def investigated_and_told(cast, enter, case: Case) -> Case:
    """Evidence, report, review, notice, service, waiver."""
    officer = cast.officer
    step(enter(officer), case, "evidence", **evidence())
    case = step(enter(officer), case, "conclude", report="查明事实", fine="3,000", others=["criticism"], detail="通报")
    case = step(enter(cast.legal), case, "pass", opinion="可")
    case = step(enter(officer), case, "notify", contact="0592-1")
    notice = case.papers.get(kind="prior_notice")
    case = step(enter(officer), case, "serve", paper=notice.pk, service="direct", served_on=DAY, recipient="王某")
    step(enter(officer), case, "statement", kind=StatementKind.WAIVER, text="放弃", given_by="王某", given_on=DAY)
    return step(enter(officer), case, "end-say")


def evidence(**given) -> dict[str, object]:
    facts = {
        "kind": "record",
        "title": "现场笔录",
        "shows": "事实",
        "taken_from": "现场",
        "taken_on": f"{DAY}",
        "taken_by": "两人",
    }
    return facts | given


def test_a_file_of_evidence_leaves_with_a_trace(cast, enter, private_media):
    case = filed(cast)
    client = enter(cast.officer)
    step(client, case, "evidence", files=[upload()], **evidence())
    file = EvidenceFile.objects.get()
    address = f"/admin/cases/evidencefile/{file.pk}/take/"
    assert "记入操作记录" in client.get(address).content.decode()
    answer = enter(cast.legal).post(address)
    assert (answer.status_code, answer["Content-Disposition"].startswith("attachment")) == (200, True)
    assert Event.objects.filter(kind="case.evidence_taken", actor_id=cast.legal.user_id).count() == 1
    assert len(list(private_media.rglob("evidence/**/*.sealed"))) == 1


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(cast, enter, private_media):
    client = enter(cast.officer)
    step(client, filed(cast), "evidence", files=[upload()], **evidence())
    [stored] = private_media.rglob("evidence/**/*.sealed")
    data = stored.read_bytes()
    stored.chmod(0o600)
    stored.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    answer = client.post(f"/admin/cases/evidencefile/{EvidenceFile.objects.get().pk}/take/", follow=True)
    assert "文件与登记的摘要不符" in answer.content.decode()
    assert not Event.objects.filter(kind="case.evidence_taken").exists()


def test_a_refused_piece_of_evidence_leaves_no_file(cast, enter, private_media):
    case = filed(cast)
    late = evidence(taken_on=f"{DAY + timedelta(days=1)}", files=[upload()])
    page = enter(cast.officer).post(f"{CASES}{case.pk}/evidence/", late).content.decode()
    assert "不能晚于今天" in page
    assert list(private_media.rglob("*.sealed")) == []


def test_questions_and_answers_are_read_from_lines(cast, enter):
    case, client = filed(cast), enter(cast.officer)
    given = {
        "asked": "王某",
        "relation": "负责人",
        "is_party": "on",
        "time": "14:00",
        "place": "教育局",
        "recorder": "陈晓岚",
        "shows": "收费",
        "talk": "问：何时开始？\n答：九月。\n就是开学以后。\n问：收费多少？\n答：三千元。",
    }
    for talk in ("答：九月。", "问：何时开始？"):
        assert client.post(f"{CASES}{case.pk}/question/", given | {"talk": talk}).status_code == 200
    step(client, case, "question", **given)
    assert "答：九月。就是开学以后。" in case.papers.get(kind="questioning_record").document.content


@pytest.mark.parametrize(
    ("state", "role", "offered", "hidden"),
    [
        (CaseState.PROPOSED, "leader", ["approve", "decline"], ["evidence", "pass"]),
        (CaseState.PROPOSED, "officer", [], ["approve", "evidence", "conclude"]),
        (CaseState.INVESTIGATING, "officer", ["evidence", "question", "preserve", "conclude"], ["notify", "propose"]),
        (CaseState.CONCLUDED, "legal", ["pass", "return"], ["notify"]),
        (CaseState.REVIEWED, "officer", ["notify", "propose"], ["end-say", "decide"]),
        (CaseState.HEARING, "officer", ["call-hearing"], ["end-say", "hold-hearing"]),
        (CaseState.TO_DECIDE, "leader", ["decide", "send-back"], ["propose", "close"]),
        (CaseState.EXECUTING, "officer", ["fulfil", "ask-close", "publish", "overturn"], ["decision-paper", "serve"]),
    ],
)
def test_what_is_offered_is_what_may_be_done_now(cast, enter, state, role, offered, hidden):
    case = in_state(cast, state)
    page = enter(getattr(cast, role)).get(f"{CASES}{case.pk}/").content.decode()
    assert [slug for slug in offered if f"/{case.pk}/{slug}/" not in page] == []
    assert [slug for slug in hidden if f"/{case.pk}/{slug}/" in page] == []


def test_who_has_to_act_sees_it_on_the_home_page(cast):
    proposed(cast)
    in_state(cast, CaseState.CONCLUDED)
    told = {who: [tile.label for tile in todo_tiles(getattr(cast, who))] for who in ("leader", "legal", "officer")}
    assert "待审批、待审核案件" in told["leader"]
    assert "待审批、待审核案件" in told["legal"]
    assert "待审批、待审核案件" not in told["officer"]


def test_the_list_asks_few_questions(cast, enter, django_assert_max_num_queries):
    for _ in range(3):
        proposed(cast)
    client = enter(cast.officer)
    client.get(CASES)
    with django_assert_max_num_queries(LIST_QUERIES):
        page = client.get(CASES).content.decode()
    assert page.count("待立案审批") >= 3


def test_whoever_does_not_view_cases_sees_nothing_of_them_elsewhere(cast, enter):
    case = proposed(cast)
    page = enter(cast.town).get(f"/admin/institutions/institution/{case.institution_id}/").content.decode()
    assert violation().name not in page


def test_papers_of_a_case_are_read_by_those_who_read_cases(cast, enter):
    paper = filed(cast).papers.get()
    address = f"/admin/documents/document/{paper.document_id}/"
    assert enter(cast.legal).get(address).status_code == 200
    assert enter(cast.town).get(address).status_code == 404
