import os

import pytest

from foundation.core import sealed_files
from foundation.core.ciphers import Unreadable

PATH = "photos/202603/a.sealed"
SIZES = [0, 1, sealed_files.PART - 1, sealed_files.PART, sealed_files.PART + 1, 3 * sealed_files.PART, 700_001]


def sealed(data: bytes, path: str = PATH) -> bytes:
    return b"".join(sealed_files.sealed_pieces(data, path=path))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_opens_again(size):
    data = os.urandom(size)
    stored = sealed(data)
    assert sealed_files.opened(stored, path=PATH) == data
    assert size < 40 or data[:20] not in stored


def test_no_two_sealings_are_equal():
    assert sealed(b"x" * 99) != sealed(b"x" * 99)


@pytest.mark.parametrize(
    "damage",
    [
        lambda s: s[:-1],
        lambda s: s + b"x",
        lambda s: s[:60] + bytes([s[60] ^ 1]) + s[61:],
        lambda s: s[:15] + bytes([s[15] ^ 1]) + s[16:],  # its salt
        lambda s: s[: -sealed_files.TAG - 1],
        lambda s: s[: 44 + sealed_files.PART + sealed_files.TAG],  # the last part is gone
        lambda s: s[:44] + s[44 + sealed_files.PART + sealed_files.TAG :],  # the first part is gone
        lambda s: (
            s[:44]
            + s[44 + sealed_files.PART + 16 : 44 + 2 * (sealed_files.PART + 16)]
            + s[44 : 44 + sealed_files.PART + 16]
            + s[44 + 2 * (sealed_files.PART + 16) :]
        ),  # two parts changed places
        lambda s: b"",
        lambda s: b"SJF2" + s[4:],
        lambda s: s[:20],
    ],
)
def test_a_changed_file_does_not_open(damage):
    stored = sealed(os.urandom(2 * sealed_files.PART + 100))
    with pytest.raises(Unreadable):
        sealed_files.opened(damage(stored), path=PATH)


def test_a_file_opens_under_its_own_path_only():
    with pytest.raises(Unreadable, match="not the file that was sealed here"):
        sealed_files.opened(sealed(b"x"), path="photos/202603/b.sealed")


def test_another_key_does_not_open(settings):
    stored = sealed(b"x")
    settings.FIELD_KEY = "cd" * 32
    with pytest.raises(Unreadable, match="another key"):
        sealed_files.opened(stored, path=PATH)
