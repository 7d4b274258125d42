"""State folders for the stack's tests."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from stack.layout import passing_dir


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    """A state folder with spaces and Chinese in its path, one for the module: each new one costs all migrations.

    Not tmp_path, because root's PostgreSQL runs as nobody, who could not reach it.
    """
    outer = Path(tempfile.mkdtemp(prefix="shuanjian stack 测试 ", dir=passing_dir()))
    outer.chmod(0o755)
    yield outer / "state 状态"
    shutil.rmtree(outer, ignore_errors=True)
