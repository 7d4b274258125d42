"""What leaves of contracts: names masked, sealed columns never, and no search for a person kept with the export."""

from __future__ import annotations

import pytest
from django.urls import reverse

from contracts.models import Contract
from foundation.audit.models import Event
from foundation.core import clock, outbox, private_files
from foundation.core.errors import InvalidInput, NotAllowed
from foundation.exports.declaring import exportable_of
from foundation.exports.models import Export
from foundation.exports.operations import request_export
from tests.contracts.factories import PEOPLE, invoiced, paid, signed
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
REGISTERS = ("contracts.contract", "contracts.payment", "contracts.invoice")


@pytest.fixture(autouse=True)
def stands(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def contract(cast) -> Contract:
    home = institution(cast.officer)
    row = signed(cast.officer, home)
    paid(cast.officer, home, contract=row)
    invoiced(cast.officer, home, contract=row)
    return row


def asked(register: str, by, **filters) -> Export:
    exportable = exportable_of(register)
    columns = [column.key for column in exportable.columns]
    given = {"columns": columns, "format": "csv", "purpose": "核对合同与缴费台账差异"}
    return request_export(exportable=exportable, filters=filters, by=by, at=clock.now(), **given)


@pytest.mark.parametrize("register", REGISTERS)
def test_names_stay_masked_and_the_export_is_logged(cast, contract, register):
    export = asked(register, cast.officer)
    outbox.deliver_all(at=clock.now())
    export.refresh_from_db()
    said = private_files.fetch(export.path, sha256=export.sha256).decode("utf-8-sig")
    assert contract.number in said
    assert "陈某" in said
    for secret in (PEOPLE.pupil, PEOPLE.guardian, PEOPLE.phone, PEOPLE.school):
        assert secret not in said
    assert Event.objects.filter(subject_type="exports.export", subject_id=str(export.pk)).exists()


@pytest.mark.parametrize("register", REGISTERS)
def test_a_search_is_not_exported(cast, contract, register, enter):
    with pytest.raises(InvalidInput, match="请清空搜索"):
        asked(register, cast.officer, q=[PEOPLE.pupil])
    page = reverse(f"admin:{register.replace('.', '_')}_export")
    assert "请清空搜索" in enter(cast.officer).get(page, {"q": PEOPLE.pupil}).content.decode()
    assert not Export.objects.exists()


def test_only_the_own_area_and_only_who_sees_contracts(cast, contract):
    with pytest.raises(InvalidInput, match="没有可导出的记录"):
        asked("contracts.contract", cast.neighbour)
    for name in ("discipline", "town", "bank", "finance"):
        with pytest.raises(NotAllowed):
            asked("contracts.contract", cast.everyone()[name])
