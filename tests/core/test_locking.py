import threading

import pytest
from django.db import OperationalError, connection, transaction

from foundation.core.errors import Conflict
from foundation.core.locking import lock, lock_all
from foundation.regions.models import Jurisdiction
from tests.cast import OWN, jurisdiction


def in_a_thread(work) -> list:
    """Run on another connection, at once; returns [result] or [exception]."""
    answers = []

    def run() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '150ms'")
                answers.append(work())
        except OperationalError as error:
            answers.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=10)
    return answers


@pytest.mark.django_db
def test_a_row_that_is_gone_is_a_conflict():
    with pytest.raises(Conflict) as refused:
        lock(Jurisdiction, 0)
    assert (refused.value.code, refused.value.message) == ("gone", "管辖单位已不存在，请刷新页面。")


@pytest.mark.django_db
def test_lock_returns_the_current_row():
    stale = jurisdiction(OWN)
    Jurisdiction.objects.filter(pk=stale.pk).update(initials="xx")
    with transaction.atomic():
        assert lock(Jurisdiction, stale.pk).initials == "xx"


@pytest.mark.django_db
def test_several_rows_are_locked_in_the_order_of_their_keys(django_assert_num_queries):
    pks = list(Jurisdiction.objects.order_by("-pk").values_list("pk", flat=True)[:5])
    with transaction.atomic(), django_assert_num_queries(1) as asked:
        rows = lock_all(Jurisdiction, pks)
    assert [row.pk for row in rows] == sorted(pks)
    assert asked[0]["sql"].endswith(
        'ORDER BY "regions_jurisdiction"."id" ASC FOR NO KEY UPDATE OF "regions_jurisdiction"'
    )


def test_a_locked_row_waits_for_no_child_but_for_every_second_locker(committed_db):
    pk = jurisdiction(OWN).pk
    with transaction.atomic():
        lock(Jurisdiction, pk)
        [second] = in_a_thread(lambda: lock(Jurisdiction, pk))
        assert "lock timeout" in str(second)
        [child] = in_a_thread(
            lambda: Jurisdiction.objects.create(code="359998", name="新", level="county", parent_id=pk)
        )
        assert child.parent_id == pk
    [third] = in_a_thread(lambda: lock(Jurisdiction, pk).pk)
    assert third == pk
