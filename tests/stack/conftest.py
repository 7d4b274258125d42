"""State folders for the stack's tests."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def state() -> Iterator[Path]:
    """A folder that root's PostgreSQL (the account nobody) can reach, unlike tmp_path; with spaces and Chinese."""
    outer = Path(tempfile.mkdtemp(prefix="shuanjian stack 测试 ", dir="/var/tmp"))
    outer.chmod(0o755)
    yield outer / "state 状态"
    shutil.rmtree(outer, ignore_errors=True)
