"""Photos of visits: part of the record or of nothing; a repeat is pointed out with its visit."""

from __future__ import annotations

from uuid import uuid4

import pytest

from foundation.core import outbox
from foundation.core.errors import InvalidInput
from foundation.photos import intake
from foundation.photos.models import Photo
from foundation.photos.operations import Sent
from inspections.enums import Outcome
from inspections.models import Visit, VisitPhoto
from inspections.panels.visits import photos as photo_panel
from inspections.reports import Picture
from tests.inspections.factories import AT, all_yes, filed, supervisors_report
from tests.institutions.factories import institution
from tests.photos.factories import jpeg, taken

pytestmark = pytest.mark.django_db


def picture(number: int = 1, code: str = "") -> Picture:
    return Picture(Sent(taken(jpeg(number)), uuid4()), code)


def with_photos(cast, *pictures: Picture, **given) -> Visit:
    facts = {"latitude": None, "longitude": None, "pictures": pictures}
    return filed(supervisors_report(institution(cast.officer), cast.supervisor, **facts | given), cast.supervisor)


def test_photos_belong_to_their_visit(cast):
    """A photo stands for the place that the phone did not find, and for the words of the item that it shows."""
    answers = {"answers": all_yes() | {"B03": "no"}, "outcome": Outcome.FOLLOW_UP}
    visit = with_photos(cast, picture(1), picture(2, "B03"), **answers)
    rows = VisitPhoto.objects.filter(visit=visit).order_by("pk").values_list("code", "photo__taken_by")
    assert list(rows) == [("", cast.supervisor.user_id), ("B03", cast.supervisor.user_id)]
    assert set(visit.photos.values_list("photo__jurisdiction", flat=True)) == {visit.jurisdiction_id}


def test_a_refused_visit_keeps_no_photo(cast):
    wrong = picture(1, "Z99")
    with pytest.raises(InvalidInput, match="没有条目Z99"):
        with_photos(cast, wrong)
    assert not Photo.objects.exists()
    intake.let_go(wrong.sent.taken)


def test_the_same_form_keeps_its_photos_once(cast):
    report = supervisors_report(institution(cast.officer), cast.supervisor, pictures=(picture(1), picture(2)))
    assert filed(report, cast.supervisor) == filed(report, cast.supervisor)
    assert Photo.objects.count() == VisitPhoto.objects.count() == 2


def test_a_repeated_picture_is_pointed_out_to_staff(cast):
    """With a link to the other visit; in words that accuse nobody."""
    first = with_photos(cast, picture(7))
    second = with_photos(cast, picture(7), picture(8))
    outbox.deliver_all(at=AT)
    [(code, shown)] = photo_panel(cast.officer, second).rows
    assert (code, shown.count("请核对")) == ("现场", 1)
    assert f'/visit/{first.pk}/">{first.number}</a> 的照片相同' in shown
