"""Filling while somebody else fills or names by hand, on real PostgreSQL."""

from __future__ import annotations

from foundation.accounts.models import Post
from foundation.audit.models import Event
from institutions.enums import Net
from institutions.models import Institution, Responsible
from institutions.operations.nets import fill_nets, name_responsible
from tests.cast import build_cast
from tests.institutions.factories import AT, institution
from tests.racing import together


def test_two_who_fill_at_once_name_everybody_once(committed_db):
    cast = build_cast()
    rows = [institution(cast.officer) for _ in range(3)]
    answers = together(
        *(lambda by=by: fill_nets(institutions=Institution.objects.all(), by=by, at=AT).named
          for by in (cast.officer, cast.second_officer))
    )  # fmt: skip
    assert sorted(answers) == [0, 2 * len(rows)]
    assert Event.objects.filter(kind="institution.responsible_named").count() == 2 * len(rows)


def test_a_name_given_by_hand_meanwhile_stays(committed_db):
    cast = build_cast()
    row, hand = institution(cast.officer), Post.objects.get(pk=cast.officer.post_id)
    answers = together(
        lambda: name_responsible(institution=row, net=Net.GRID, post=hand, by=cast.officer, at=AT).person_name,
        lambda: fill_nets(institutions=[row], by=cast.second_officer, at=AT).released,
    )
    held = Responsible.objects.get(institution=row, net=Net.GRID)
    assert (len(answers), held.person_name, held.by_hand) == (2, cast.officer.name, True)
