"""``script/bench import``: a registry's way from the file into the register, beside what else one could do.

Contenders, in turn, repeat by repeat, each in its own fresh copy of the migrated portal:
- product: file read, checked, verdicts stored, applied with its history; then the search rows ("findable");
- copy: PostgreSQL's COPY of exactly the rows that the product leaves, into the same tables (``copied.py``);
- stock, bulk, skipping: django-import-export with its defaults and with its fastest settings (``stock.py``); it writes
  institutions only.
Each first with a new file, then again with 5 % of its rows changed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django

django.setup()

from bench import copied, memory, place, product, registry, stock  # noqa: E402
from bench.measured import keep, machine, ratios, spread, timing  # noqa: E402
from institutions.models import Institution, SearchEntry  # noqa: E402

CHANGED = 0.05
LARGE = 20_000  # above it: fewer repeats, and the library gets no more rows than the next line says
LIBRARY_ROWS = 10_000  # its time is then scaled to all rows, which the output says
FRESH, AGAIN, FINDABLE = "fresh", "again", "findable"
LIBRARY = {"stock": stock.Stock, "bulk": stock.Bulk, "skipping": stock.Skipping}
Times = dict[str, dict[str, float]]  # phase -> step -> seconds


@dataclass
class Size:
    """Everything that was measured with one number of rows."""

    rows: int
    files: dict[str, Path]
    library_files: dict[str, Path]
    library_rows: int
    runs: dict[str, list[Times]] = field(default_factory=lambda: defaultdict(list))
    written: dict[str, dict[str, int]] = field(default_factory=dict)
    tables: dict[str, list[dict[str, float]]] = field(default_factory=lambda: defaultdict(list))

    def times(self, contender: str, phase: str, *, findable: bool = False) -> list[float]:
        """Seconds for all rows of the file, one figure a repeat."""
        scale = self.rows / self.library_rows if contender in LIBRARY else 1
        return [
            scale * sum(seconds for step, seconds in run[phase].items() if findable or step != FINDABLE)
            for run in self.runs[contender]
        ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench import", description=__doc__.split("\n\n")[0])
    parser.add_argument("--rows", help="sizes; without it 10k,100k, with --memory 10k,200k")
    parser.add_argument("--repeats", type=int, help="of product and copy; without it 5, or 3 above 20k rows")
    parser.add_argument(
        "--library-repeats", type=int, help="of django-import-export; without it 3, or 1 above 20k rows"
    )
    parser.add_argument("--no-library", action="store_true", help="product and copy only")
    parser.add_argument(
        "--memory", action="store_true", help="only the peak memory of the page's and the worker's part"
    )
    options = parser.parse_args()
    given = options.rows or ("10k,200k" if options.memory else "10k,100k")
    sizes = [number_of(text) for text in given.split(",")]
    place.prepare()
    facts: dict[str, Any] = {"machine": machine()}
    print(json.dumps(facts["machine"], indent=1), flush=True)
    with tempfile.TemporaryDirectory(prefix="shuanjian-bench-") as folder:
        if options.memory:
            facts["memory"] = memory.compare(Path(folder), sizes)
        else:
            for rows in sizes:
                size = prepare_size(rows, Path(folder))
                measure(size, Path(folder), options)
                facts[f"{rows} rows"] = summed_up(size)
    facts["load afterwards"] = machine()["load"]
    print(f"\n{keep('memory' if options.memory else 'import', facts)}")


def number_of(text: str) -> int:
    """10k -> 10000"""
    return int(text[:-1]) * 1000 if text.endswith("k") else int(text)


def prepare_size(rows: int, folder: Path) -> Size:
    """The files of one size: the registry, and the registry with 5 % of its rows changed."""
    library_rows = rows if rows <= LARGE else LIBRARY_ROWS
    files = {}
    for count in {rows, library_rows}:
        files[count] = {FRESH: folder / f"{count}.csv", AGAIN: folder / f"{count}-changed.csv"}
        registry.write(files[count][FRESH], count)
        registry.write(files[count][AGAIN], count, changed=CHANGED)
    return Size(rows, files[rows], files[library_rows], library_rows)


def measure(size: Size, folder: Path, options: argparse.Namespace) -> None:
    """All contenders in turn, the order moved on each repeat; a run of the product before gives COPY its rows."""
    large = size.rows > LARGE
    repeats = options.repeats or (3 if large else 5)
    library = 0 if options.no_library else options.library_repeats or (1 if large else 3)
    print(f"\n{size.rows:,} rows, {size.files[FRESH].stat().st_size / 1e6:.1f} MB", flush=True)
    steps: dict[str, copied.Taken] = {}
    run_product(size, folder, steps)
    size.written = {name: taken.rows() for name, taken in steps.items()}
    contenders: list[tuple[str, int, Callable[[], Times]]] = [
        ("product", repeats, lambda: run_product(size)),
        ("copy", repeats, lambda: run_copy(size, steps)),
        *((name, library, lambda name=name: run_library(size, name)) for name in LIBRARY),
    ]
    for repeat in range(max(repeats, library)):
        turn = repeat % len(contenders)
        for name, times, run in contenders[turn:] + contenders[:turn]:
            if repeat < times:
                size.runs[name].append(run())
                print(f"  {repeat + 1} {name:<9} {in_words(size.runs[name][-1])}", flush=True)
    for path in folder.glob(f"{size.rows}.*.rows"):
        path.unlink()


def in_words(run: Times) -> str:
    """The seconds of one run, step by step."""
    return " | ".join(
        f"{phase}: " + ", ".join(f"{step} {seconds:.2f}" for step, seconds in times.items())
        for phase, times in run.items()
    )


def run_product(size: Size, folder: Path | None = None, steps: dict[str, copied.Taken] | None = None) -> Times:
    """One run; with a folder, what each step wrote is kept there for COPY (after the step's time was taken)."""

    @contextmanager
    def watched(name: str) -> Iterator[None]:
        if folder is None or steps is None:
            yield
            return
        with copied.taken(folder, f"{size.rows}.{name}") as taken:
            yield
        steps[name] = taken

    times: Times = {FRESH: {}, AGAIN: {}}
    with place.fresh_database():
        for phase, seconds in times.items():
            with watched(phase):
                with timing(seconds, "upload"):
                    batch = product.upload(size.files[phase])
                with timing(seconds, "check"):
                    product.check(batch)
                with timing(seconds, "apply"):
                    product.apply(batch)
            with watched(f"{phase}, {FINDABLE}"), timing(seconds, FINDABLE):
                product.make_findable()
            changed = round(size.rows * CHANGED)
            expected = {"updated": changed, "unchanged": size.rows - changed}
            must_be({"created": size.rows} if phase == FRESH else expected, product.counts(batch))
        must_be(size.rows, SearchEntry.objects.count())
    return times


def run_copy(size: Size, steps: dict[str, copied.Taken]) -> Times:
    """The same rows by COPY, step by step as the product wrote them."""
    times: Times = {FRESH: {}, AGAIN: {}}
    with place.fresh_database():
        for name, taken in steps.items():
            phase, _, findable = name.partition(", ")
            with timing(times[phase], findable or "rows"):
                detail = copied.put_back(taken)
            size.tables[name].append(detail)
        must_be(size.rows, SearchEntry.objects.count())
    return times


def run_library(size: Size, name: str) -> Times:
    """django-import-export with one set of settings."""
    times: Times = {FRESH: {}, AGAIN: {}}
    with place.fresh_database():
        stock.let_sequence_be_set()
        for phase, seconds in times.items():
            with timing(seconds, "rows"):
                stock.load(LIBRARY[name], size.library_files[phase])
            must_be(size.library_rows, Institution.objects.count())
        must_be(
            round(size.library_rows * CHANGED * 0.4),
            Institution.objects.filter(legal_person__startswith="新任").count(),
        )
    return times


def must_be(expected: object, found: object) -> None:
    """A contender that did not do its work is no contender."""
    if expected != found:
        raise RuntimeError(f"expected {expected}, found {found}")


def summed_up(size: Size) -> dict[str, Any]:
    """Print rates and ratios, and return all figures for the file."""
    if size.library_rows < size.rows and "stock" in size.runs:
        print(f"  django-import-export: {size.library_rows:,} rows were timed; its time is scaled to {size.rows:,}.")
    scaled = ratios_of(size)
    for phase in (FRESH, AGAIN):
        print(f"\n  {phase:<28}rows/s")
        for name in size.runs:
            print(f"    {name:<26}{spread([size.rows / each for each in size.times(name, phase)], ',.0f')}")
            if name in ("product", "copy"):
                rates = [size.rows / each for each in size.times(name, phase, findable=True)]
                print(f"    {name + ', ' + FINDABLE:<26}{spread(rates, ',.0f')}")
        for step in size.runs["product"][0][phase]:
            print(f"      product's {step:<16}{spread([run[phase][step] for run in size.runs['product']])} s")
        for name, values in scaled[phase].items():
            print(f"    {name:<26}{spread(values)}")
    print("\n  COPY by table, s")
    for step, runs in size.tables.items():
        for table, rows in {**size.written[step], "commit": 0}.items():
            print(f"    {step:<16}{table:<36}{rows:>8,} {spread([run[table] for run in runs], '.3f')}")
    return {
        "library rows": size.library_rows,
        "seconds": size.runs,
        "ratios": scaled,
        "written": size.written,
        "seconds of COPY by table": size.tables,
    }


def ratios_of(size: Size) -> dict[str, dict[str, list[float]]]:
    """The figures that count, repeat by repeat. Where the library was scaled there is one repeat of it."""
    found: dict[str, dict[str, list[float]]] = {}
    for phase in (FRESH, AGAIN):
        ours = size.times("product", phase)
        found[phase] = {
            f"{name} / product": ratios(size.times(name, phase), ours) for name in LIBRARY if name in size.runs
        }
        found[phase]["product / copy"] = ratios(ours, size.times("copy", phase))
        both = (size.times(name, phase, findable=True) for name in ("product", "copy"))
        found[phase][f"product / copy, {FINDABLE}"] = ratios(*both)
        found[phase] = {name: values for name, values in found[phase].items() if values}
    return found


if __name__ == "__main__":
    main()
