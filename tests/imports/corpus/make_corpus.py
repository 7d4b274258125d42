"""``python -m tests.imports.corpus.make_corpus`` writes the corpus anew: each file and what is expected of it."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from . import kinds
from .base import CASES, Case, built

FILES = Path(__file__).parent / "files"

for module in iter_modules(kinds.__path__):
    import_module(f"{kinds.__name__}.{module.name}")


def expectation(case: Case) -> str:
    """The expected verdicts as JSON, one row of the file a line."""
    head = {"about": case.about, "bureau": case.bureau, "before": case.before, "encoding": case.encoding}
    head = {key: value for key, value in head.items() if value}
    head |= {"file_level": "rejected" if case.file else "ok", "file": case.file}
    rows = ",\n  ".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in case.told())
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    return "{\n" + ",\n".join([*lines, f' "rows": [\n  {rows}\n ]' if rows else ' "rows": []']) + "\n}\n"


def write(folder: Path) -> list[Path]:
    """All files of the corpus and their expectations, below ``folder``."""
    written = []
    for path in CASES:
        case = built(path)
        file = folder / f"{path}.{case.suffix}"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(case.content)
        told = folder / f"{path}.expected.json"
        told.write_text(expectation(case), encoding="utf-8")
        written += [file, told]
    return written


def main() -> None:
    written = set(write(FILES))
    for file in FILES.rglob("*.*"):
        if file not in written:
            file.unlink()
    size = sum(file.stat().st_size for file in written)
    rows = sum(len(built(path).expected) for path in CASES)
    sys.stdout.write(f"{len(CASES)} files, {rows} rows of data, {size} bytes\n")


if __name__ == "__main__":
    main()
