"""A small public world: institutions of both lists, bureaus that can be reached."""

from __future__ import annotations

from datetime import date

from django.db import connection

from foundation.accounts.models import Organ
from foundation.core import throttle
from institutions.enums import PermitKind
from institutions.models import Institution
from institutions.operations.premises import add_permit
from institutions.operations.teaching import publish_course
from listings.enums import ListKind
from tests.cast import Cast
from tests.institutions.factories import AT, institution
from tests.listings.factories import deliver, listed

BUREAU = {"report_phone": "0592-5863600", "report_mailbox": "jubao@siming.example"}


def nobody_asked() -> None:
    """Let the throttles forget: whoever reads many pages in a test is no crawler."""
    throttle.counted_here.clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_throttle")


def reachable(cast: Cast) -> None:
    Organ.objects.filter(pk=cast.officer.organ_id).update(**BUREAU)


def good(cast: Cast, *, at=AT, **given) -> Institution:
    """Licensed, with a custody account, a permit and a course; in the register since ``at``."""
    facts = {
        "name": "厦门海浪舞蹈培训中心", "trade_name": "海浪舞蹈", "hours": "周六周日 9:00-20:30", "stages": ["primary"],
        "bank": "厦门银行思明支行", "account_tail": "0921", "public_phone": "0592-2190000", **given,
    }  # fmt: skip
    row = institution(cast.officer, at=at, effective_on=date(2024, 4, 24), **facts)
    permit = {"kind": PermitKind.NON_SUBJECT, "number": f"教民1350203{row.pk:06d}", "issuer": "思明区教育局"}
    add_permit(
        institution=row, valid_from=date(2024, 4, 24), valid_to=date(2027, 4, 23), by=cast.officer, at=AT, **permit
    )
    publish_course(
        institution=row, name="中国舞三级", category=row.category, subject="舞蹈", stage="primary", mode="offline",
        lesson_minutes=60, lesson_fee_fen=8000, published_on=date(2026, 9, 1), by=cast.officer, at=AT,
    )  # fmt: skip
    return row


def world(cast: Cast) -> tuple[Institution, Institution, Institution]:
    """One white, one black, one that is only registered; an edition of each list."""
    reachable(cast)
    white, black, plain = (
        good(cast),
        good(cast, name="思明区飞跃数学培训中心", category="subject"),
        good(cast, name="思明区启航画室", account_tail="", bank=""),
    )
    listed(cast, white)
    listed(cast, black, kind=ListKind.BLACK, reason="超范围收费且拒不退费", basis="校外培训行政处罚暂行办法第二十二条")
    deliver()
    return white, black, plain
