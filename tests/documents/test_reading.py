"""Who reads which kind: some papers tell what not every reader of the register may know."""

import pytest
from django.urls import reverse

from foundation.accounts.enums import Can
from foundation.documents.enums import READ_WITH, DocumentKind
from foundation.documents.models import Document
from foundation.documents.rules import can_download

from .factories import issued
from .test_kinds import sampled

pytestmark = pytest.mark.django_db

#: Of those who read documents in the own county, who reads these kinds.
READERS = {
    DocumentKind.SUPERVISOR_REPORT: {"officer", "second_officer", "leader", "city", "province", "discipline"},
    DocumentKind.GRID_RECORD: {"officer", "second_officer", "leader", "city"},
    DocumentKind.REFUND: {"officer", "second_officer", "city"},
    **dict.fromkeys(
        (kind for kind, needed in READ_WITH.items() if needed == Can.VIEW_CASES),
        frozenset({"officer", "second_officer", "leader", "city", "legal", "discipline"}),
    ),
}
ALL = {"officer", "second_officer", "leader", "city", "province", "legal", "discipline"}


def test_the_kinds_are_declared():
    assert set(READ_WITH) == set(READERS)


@pytest.mark.parametrize("kind", [*READ_WITH, DocumentKind.SITE_RECORD])
def test_by_list_page_and_file(cast, enter, kind):
    document = sampled(cast, kind)
    allowed = READERS.get(kind, ALL)
    for name in sorted(ALL):
        actor = getattr(cast, name)
        assert (document in Document.objects.visible_to(actor)) == (name in allowed), name
        assert can_download(actor, document) == (name in allowed), name
        for page in ("change", "pdf"):
            answer = enter(actor).get(reverse(f"admin:documents_document_{page}", args=[document.pk]))
            assert (answer.status_code != 404) == (name in allowed), (name, page)


def test_a_notice_is_read_by_all(cast):
    assert all(issued(cast.officer) in Document.objects.visible_to(getattr(cast, name)) for name in ALL)
