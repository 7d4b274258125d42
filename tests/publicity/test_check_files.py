"""Lists against their editions, and static files against their manifest: each kind of tampering is named."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.management import call_command

from foundation.core import clock
from institutions.models import StandingEvent
from institutions.models.standing import StandingPeriod
from listings.enums import ListKind
from listings.models import Edition, EditionChange
from publicity.checking import editions, statics
from publicity.checking.visitor import Answer, Visitor
from tests.institutions.factories import AT
from tests.listings.factories import deliver, listed
from tests.publicity.factories import good, world

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(seconds=40)


@pytest.fixture(autouse=True)
def today():
    cache.clear()
    with clock.set_to(NOW):
        yield


def differing(visitor: Visitor | None = None, *, at=NOW) -> list[tuple[str, str]]:
    with clock.set_to(at):
        return [(found.same[0], found.field) for found in editions.compare(visitor or Visitor(), at=at, settle=0)]


# -- lists ---------------------------------------------------------------------------------------------------------
def test_untouched_lists_agree_with_their_editions(cast):
    world(cast)
    assert differing() == []
    assert differing(at=AT + timedelta(days=30)) == []


def test_a_list_without_an_edition_is_nothing_to_compare(db):
    assert differing() == []


class Lying(Visitor):
    """A site whose pages, files or interface say something else than the register."""

    def __init__(self, ending: str, old: str, new: str) -> None:
        super().__init__()
        self.lie = (ending, old.encode(), new.encode())

    def get(self, path: str) -> Answer:
        true = super().get(path)
        ending, old, new = self.lie
        if ending not in path:
            return true
        assert old in true.body
        return Answer(true.path, true.status, true.headers, true.body.replace(old, new))


def test_a_file_that_says_something_else(cast):
    white, black, _ = world(cast)
    assert differing(Lying("white.csv", white.public_id, black.public_id)) == [("CSV文件", "白名单")]
    assert differing(Lying("black.csv", "2027-10-31", "2027-10-30")) == [("CSV文件", "黑名单")]
    assert differing(Lying("black.csv", "公开编号", "编号")) == [("CSV文件", "黑名单")]


def test_an_interface_that_says_something_else(cast):
    white, *_ = world(cast)
    assert differing(Lying("api/v1/public/lists/white", white.public_id, "0123456789ab")) == [("数据接口", "白名单")]
    assert differing(Lying("api/v1/public/lists/white", "results", "rows")) == [("数据接口", "白名单")]


def test_a_page_with_another_hash(cast):
    world(cast)
    sha = Edition.objects.get(kind=ListKind.WHITE).content_sha256
    assert differing(Lying("/lists/?kind=white", sha, "0" * 64)) == [("page", "白名单")]


class Slow(Visitor):
    """A list that changes while it is compared: the first look at its file is of a moment before."""

    looks = 0

    def get(self, path: str) -> Answer:
        true = super().get(path)
        self.looks += path.endswith(".csv")
        return Answer(path, 200, true.headers, true.body.replace(b"2027", b"2026")) if self.looks == 1 else true


def test_a_list_that_changes_meanwhile_is_no_finding(cast):
    world(cast)
    slow = Slow()
    assert differing(slow) == []
    assert slow.looks > 2


def test_an_added_row_is_named(cast):
    white, black, _ = world(cast)
    [found] = editions.compare(Lying("white.csv", white.public_id, black.public_id), at=NOW, settle=0)
    assert found.excerpt == (f"白名单的CSV文件与名录不符：多出1行（{black.public_id}），缺少1行（{white.public_id}）")


def test_a_row_slipped_in_behind_the_portals_back(cast):
    """An event that claims to have been known at the cut-off: the published hash does not know it."""
    *_, plain = world(cast)
    before = AT - timedelta(days=1)
    StandingEvent.objects.create(
        institution=plain, kind="white_list", value="在列", effective_on=AT.date(), until=date(2027, 1, 1),
        recorded_at=before, reason="x",
    )  # fmt: skip
    assert ("as-known", "白名单") in differing()


def test_a_period_that_no_event_says(cast):
    """The copy that the pages read is an ordinary table: whoever writes into it is contradicted by the events."""
    white, _, plain = world(cast)
    event = StandingEvent.objects.filter(institution=white, kind="white_list").latest("pk")
    StandingPeriod.objects.filter(event=event).update(institution=plain)
    assert differing() == [("CSV文件", "白名单"), ("数据接口", "白名单")]
    StandingPeriod.objects.filter(event=event).delete()
    assert differing(at=AT + timedelta(minutes=10)) == [("events", "白名单")]


def test_a_change_of_an_edition_that_was_never_made(cast):
    *_, plain = world(cast)
    edition = Edition.objects.get(kind=ListKind.WHITE)
    EditionChange.objects.create(edition=edition, institution=plain, change="added", since=AT.date())
    assert differing() == [("replayed", "白名单"), ("as-known", "白名单")]


def test_an_edition_with_a_forged_hash(cast):
    world(cast)
    Edition.objects.create(
        kind=ListKind.WHITE, no=2, cut_off=NOW, entries=1, added=0, removed=0, content_sha256="1" * 64
    )
    assert [what for what, _ in differing()] == ["replayed"]


def test_a_list_whose_edition_never_came(cast):
    """A quarter of an hour of patience: editions follow the list by themselves."""
    world(cast)
    listed(cast, good(cast, name="后来的机构"), at=AT + timedelta(minutes=1))
    assert differing(at=AT + timedelta(minutes=10)) == []
    assert differing(at=AT + timedelta(minutes=20)) == [("behind", "白名单")]
    deliver(at=AT + timedelta(minutes=21))
    assert differing(at=AT + timedelta(minutes=22)) == []


# -- files ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def collected(tmp_path, settings) -> Path:
    """Our files as production collects them: with a manifest, compressed."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", verbosity=0, interactive=False)
    return settings.STATIC_ROOT


def faults() -> list[tuple[str, str]]:
    return sorted((found.place, found.excerpt) for found in statics.compare())


def one(root: Path, pattern: str) -> Path:
    return sorted(root.glob(pattern))[0]


def test_files_as_they_were_collected_are_right_and_changed_ones_are_named(collected):
    assert faults() == []
    hashed = one(collected, "public.????????????.css")
    kept = hashed.read_bytes()
    hashed.write_bytes(kept + b"a{}")
    assert faults() == [
        (f"/static/{hashed.name}", "网站文件的内容与它的校验值不符"),
        (f"/static/{hashed.name}.gz", "压缩的网站文件与原文件不同"),
    ]
    hashed.write_bytes(kept)
    (collected / "public.css").write_bytes(b"a{}")
    assert ("/static/public.css", "网站文件与发布程序中的原文件不同") in faults()
    (collected / "shell.html").write_text("x")
    assert ("/static/shell.html", "网站目录中多出一个文件，不是发布程序放的") in faults()
    hashed.unlink()
    assert (f"/static/{hashed.name}", "网站文件不见了") in faults()


def test_without_a_manifest_nothing_is_said(db):
    assert staticfiles_storage.__class__.__name__ != "CompressedManifestStaticFilesStorage"
    assert faults() == []
