"""From an upload to a row, once, whatever is sent again, at once or half."""

from __future__ import annotations

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.accounts.enums import Can
from foundation.audit.models import Event
from foundation.core import clock, outbox, sealed_files
from foundation.core.actor import job
from foundation.core.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed, Unavailable
from foundation.core.models import OutboxMessage
from foundation.photos import intake, notices, tasks, workflow
from foundation.photos.enums import FileKind, PhotoState
from foundation.photos.models import Photo, PhotoFile
from foundation.photos.operations import Sent, keep_copies, keep_photo, keep_photos, refuse_photo
from foundation.photos.places import CoarsePlace, coarse
from foundation.photos.queries import original_of
from tests.cast import NEIGHBOUR, OWN, build_cast, jurisdiction
from tests.racing import together

from .factories import AT, copy_of, drawn, jpeg, kept, taken

#: Savepoint and its release, jurisdiction, photos, photos again, files; trace and promise for each of two new ones.
FORM_QUERIES = 8
CLIENT = uuid.UUID("00000000-0000-4000-8000-000000000001")


def files_in(media) -> list[str]:
    return sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


def events() -> list[str]:
    return list(Event.objects.filter(subject_type="photos.photo").order_by("pk").values_list("kind", flat=True))


# -- one photo -----------------------------------------------------------------------------------------------------
def test_a_photo_is_kept_and_drawn(cast, private_media):
    photo = kept(cast.supervisor, client_id=CLIENT, taken_at=AT - timedelta(hours=1), place=coarse(24.4798, 118.0894))
    assert (photo.state, photo.taken_by_id, photo.received_at) == (PhotoState.NEW, cast.supervisor.user_id, AT)
    assert (photo.kind, photo.width, photo.height, photo.size) == ("jpeg", 800, 600, len(jpeg()))
    assert (photo.taken_at, photo.place) == (AT - timedelta(hours=1), (2448, 11809))
    assert events() == ["photo.kept"]
    assert (original_of(photo), len(files_in(private_media))) == (jpeg(), 1)
    outbox.deliver_all(at=AT)
    photo.refresh_from_db()
    assert (photo.state, events()) == (PhotoState.READY, ["photo.kept", "photo.drawn"])
    sizes = {file.kind: (file.width, file.height) for file in photo.files.all()}
    assert sizes == {"original": (800, 600), "display": (800, 600), "thumb": (320, 240)}
    assert len(files_in(private_media)) == 3


def test_a_large_photo_is_shown_smaller(cast):
    photo = drawn(cast.supervisor, jpeg(1, 3000, 4000))
    display = photo.files.get(kind=FileKind.DISPLAY)
    assert (display.width, display.height) == (1200, 1600)
    assert len(copy_of(photo)) < len(jpeg(1, 3000, 4000)) / 2


def test_the_original_lies_sealed_and_its_path_is_random(cast, private_media):
    photo = kept(cast.supervisor)
    file = photo.files.get()
    stored = (private_media / file.path).read_bytes()
    assert stored.startswith(sealed_files.MAGIC)
    assert jpeg()[100:140] not in stored
    assert str(photo.public_id) not in file.path


def test_no_trace_holds_time_place_or_path(cast):
    kept(cast.supervisor, place=CoarsePlace(2448, 11809))
    told = str(list(Event.objects.values_list("changes", "subject_label", "reason")))
    assert "2448" not in told
    assert "photos/" not in told


def test_a_time_that_has_not_come_is_not_believed(cast):
    assert kept(cast.supervisor, taken_at=AT + timedelta(minutes=9)).taken_at == AT + timedelta(minutes=9)
    assert kept(cast.supervisor, taken_at=AT + timedelta(minutes=11)).taken_at is None


@pytest.mark.parametrize(
    ("degrees", "hundredths"),
    [((24.4798, 118.0894), (2448, 11809)), ((-0.004, 179.996), (0, 18000)), ((90, -180), (9000, -18000))],
)
def test_places_are_rounded(degrees, hundredths):
    assert coarse(*degrees) == hundredths


@pytest.mark.parametrize("degrees", [(90.1, 0), (0, 180.1), (float("nan"), 0), (0, float("inf"))])
def test_a_place_that_is_nowhere_is_refused(degrees):
    with pytest.raises(InvalidInput, match="位置"):
        coarse(*degrees)


# -- who may -------------------------------------------------------------------------------------------------------
KEEPERS = {"officer", "leader", "second_officer", "city", "province", "legal", "town", "culture", "supervisor", "grid"}
KEEPERS |= {"discipline", "system", "security", "auditor"}


def test_who_keeps_photos_of_the_own_county(cast):
    done = set()
    for name, actor in cast.everyone().items():
        with taking_one() as one:
            try:
                keep_photo(taken=one, client_id=uuid.uuid4(), jurisdiction=jurisdiction(OWN), by=actor, at=AT)
            except NotAllowed:
                continue
        done.add(name)
    assert done == KEEPERS
    assert Event.objects.filter(kind="photo.kept").count() == len(KEEPERS)


def taking_one():
    return one_of(intake.taking([BytesIO(jpeg())]))


class one_of:
    """The only photo of a block."""

    def __init__(self, block) -> None:
        self.block = block

    def __enter__(self):
        return self.block.__enter__()[0]

    def __exit__(self, *problem):
        return self.block.__exit__(*problem)


def test_a_refused_photo_leaves_nothing(cast, private_media):
    with pytest.raises(NotAllowed, match="本管辖范围"), taking_one() as one:
        keep_photo(taken=one, client_id=CLIENT, jurisdiction=jurisdiction(NEIGHBOUR), by=cast.officer, at=AT)
    assert (Photo.objects.count(), events(), files_in(private_media)) == (0, [], [])
    assert not OutboxMessage.objects.exists()


def test_the_portal_itself_takes_no_photos(cast):
    robot = job("测试", Can.ENTER_PHONE, scope=cast.officer.scope)
    with pytest.raises(NotAllowed):
        kept(robot)


# -- sent again ----------------------------------------------------------------------------------------------------
def test_sent_ten_times_it_is_one_photo(cast, private_media):
    answers = set()
    for _ in range(10):
        with taking_one() as one:
            photo = keep_photo(taken=one, client_id=CLIENT, jurisdiction=jurisdiction(OWN), by=cast.supervisor, at=AT)
            answers.add(photo.pk)
    assert len(answers) == Photo.objects.count() == PhotoFile.objects.count() == len(files_in(private_media)) == 1
    assert (events(), OutboxMessage.objects.filter(kind=notices.DRAW).count()) == (["photo.kept"], 1)


@pytest.mark.parametrize("who", ["supervisor", "officer"])
def test_an_id_that_was_used_otherwise_is_refused(cast, who, private_media):
    """The same person with other bytes, or somebody else with the same: neither learns what lies there."""
    kept(cast.supervisor, client_id=CLIENT)
    actor, data = getattr(cast, who), jpeg(2 if who == "supervisor" else 1)
    with pytest.raises(Conflict, match="内容不同"), one_of(intake.taking([BytesIO(data)])) as one:
        keep_photo(taken=one, client_id=CLIENT, jurisdiction=jurisdiction(OWN), by=actor, at=AT)
    assert (Photo.objects.count(), len(files_in(private_media)), events()) == (1, 1, ["photo.kept"])


def test_a_form_with_four_photos_is_kept_together(cast, private_media, django_assert_num_queries):
    """One sent before, one twice in the same form: rows, traces and promises only for what is new."""
    kept(cast.supervisor, jpeg(1), client_id=CLIENT)
    ids = [CLIENT, *(uuid.UUID(int=number) for number in (9, 3, 9))]
    with intake.taking([BytesIO(jpeg(number)) for number in (1, 2, 3, 2)]) as taken_four:
        sent = [Sent(one, client_id) for one, client_id in zip(taken_four, ids, strict=True)]
        with django_assert_num_queries(FORM_QUERIES):
            photos = keep_photos(sent=sent, jurisdiction=jurisdiction(OWN), by=cast.supervisor, at=AT)
    assert [photo.client_id for photo in photos] == ids
    assert [original_of(photo) for photo in photos] == [jpeg(number) for number in (1, 2, 3, 2)]
    assert Photo.objects.count() == PhotoFile.objects.count() == len(files_in(private_media)) == len(events()) == 3
    assert OutboxMessage.objects.filter(kind=notices.DRAW).count() == 3


def test_one_conflict_keeps_the_whole_form_out(cast, private_media):
    kept(cast.officer, jpeg(1), client_id=CLIENT)
    uploads = [BytesIO(jpeg(2)), BytesIO(jpeg(3))]
    with intake.taking(uploads) as (one, other):
        sent = [Sent(one, uuid.uuid4()), Sent(other, CLIENT)]
        with pytest.raises(Conflict):
            keep_photos(sent=sent, jurisdiction=jurisdiction(OWN), by=cast.officer, at=AT)
    assert (Photo.objects.count(), len(files_in(private_media)), events()) == (1, 1, ["photo.kept"])


def test_sent_at_once_it_is_one_photo(committed_db, private_media):
    cast = build_cast()

    def send():
        with taking_one() as one:
            return keep_photo(taken=one, client_id=CLIENT, jurisdiction=jurisdiction(OWN), by=cast.supervisor, at=AT).pk

    answers = together(*[send] * 8)
    assert len(answers) == 8
    assert len(set(answers)) == 1
    assert (Photo.objects.count(), len(files_in(private_media)), events()) == (1, 1, ["photo.kept"])


def test_control_without_the_unique_id_there_would_be_two(cast):
    """The database alone stands between two requests of the same moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = 'photo_client_id_once'")
        assert cursor.fetchone() == (1,)
    photo = kept(cast.supervisor, client_id=CLIENT)
    photo.pk, photo.public_id = None, "x" * 32
    with pytest.raises(IntegrityError, match="photo_client_id_once"), transaction.atomic():
        photo.save(force_insert=True)


# -- files and transactions ----------------------------------------------------------------------------------------
@transaction.atomic
def keep_all_then_fail(photos, by):
    for one in photos:
        keep_photo(taken=one, client_id=uuid.uuid4(), jurisdiction=jurisdiction(OWN), by=by, at=AT)
    raise ZeroDivisionError


def test_a_transaction_that_fails_takes_the_file_along(cast, private_media):
    with pytest.raises(ZeroDivisionError), intake.taking([BytesIO(jpeg()), BytesIO(jpeg(2))]) as photos:
        keep_all_then_fail(photos, cast.officer)
    assert (Photo.objects.count(), files_in(private_media)) == (0, [])


def test_one_that_is_no_photo_keeps_all_of_them_out(db, private_media):
    with pytest.raises(InvalidInput), intake.taking([BytesIO(jpeg()), BytesIO(b"%PDF-")]):
        raise AssertionError("nothing was taken")
    assert files_in(private_media) == []


def test_letting_go_never_takes_a_photo_that_a_row_names(cast, private_media):
    one, other = taken(), taken(jpeg(2))
    keep_photo(taken=one, client_id=CLIENT, jurisdiction=jurisdiction(OWN), by=cast.officer, at=AT)
    intake.let_go(one, other)
    intake.let_go(one, other)
    intake.let_go()
    assert files_in(private_media) == [one.file.path]


def test_a_full_disk_refuses_before_anything_is_read(db, settings, private_media):
    settings.MEDIA_MIN_FREE_PERCENT = 101

    class Unread:
        def seek(self, offset):
            raise AssertionError

    with pytest.raises(Unavailable, match="存储空间不足"):
        intake.take(Unread())


# -- the worker ----------------------------------------------------------------------------------------------------
def test_a_job_that_runs_twice_draws_once(cast, private_media):
    photo = drawn(cast.supervisor)
    before = files_in(private_media)
    message = OutboxMessage(kind=notices.DRAW, payload={"photo_id": photo.pk})
    with clock.set_to(AT + timedelta(hours=1)):
        tasks.draw_copies(message)
    assert (files_in(private_media), events()) == (before, ["photo.kept", "photo.drawn"])


def test_of_two_workers_at_once_one_keeps_its_copies(committed_db, private_media):
    photo = kept(build_cast().supervisor)
    message = OutboxMessage(kind=notices.DRAW, payload={"photo_id": photo.pk})
    with clock.set_to(AT):
        together(*[lambda: tasks.draw_copies(message)] * 4)
    assert sorted(PhotoFile.objects.values_list("kind", flat=True)) == ["display", "original", "thumb"]
    assert files_in(private_media) == sorted(PhotoFile.objects.values_list("path", flat=True))
    assert events() == ["photo.kept", "photo.drawn"]


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_an_original_that_cannot_be_opened_is_tried_again_and_not_refused(cast, private_media, harm, caplog):
    photo = kept(cast.supervisor)
    path = private_media / photo.files.get().path
    path.unlink() if harm == "gone" else path.write_bytes(b"SJF1" + bytes(99))
    assert outbox.deliver_all(at=AT) == 0
    photo.refresh_from_db()
    assert (photo.state, OutboxMessage.objects.get(kind=notices.DRAW).state) == (PhotoState.NEW, "due")


@pytest.mark.parametrize("state", PhotoState.values)
@pytest.mark.parametrize("step", workflow.PHOTO.transitions, ids=lambda step: step.name)
def test_every_state_meets_every_step(cast, state, step):
    photo = kept(cast.supervisor)
    Photo.objects.filter(pk=photo.pk).update(state=state, reason="x" if state == PhotoState.REFUSED else "")
    before, heard = Photo.objects.values().get(pk=photo.pk), len(events())
    runs = {
        "draw": lambda: keep_copies(photo=photo, copies=[], picture_hash=None, by=tasks.DRAWER, at=AT),
        "refuse": lambda: refuse_photo(photo=photo, reason="损坏", by=tasks.DRAWER, at=AT),
    }
    if step.starts_from(state):
        assert runs[step.name]().state == step.target
        assert len(events()) == heard + 1
        return
    with pytest.raises(IllegalTransition):
        runs[step.name]()
    assert (Photo.objects.values().get(pk=photo.pk), len(events())) == (before, heard)


def test_nobody_but_the_portal_draws(cast):
    photo = kept(cast.supervisor)
    for actor in cast.everyone().values():
        for run in (
            lambda by=actor: keep_copies(photo=photo, copies=[], picture_hash=None, by=by, at=AT),
            lambda by=actor: refuse_photo(photo=photo, reason="x", by=by, at=AT),
        ):
            with pytest.raises(DomainError):
                run()
    assert events() == ["photo.kept"]


def test_the_database_refuses_what_cannot_be(cast):
    photo = kept(cast.supervisor)
    for wrong in (
        {"state": PhotoState.REFUSED},
        {"reason": "x"},
        {"latitude": 2448},
        {"latitude": 9001, "longitude": 0},
        {"size": 10 * 2**20 + 1},
        {"sha256": "x" * 64},
        {"kind": "gif"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Photo.objects.filter(pk=photo.pk).update(**wrong)
