"""Checklists: the shipped list, drafts and versions, and that a version in use never changes."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.audit.models import Event
from foundation.core.errors import IllegalTransition, InvalidInput, NotAllowed
from inspections import workflow
from inspections.enums import Aspect, Audience, Severity, VersionState
from inspections.models import Checklist, ChecklistItem, ChecklistVersion
from inspections.operations.checklists import (
    add_checklist,
    publish_version,
    remove_item,
    set_item,
    set_section,
    start_version,
)
from inspections.queries.checklists import differences, usable_in, versions_for
from tests.cast import NEIGHBOUR, OTHER_CITY, OWN, jurisdiction
from tests.inspections.factories import AT, filed, first_version, supervisors_report
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
QUESTION = {"text": "教室门上有观察窗", "severity": Severity.LIGHT}


def shipped() -> Checklist:
    return first_version().checklist


def of_own_county(cast, **given) -> ChecklistVersion:
    facts = {"jurisdiction": jurisdiction(OWN), "name": "思明区检查清单", "audience": Audience.SUPERVISORS}
    return add_checklist(**facts | given, by=cast.officer, at=AT).versions.get()


def test_the_shipped_list():
    """9 sections, 43 items; the eight that supervisors usually cannot see; by 连江's five aspects."""
    version = first_version()
    assert version.state == VersionState.IN_USE
    assert "".join(version.sections.order_by("code").values_list("code", flat=True)) == "ABCDEFGHI"
    items = list(version.items.select_related("section").order_by("code"))
    assert "".join(item.code[0] for item in items) == "AAAAABBBBBBBCCCCCDDDDDEEEEFFFFFFGGGGHHHHIII"
    assert [item.code for item in items if item.officer_only] == ["C02", "C03", "E02", "E04", "F06", "G03", "G04"]
    assert Counter(item.section.aspect for item in items) == {
        Aspect.DAILY: 17, Aspect.SAFETY: 7, Aspect.CONDUCT: 5, Aspect.FEES: 10, Aspect.PUBLICITY: 4,
    }  # fmt: skip
    assert Counter(item.severity for item in items) == {"critical": 21, "major": 14, "light": 8}


def test_the_next_version(cast):
    """A copy is edited and put to use; the old one stays as it was and is still accepted from old drafts."""
    draft = start_version(checklist=shipped(), note="增加一项", by=cast.province, at=AT)
    assert (draft.number, draft.items.count()) == (2, 43)
    set_section(version=draft, code="J", title="教学环境", aspect=Aspect.DAILY, by=cast.province, at=AT)
    set_item(version=draft, code="J01", **QUESTION, by=cast.province, at=AT)
    set_item(version=draft, code="A01", text="亮证经营", severity=Severity.MAJOR, by=cast.province, at=AT)
    remove_item(item=draft.items.get(code="E04"), by=cast.province, at=AT)
    publish_version(version=draft, by=cast.province, at=AT)
    old = shipped().versions.get(number=1)
    assert (old.state, old.items.count(), old.items.get(code="A01").severity) == ("retired", 43, "critical")
    assert differences(shipped().versions.get(number=2)) == [
        ("A01", "修改", "办学许可在有效期内并亮证 → 亮证经营"),
        ("E04", "删去", "材料及编写人员档案齐全并按期保存"),
        ("J01", "新增", "教室门上有观察窗"),
    ]
    assert [version.number for version in versions_for(cast.supervisor)] == [2]
    place = institution(cast.officer)
    assert filed(supervisors_report(place, cast.supervisor), cast.supervisor).checklist == old
    kinds = set(Event.objects.filter(kind__startswith="checklist.").values_list("kind", flat=True))
    assert kinds == {
        "checklist.version_started", "checklist.section_changed", "checklist.item_changed", "checklist.item_removed",
        "checklist.version_published",
    }  # fmt: skip


def test_a_used_version_refuses_every_change(cast):
    """Through operations, and by hand in SQL: seen to fail without the trigger ``used_checklist_stays``."""
    version = first_version()
    with pytest.raises(IllegalTransition, match="请先起草新版本"):
        set_item(version=version, code="A01", **QUESTION, by=cast.province, at=AT)
    with pytest.raises(IllegalTransition):
        remove_item(item=version.items.get(code="A01"), by=cast.province, at=AT)
    for statement in (
        "UPDATE inspections_checklistitem SET text = '别的'",
        "DELETE FROM inspections_checklistitem",
        "UPDATE inspections_checklistsection SET aspect = 'fees'",
    ):
        with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
    assert not Event.objects.filter(kind__startswith="checklist.").exists()


def test_a_question_cannot_be_moved_into_a_used_version(cast):
    draft = start_version(checklist=shipped(), note="x", by=cast.province, at=AT)
    with pytest.raises(IntegrityError, match="does not change"), transaction.atomic():
        ChecklistItem.objects.filter(version=draft, code="A01").update(version=first_version(), code="A77")


def test_refusals(cast):
    draft = of_own_county(cast)
    with pytest.raises(InvalidInput, match="已有一个草稿"):
        start_version(checklist=draft.checklist, note="x", by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="没有A部分"):
        set_item(version=draft, code="A01", **QUESTION, by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="没有条目，不能启用"):
        publish_version(version=draft, by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="已有同名"):
        of_own_county(cast)
    set_section(version=draft, code="A", title="资质", aspect=Aspect.DAILY, by=cast.officer, at=AT)
    with pytest.raises(InvalidInput, match="如A01"):
        set_item(version=draft, code="A1", **QUESTION, by=cast.officer, at=AT)


@pytest.mark.parametrize("state", VersionState)
def test_steps(cast, state):
    """Every state x transition."""
    assert workflow.PUBLISH.starts_from(state) == (state == VersionState.DRAFT)
    assert workflow.RETIRE.starts_from(state) == (state == VersionState.IN_USE)


def test_who_lays_down_and_who_reads(cast):
    """A county may not revise what the province laid down; a neighbour sees nothing of a county's list."""
    with pytest.raises(NotAllowed):
        start_version(checklist=shipped(), note="x", by=cast.officer, at=AT)
    with pytest.raises(NotAllowed):
        add_checklist(
            jurisdiction=jurisdiction(NEIGHBOUR), name="x", audience=Audience.OFFICERS, by=cast.officer, at=AT
        )
    own = of_own_county(cast, like=first_version())
    assert own.items.count() == 43
    readers = {name for name, actor in cast.everyone().items() if own in ChecklistVersion.objects.visible_to(actor)}
    assert {"officer", "leader", "city", "province", "town"} <= readers
    assert readers.isdisjoint({"neighbour", "other_city", "public", "bank", "finance"})
    publish_version(version=own, by=cast.officer, at=AT)
    assert own in usable_in(jurisdiction(OWN))
    assert own not in usable_in(jurisdiction(OTHER_CITY))
    report = supervisors_report(
        institution(cast.neighbour, county=NEIGHBOUR),
        cast.supervisor,
        checklist=ChecklistVersion.objects.get(pk=own.pk),
    )
    with pytest.raises(InvalidInput, match="不适用"):
        filed(report, cast.supervisor)
