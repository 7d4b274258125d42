"""Files made to break a reader: every one is refused with the right code, in words, quickly and with little memory."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foundation.imports.faults import FileRefused
from foundation.imports.reading import open_file

from .hostile import ALL

ROOT = Path(__file__).parents[2]
SECONDS = 10  # of computing: what a file that is not stopped would by far exceed
GROWTH = 100  # MB


def refusal_of(content: bytes) -> FileRefused:
    """How a file is refused: when it is opened, or at the latest when its rows are read."""
    with pytest.raises(FileRefused) as refusal:
        sum(1 for sheet in open_file(io.BytesIO(content)).sheets for _row in sheet.rows())
    return refusal.value


@pytest.mark.parametrize("name", ALL)
def test_it_is_refused_in_words_and_at_once(name):
    make, code = ALL[name]
    content = make()
    start = time.process_time()  # of this process: a busy machine does not count
    refusal = refusal_of(content)
    assert time.process_time() - start < SECONDS
    assert refusal.code == code
    assert refusal.message.endswith("。")
    assert len(re.findall(r"[\u4e00-\u9fff]", refusal.message)) >= 8


def test_there_are_enough_of_them():
    assert len(ALL) >= 140


def test_none_of_them_costs_much_memory(tmp_path):
    for number, (make, _code) in enumerate(ALL.values()):
        (tmp_path / f"{number:03}").write_bytes(make())
    program = [sys.executable, "-m", "tests.imports.measuring", str(tmp_path)]
    run = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
    growth = {list(ALL)[int(name)]: grown for name, (grown, _seconds) in json.loads(run.stdout).items()}
    assert len(growth) == len(ALL)
    assert {name: grown for name, grown in growth.items() if grown >= GROWTH} == {}
