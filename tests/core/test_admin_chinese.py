"""No string of the packages under the staff's pages is left in English."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from tests.core.messages import messages_of, translated

ROOT = Path(__file__).resolve().parent.parent.parent
CHINESE = re.compile("[\u4e00-\u9fff]")
NOT_INSTALLED = ("contrib/constance", "contrib/guardian", "unfold/contrib/import_export", "simple_history")
SAME_IN_CHINESE = {"%(class_name)s %(instance)s", ":", ":?.!", "…", "IPv4", "IPv6"}


@pytest.mark.parametrize(
    ("package", "at_least"),
    [
        ("unfold", 150),
        ("django/contrib/admin", 190),
        ("django/contrib/auth", 80),
        ("django/contrib/postgres", 15),
        ("django/forms", 40),
        ("django/core", 25),
        ("allauth/account", 60),
        ("allauth/mfa", 15),
        ("allauth/templates", 200),
        ("import_export", 30),
        ("rest_framework", 100),
    ],
)
def test_every_string_of_the_package_is_chinese(package, at_least):
    found = messages_of(package, without=NOT_INSTALLED)
    assert len(found) >= at_least, "the extraction finds less than it did: look at it before trusting this test"
    english = {
        (call, place)
        for call, place in found.items()
        if call[-1] not in SAME_IN_CHINESE and not CHINESE.search(translated(call))
    }
    assert english == set()


def test_the_compiled_catalogue_is_that_of_the_source():
    """After an edit of the .po: ``python script/compile_messages.py``."""
    script = runpy.run_path(str(ROOT / "script/compile_messages.py"))
    assert (script["FOLDER"] / "django.mo").read_bytes() == script["compiled"]()
