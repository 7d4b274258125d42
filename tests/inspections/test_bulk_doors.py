"""The two doors of past visits: the four steps on the page, and ``manage.py import_visits``."""

from __future__ import annotations

import json
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from foundation.accounts.middleware import POST_KEY
from foundation.accounts.models import User
from foundation.core import clock
from foundation.imports.models import Batch
from foundation.regions.models import Jurisdiction
from inspections.importing import VISITS
from inspections.models import Visit
from tests.cast import OWN
from tests.imports.factories import SCHOOL_HEAD, csv_file, uploaded
from tests.inspections.factories import AT
from tests.inspections.test_bulk import plain, sheet
from tests.institutions.factories import institution

pytestmark = pytest.mark.django_db
PAGES = "/admin/imports/batch/"


@pytest.fixture(autouse=True)
def today():
    with clock.set_to(AT):
        yield


@pytest.fixture
def client_of(client):
    def log_in(actor):
        client.force_login(User.objects.get(pk=actor.user_id))
        session = client.session
        session[POST_KEY] = actor.post_id
        session.save()
        return client

    return log_in


@pytest.fixture
def file(cast, tmp_path):
    row = institution(cast.officer)
    path = tmp_path / "台账.csv"
    path.write_bytes(sheet(plain(row.name), plain("没有这家培训中心")))
    return path


def test_the_four_steps_on_the_page(cast, client_of, file):
    client = client_of(cast.officer)
    template = load_workbook(BytesIO(client.get(f"{PAGES}template/?target=visits").content))
    assert [cell.value.lstrip("*") for cell in template.active[1] if cell.value][:3] == ["检查日期", "时段", "机构名称"]
    upload = {
        "target": "visits",
        "bureau": next(iter(cast.officer.scope)),
        "mode": "good-rows",
        "file": SimpleUploadedFile("台账.csv", file.read_bytes()),
    }
    assert client.post(f"{PAGES}upload/", upload).status_code == 302
    batch = Batch.objects.get()
    page = client.get(f"{PAGES}{batch.pk}/").content.decode()
    assert "将新增 1 家次；1 行不合格" in page
    assert client.get(f"{PAGES}{batch.pk}/errors/").status_code == 200
    assert client.post(f"{PAGES}{batch.pk}/apply/").status_code == 302
    visit = Visit.objects.get()
    page = client.get(f"/admin/inspections/visit/{visit.pk}/").content.decode()
    assert "台账.csv 第2行：新增" in page
    undo = f"{PAGES}{batch.pk}/undo/"
    assert "检查记录将作废，不再计入任何统计；记录保留可查" in client.get(undo).content.decode()
    assert client.post(undo, {"reason": "报错了"}).status_code == 302
    visit.refresh_from_db()
    assert visit.voided_at == AT


def test_a_city_chooses_the_county_and_sees_no_other_files(cast, enter, file):
    client = enter(cast.city)
    form = client.get(f"{PAGES}upload/").context["form"]
    assert [value for value, _ in form.fields["target"].choices] == ["visits"]
    chosen = {"target": "visits", "mode": "good-rows"}
    asked = client.post(f"{PAGES}upload/", chosen | {"file": SimpleUploadedFile("台账.csv", file.read_bytes())})
    assert asked.context["form"].errors["bureau"]
    county = Jurisdiction.objects.get(code=OWN).pk
    given = chosen | {"bureau": county, "file": SimpleUploadedFile("台账.csv", file.read_bytes())}
    assert client.post(f"{PAGES}upload/", given).status_code == 302
    batch = Batch.objects.get()
    assert batch.jurisdiction_id == county
    assert client.post(f"{PAGES}{batch.pk}/apply/").status_code == 302
    assert Visit.objects.get().filed_by_id == cast.city.user_id
    schools = uploaded(csv_file(SCHOOL_HEAD, ["思明小学", "小学", "", "", ""]), by=cast.officer)
    assert list(client.get(PAGES).context["cl"].queryset) == [batch]
    assert client.get(f"{PAGES}{schools.pk}/").status_code == 404
    assert enter(cast.officer).get(f"{PAGES}{schools.pk}/").status_code == 200


def test_the_command_checks_and_writes_nothing_by_default(file):
    out = StringIO()
    call_command("import_visits", file, "--bureau", OWN, stdout=out)
    assert "第3行 不合格：机构名称：名录中没有“没有这家培训中心”" in out.getvalue()
    assert (Visit.objects.count(), Batch.objects.count()) == (0, 0)


def test_the_command_tells_programs_what_each_row_says(file):
    out = StringIO()
    call_command("import_visits", file, "--bureau", OWN, "--json", stdout=out)
    first, second = json.loads(out.getvalue())["rows"]
    assert (first["outcome"], second["outcome"]) == ("created", "rejected")
    assert first["record"]["officers"] == "张三(教育局)、李四(市监局)"
    assert set(first["record"]) == {*VISITS.resource.columns, "county_code"}


def test_the_command_files_in_the_name_of_a_person(cast, file):
    login = User.objects.get(pk=cast.officer.user_id).username
    call_command("import_visits", file, "--bureau", OWN, "--apply", "--as", login, stdout=StringIO())
    assert Visit.objects.get().filed_by_id == cast.officer.user_id


@pytest.mark.parametrize("who", ["leader", "neighbour", None])
def test_the_command_refuses_whoever_may_not(cast, file, who):
    login = User.objects.get(pk=getattr(cast, who).user_id).username if who else ""
    with pytest.raises(CommandError, match=r"--as|没有导入"):
        call_command("import_visits", file, "--bureau", OWN, "--apply", "--as", login, stdout=StringIO())
    assert (Visit.objects.count(), Batch.objects.count()) == (0, 0)
