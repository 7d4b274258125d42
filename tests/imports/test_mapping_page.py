"""Which heading is which column: asked when it cannot be told, remembered for the bureau, changed later."""

import pytest
from django.urls import reverse

from foundation.audit.models import Event
from foundation.core import clock
from foundation.imports.enums import BatchState
from foundation.imports.mapping import chosen_for
from foundation.imports.models import Batch, HeadingChoice
from foundation.imports.operations import apply_batch
from foundation.imports.panels import batches_to_confirm
from tests.imports.dirty import platform
from tests.imports.factories import SCHOOL_HEAD, bureau, csv_file, uploaded
from tests.imports.walking import send, url

pytestmark = pytest.mark.django_db


def fields(page) -> dict[str, str]:
    """Heading -> the name of its field."""
    return {line.label: line.bound.html_name for line in page.context["form"].lines}


def chosen(page, **columns: str) -> dict[str, str]:
    """What the form sends when nothing but these headings is changed."""
    form = page.context["form"]
    return {line.bound.html_name: columns.get(line.label, line.column) for line in form.lines}


def test_a_file_whose_code_column_nobody_could_guess_is_mapped_and_checked(login, cast):
    client = login(cast.officer)
    answer = send(client, platform())
    batch = Batch.objects.get()
    assert (answer.url, batch.state) == (url("columns", batch), BatchState.UNMAPPED)
    assert "请告诉系统表里的哪一列是什么" in client.get(url("change", batch)).content.decode()
    page = client.get(answer.url)
    text = page.content.decode()
    assert "还没有对应的必需列：<strong>统一社会信用代码" in text
    assert "9.13502E+17" in text
    assert "913****" in text, "a long number below an unknown heading may be a person's"
    answer = client.post(url("columns", batch), chosen(page, 十八位="credit_code", 哪一种="category"))
    assert answer.url == url("change", batch)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["created"], batch.counts["rejected"]) == (BatchState.CHECKED, 4, 2)
    assert batch.mapping["十八位"] == "credit_code"
    assert batch.unused == ["电子邮箱"]
    assert "表里这些列没有用到：电子邮箱" in client.get(url("change", batch)).content.decode()
    assert chosen_for(bureau(), "institutions") == {"十八位": "credit_code", "哪一种": "category"}
    assert [event.kind for event in Event.objects.all()] == ["imports.mapping_changed"]


def test_the_next_file_of_the_bureau_is_read_at_once(login, cast):
    client = login(cast.officer)
    send(client, platform())
    first = Batch.objects.get()
    page = client.get(url("columns", first))
    client.post(url("columns", first), chosen(page, 十八位="credit_code", 哪一种="category"))
    send(client, platform())
    second = Batch.objects.latest("pk")
    assert (second.state, second.counts["created"]) == (BatchState.CHECKED, 4)


def test_one_column_for_two_headings_is_refused_and_nothing_remembered(login, cast):
    client = login(cast.officer)
    send(client, platform())
    batch = Batch.objects.get()
    page = client.get(url("columns", batch))
    page = client.post(url("columns", batch), chosen(page, 十八位="credit_code", 哪一种="credit_code"))
    assert "“十八位”和“哪一种”都选了“统一社会信用代码”" in page.content.decode()
    page = client.post(url("columns", batch), chosen(page, 哪一种="category"))
    assert "缺少必需的列：统一社会信用代码" in page.content.decode()
    batch.refresh_from_db()
    assert (batch.state, HeadingChoice.objects.count(), Event.objects.count()) == (BatchState.UNMAPPED, 0, 0)


def test_a_checked_file_can_be_read_otherwise(login, cast):
    client = login(cast.officer)
    head = [*SCHOOL_HEAD[:4], "内部编号", "学校标识码"]
    batch = uploaded(csv_file(head, ["思明小学", "小学", "", "", "00001", "00002"]), by=cast.officer)
    assert batch.rows.get().code == "00002"
    page = client.get(url("columns", batch))
    assert fields(page).keys() == {"学校名称", "学段", "区县", "镇街", "内部编号", "学校标识码"}
    client.post(url("columns", batch), chosen(page, 内部编号="code", 学校标识码=""))
    assert batch.rows.get().code == "00001"
    assert HeadingChoice.objects.count() == 2


def test_two_columns_of_one_name_cannot_be_told_apart(login, cast):
    client = login(cast.officer)
    content = csv_file(["学校名称", "学校名称", "学段"], ["思明小学", "思明二小", "小学"])
    send(client, content, target="schools")
    batch = Batch.objects.get()
    text = client.get(url("columns", batch)).content.decode()
    assert "表里有两列都叫“学校名称”，系统分不清" in text


def test_a_file_that_waits_for_its_columns_is_on_the_home_page_and_can_be_given_up(login, cast):
    client = login(cast.officer)
    send(client, platform())
    batch = Batch.objects.get()
    tile = batches_to_confirm(cast.officer)
    assert tile.count == client.get(tile.url).context["cl"].result_count == 1
    client.post(url("discard", batch))
    assert client.get(url("columns", batch)).status_code == 403
    assert "已放弃" in client.get(url("change", batch)).content.decode()


def test_an_applied_file_keeps_its_columns(login, cast):
    client = login(cast.officer)
    batch = uploaded(csv_file(SCHOOL_HEAD, ["思明小学", "小学", "", "", ""]), by=cast.officer)
    apply_batch(batch=batch, by=cast.officer, at=clock.now())
    answer = client.post(url("columns", batch), {})
    assert answer.status_code == 403
    assert "不能更改这个批次的列名对应" in answer.content.decode().replace("您", "")
    assert HeadingChoice.objects.count() == 0
    assert (
        reverse("admin:imports_batch_columns", args=[batch.pk]) not in client.get(url("change", batch)).content.decode()
    )
