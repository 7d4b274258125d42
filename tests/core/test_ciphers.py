import pytest
from django.db import connection

from foundation.accounts.models import User
from foundation.core import ciphers
from tests.cast import OWN, organ

COLUMN = "accounts_user.phone"


def test_a_sealed_text_opens_in_its_column_only():
    sealed = ciphers.seal("13800000000", column=COLUMN)
    assert ciphers.open_sealed(sealed, column=COLUMN) == "13800000000"
    with pytest.raises(ciphers.Unreadable, match=r"audit_event\.reason: not readable"):
        ciphers.open_sealed(sealed, column="audit_event.reason")


def test_no_two_sealings_are_equal_and_none_shows_the_text():
    first, second = (ciphers.seal("13800000000", column=COLUMN) for _ in range(2))
    assert first != second
    assert "13800000000" not in first
    assert first.startswith("v1$aes256gcm$")


@pytest.mark.parametrize("damage", [lambda s: s[:-6] + "AAAA==", lambda s: s.replace("v1$", "v2$"), lambda s: "x"])
def test_a_damaged_value_does_not_open(damage):
    with pytest.raises(ciphers.Unreadable):
        ciphers.open_sealed(damage(ciphers.seal("王小明", column=COLUMN)), column=COLUMN)


def test_another_key_does_not_open(settings):
    sealed = ciphers.seal("王小明", column=COLUMN)
    settings.FIELD_KEY = "cd" * 32
    with pytest.raises(ciphers.Unreadable, match="sealed by another key"):
        ciphers.open_sealed(sealed, column=COLUMN)


def test_the_blind_hash_finds_equals_of_one_column(settings):
    hashed = ciphers.blind("350203199001010011", column=COLUMN)
    assert hashed == ciphers.blind("350203199001010011", column=COLUMN)
    assert hashed != ciphers.blind("350203199001010011", column="other.column")
    settings.FIELD_KEY = "cd" * 32
    assert hashed != ciphers.blind("350203199001010011", column=COLUMN)


@pytest.mark.django_db
def test_the_database_holds_the_sealed_text():
    user = User.objects.create(username="sealed", name="王", phone="13800000000", organ=organ(OWN))
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_user WHERE id = %s", [user.pk])
        (stored,) = cursor.fetchone()
    assert stored.startswith("v1$aes256gcm$")
    assert User.objects.get(pk=user.pk).phone == "13800000000"
    assert User.objects.filter(phone="13800000000").count() == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13812345678", "138****5678"),
        ("1381234", "*******"),
        ("王小明", "***"),
        ("", ""),
        ("0592-5812345/13959212345", "059****2345/139****2345"),
        ("05925812345、13959212345", "059****2345、139****2345"),
    ],
)
def test_masking(text, shown):
    assert ciphers.masked(text) == shown


def test_masking_without_a_tail_shows_none():
    assert ciphers.masked("欧阳小明", head=1, tail=0) == "欧****"
