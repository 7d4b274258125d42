"""Whatever refers to an institution since its import keeps it, whichever app the reference comes from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from foundation.accounts.models import Post, User
from foundation.core import clock
from foundation.core.errors import Conflict
from foundation.deadlines.models import Deadline
from foundation.documents.models import Document
from foundation.imports.models import KeptRow
from foundation.imports.taking_back import referred_to
from inspections.operations.interests import declare_interest
from inspections.operations.targets import name_target
from institutions.enums import Category, Net, StandingKind
from institutions.models import Institution, Permit, Site
from institutions.operations.merging import judge_different, merge_institutions
from institutions.operations.nets import fill_nets, name_responsible
from institutions.operations.premises import add_permit, close_campus, open_campus
from institutions.operations.status import change_status, set_standing
from institutions.operations.teaching import open_class, record_opinion
from institutions.operations.unlicensed import merge_unlicensed
from institutions.taking_back import OWN
from tests.afterschool.factories import of_register
from tests.alerts import referring as alerts
from tests.cases.factories import proposed_today as case_against
from tests.cast import Cast
from tests.clues.factories import clue
from tests.contracts.factories import found_late, invoiced, paid, signed, taught
from tests.deadlines.factories import started
from tests.declarations.factories import asked, wished
from tests.enforcement.factories import issued_today
from tests.enforcement.interviewing import studied, summoned
from tests.funds import referring as funds
from tests.inspections.campaigning import drafted
from tests.inspections.drawing import drawn_alone, excluded
from tests.inspections.factories import filed, officers_report
from tests.institutions.factories import credit_code, institution, unlicensed
from tests.institutions.imported import FULL, OTHER, bring_in, register, row, take_back
from tests.institutions.test_staff_and_teaching import course, teacher
from tests.institutions.test_undo import CAMPUS
from tests.ledger.factories import deposited
from tests.listings.factories import checked_now, listed, proposed, rated_now
from tests.materials.factories import registered as registered_set
from tests.payouts import referring as payouts
from tests.supervisors.factories import fed_back_about

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)


def relations(model: type[models.Model]) -> set[tuple[str, str]]:
    """Every foreign key of any app that points to this model, as (label, column)."""
    every = model._meta.get_fields(include_hidden=True)
    found = [each for each in every if each.auto_created and not each.concrete]
    return {(each.related_model._meta.label, each.field.name) for each in found if each.related_model not in OWN}


@pytest.mark.parametrize("model", [Institution, Site, Permit])
def test_every_foreign_key_of_any_app_is_asked(db, model):
    """A new app's too: they are taken from the models, and so is what must be asked."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert referred_to(model, [1]) == {}
    questions = [query["sql"] for query in asked.captured_queries]
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete:
            table, column = relation.related_model._meta.db_table, relation.field.column
            assert any(f'FROM "{table}"' in sql and f'"{column}" IN (1)' in sql for sql in questions), (table, column)
    for about in (Deadline, Document):
        assert any(f'FROM "{about._meta.db_table}"' in sql and model._meta.label_lower in sql for sql in questions)


def opinion(row: Institution, cast: Cast) -> object:
    words = dict.fromkeys(("item", "purpose", "content", "method", "evaluation", "experts"), "测试")
    given = {"conclusion": Category.SUBJECT, "no_interest_declared": True, "decided_on": DAY}
    return record_opinion(institution=row, by=cast.officer, at=clock.now(), **words, **given)


def other(cast: Cast) -> Institution:
    return institution(cast.officer, name="别的机构", credit_code=None)


#: How people make something refer to an institution, by the foreign key.
REFERRING: dict[tuple[str, str], Callable[[Institution, Cast], object]] = {
    ("institutions.Institution", "merged_into"): lambda row, cast: merge_institutions(
        keep=row, absorb=other(cast), reason="重复", by=cast.officer, at=clock.now()
    ),
    ("institutions.ComparedPair", "first"): lambda row, cast: judge_different(
        first=row, second=other(cast), reason="两家", by=cast.officer, at=clock.now()
    ),
    ("institutions.ComparedPair", "second"): lambda row, cast: judge_different(
        first=Institution.objects.get(name="早先的机构"), second=row, reason="两家", by=cast.officer, at=clock.now()
    ),
    ("institutions.StandingEvent", "institution"): lambda row, cast: set_standing(
        institution=row, kind=StandingKind.FLAG, detail="欠费", value="是", effective_on=DAY, reason="核实",
        by=cast.officer, at=clock.now(),
    ),
    ("institutions.StandingPeriod", "institution"): lambda row, cast: set_standing(
        institution=row, kind=StandingKind.FLAG, detail="欠薪", value="是", effective_on=DAY, reason="核实",
        by=cast.officer, at=clock.now(),
    ),
    ("institutions.Course", "institution"): lambda row, cast: course(row, cast.officer, category=row.category),
    ("institutions.StaffMember", "institution"): lambda row, cast: teacher(row, cast.officer),
    ("institutions.ClassificationOpinion", "institution"): opinion,
    ("institutions.UnlicensedSite", "institution"): lambda row, cast: merge_unlicensed(
        site=unlicensed(cast.officer), institution=row, reason="已取证", by=cast.officer, at=clock.now()
    ),
    ("clues.Clue", "institution"): lambda row, cast: clue(
        cast.officer, institution=row, division=row.division, at=clock.now()
    ),
    ("inspections.Visit", "institution"): lambda row, cast: filed(
        officers_report(row, cast.officer, cast.second_officer, visited_on=clock.today()), cast.officer, at=clock.now()
    ),
    ("inspections.DrawExclusion", "institution"): lambda row, cast: excluded(cast, row),
    ("inspections.DrawnObject", "institution"): lambda row, cast: drawn_alone(cast, row),
    ("inspections.InterestDeclaration", "institution"): lambda row, cast: declare_interest(
        person=User.objects.get(pk=cast.officer.user_id), institution=row, reason="亲属", since=DAY, by=cast.officer,
        at=clock.now(),
    ),
    ("inspections.CampaignTarget", "institution"): lambda row, cast: name_target(
        campaign=drafted(cast.officer, at=clock.now()), subject=row, reason="反映", by=cast.officer, at=clock.now()
    ),
    ("afterschool.Provider", "institution"): lambda row, cast: of_register(cast.officer, row),
    ("declarations.Declaration", "institution"): lambda row, cast: asked(cast, row),
    ("declarations.ChangeRequest", "institution"): lambda row, cast: wished(cast, row),
    ("materials.MaterialSet", "institution"): lambda row, cast: registered_set(cast, row),
    ("enforcement.Order", "institution"): lambda row, cast: issued_today(cast, row),
    ("enforcement.InterviewParty", "institution"): lambda row, cast: summoned(cast, row),
    ("enforcement.StudyVisit", "institution"): lambda row, cast: studied(cast, row, other(cast)),
    ("enforcement.StudyGuest", "institution"): lambda row, cast: studied(cast, other(cast), row),
    ("cases.Case", "institution"): lambda row, cast: case_against(cast, row),
    ("supervisors.Feedback", "institution"): lambda row, cast: fed_back_about(cast, row),
    **funds.REFERRING,
    **payouts.REFERRING,
    **alerts.REFERRING,
    ("contracts.Contract", "institution"): lambda row, cast: signed(cast.officer, row),
    ("contracts.Payment", "institution"): lambda row, cast: paid(cast.officer, row),
    ("contracts.Invoice", "institution"): lambda row, cast: invoiced(cast.officer, row),
    ("contracts.Lesson", "institution"): lambda row, cast: taught(cast.officer, signed(cast.officer, row)),
    ("contracts.ContractFinding", "institution"): lambda row, cast: found_late(cast.officer, row),
    ("listings.ListEntry", "institution"): lambda row, cast: proposed(cast, row),
    ("listings.EditionChange", "institution"): lambda row, cast: listed(cast, row),
    ("listings.Rating", "institution"): lambda row, cast: rated_now(cast, row),
    ("listings.AnnualCheck", "institution"): lambda row, cast: checked_now(cast, row),
    **dict.fromkeys(
        [(f"ledger.{name}", "institution") for name in ("Account", "Purse", "Entry", "DayTotal")],
        lambda row, cast: deposited(cast, row),
    ),
    ("deadlines.Deadline", "subject"): lambda row, cast: started(cast.officer, subject=row),
}  # fmt: skip


def test_every_way_to_refer_to_an_institution_is_tried():
    """A new app's foreign key fails here until it is shown above how people make it."""
    assert set(REFERRING) - {("deadlines.Deadline", "subject")} == relations(Institution)


@pytest.mark.parametrize("way", list(REFERRING), ids=".".join)
def test_a_new_institution_that_something_refers_to_stays_by_name(cast, clerk, way):
    institution(cast.officer, name="早先的机构", credit_code=None)
    second = row(name="思明区博雅培训学校", credit_code=credit_code(903), license_no="", address="二路2号")
    batch = bring_in(FULL, second, by=clerk)
    REFERRING[way](Institution.objects.get(name=FULL["name"]), cast)
    take_back(batch, clerk)
    [why] = KeptRow.objects.filter(row__batch=batch).values_list("why", flat=True)
    assert why.startswith(f"第2行“{FULL['name']}”")
    assert "导入之后" in why
    names = {found["name"] for found in register()}
    assert FULL["name"] in names
    assert second["name"] not in names


@pytest.mark.parametrize("way", list(REFERRING), ids=".".join)
def test_a_revived_institution_is_no_exception(cast, clerk, way):
    institution(cast.officer, name="早先的机构", credit_code=None)
    take_back(bring_in(FULL, by=clerk), clerk)
    batch = bring_in(FULL, by=clerk)
    REFERRING[way](Institution.objects.get(name=FULL["name"]), cast)
    with pytest.raises(Conflict, match=f"这批数据都不能撤销：第2行“{FULL['name']}”导入之后"):
        take_back(batch, clerk)


@pytest.mark.parametrize(
    "change",
    [
        lambda row, by: add_permit(
            institution=row, kind="culture_opinion", number="文1", issuer="文旅局", by=by, at=clock.now()
        ),
        lambda row, by: open_campus(
            institution=row, name="二校", division=row.division, address="八路8号", opened_on=DAY, by=by, at=clock.now()
        ),
        lambda row, by: change_status(
            institution=row, status="suspended", effective_on=clock.today() + timedelta(days=5), reason="整改", by=by,
            at=clock.now(),
        ),
        lambda row, by: name_responsible(
            institution=row, net=Net.GRID, post=Post.objects.get(role="grid_worker"), by=by, at=clock.now()
        ),
    ],
    ids=["permit", "campus", "planned status", "a name given by hand"],
)  # fmt: skip
@pytest.mark.parametrize("revived", [False, True])
def test_more_of_what_an_import_makes_keeps_a_new_institution(cast, clerk, change, revived):
    batch = bring_in(FULL, by=clerk)
    if revived:
        take_back(batch, clerk)
        batch = bring_in(FULL, by=clerk)
    change(Institution.objects.get(), cast.officer)
    before = register()
    with pytest.raises(Conflict, match="导入之后已有新的"):
        take_back(batch, clerk)
    assert register() == before


def test_names_that_posts_give_do_not_keep_a_new_institution(cast, clerk):
    """They come every night by themselves; nobody built anything on the import."""
    batch = bring_in(FULL, by=clerk)
    assert fill_nets(institutions=Institution.objects.all(), by=cast.officer, at=clock.now()).named > 0
    take_back(batch, clerk)
    assert register() == []


def a_class(row: Institution, site: Site, by) -> None:
    open_class(
        course=course(row, by, category=row.category), name="班", teacher=teacher(row, by), lessons=1, fee_fen=1,
        timetable=[{"weekday": 6, "start": "09:00", "end": "10:30"}], starts_on=DAY, site=site, capacity=9, by=by,
        at=clock.now(),
    )  # fmt: skip


def test_an_address_where_a_class_is_held_stays(cast, clerk):
    bring_in(FULL, by=clerk)
    batch = bring_in(row(address=OTHER["address"]), by=clerk)
    a_class(Institution.objects.get(), Site.objects.get(closed_on=None), cast.officer)
    with pytest.raises(Conflict, match="的办学场所已有班级引用"):
        take_back(batch, clerk)


def test_a_campus_where_a_class_is_held_stays_and_keeps_its_new_institution(cast, clerk):
    batch = bring_in(FULL, CAMPUS, by=clerk)
    a_class(Institution.objects.get(), Site.objects.get(kind="campus"), cast.officer)
    with pytest.raises(Conflict):
        take_back(batch, clerk)
    assert Site.objects.filter(closed_on=None).count() == 2


def test_a_campus_that_was_closed_since_stays_closed(cast, clerk):
    bring_in(FULL, by=clerk)
    batch = bring_in(row(remark="改"), CAMPUS, by=clerk)
    site = Site.objects.get(kind="campus")
    close_campus(site=site, closed_on=clock.today(), reason="搬走", by=cast.officer, at=clock.now())
    take_back(batch, clerk)
    assert list(KeptRow.objects.values_list("why", flat=True)) == [f"第3行“{CAMPUS['name']}”已停用或已并入其他机构"]
    assert Site.objects.filter(pk=site.pk, closed_on=clock.today()).exists()
