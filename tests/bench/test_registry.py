"""The benchmark's data: what it measures must be what it says."""

from __future__ import annotations

import csv

import pytest

from bench import measured, product, registry
from foundation.imports.models import BatchRow
from institutions.models import SearchEntry


def test_the_same_number_of_rows_gives_the_same_bytes(tmp_path):
    registry.write(tmp_path / "one.csv", 300)
    registry.write(tmp_path / "two.csv", 300)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_names_codes_and_permits_occur_once_and_every_cell_is_filled():
    rows = list(registry.registry(20_000))
    for column in (0, 1, 2):
        assert len({row[column] for row in rows}) == len(rows)
    assert all(all(row) and len(row) == len(registry.HEADINGS) for row in rows)


def test_a_changed_registry_differs_in_exactly_the_share_that_was_asked_for(tmp_path):
    registry.write(tmp_path / "before.csv", 1000)
    registry.write(tmp_path / "after.csv", 1000, changed=0.05)
    before, after = (
        list(csv.reader((tmp_path / name).read_text(encoding="utf-8").splitlines()))
        for name in ("before.csv", "after.csv")
    )
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 50


@pytest.mark.django_db
def test_the_product_takes_every_row_without_a_word_and_sees_what_changed(tmp_path):
    registry.write(tmp_path / "before.csv", 200)
    registry.write(tmp_path / "after.csv", 200, changed=0.05)
    expected = {"before.csv": {"created": 200}, "after.csv": {"updated": 10, "unchanged": 190}}
    for name, counts in expected.items():
        batch = product.upload(tmp_path / name)
        product.check(batch)
        product.apply(batch)
        product.make_findable()
        assert product.counts(batch) == counts
        assert list(BatchRow.objects.filter(batch=batch).exclude(warnings=[]).values_list("warnings", flat=True)) == []
    assert SearchEntry.objects.count() == 200


def test_ratios_pair_repeat_by_repeat_and_stop_at_the_shorter_series():
    assert measured.ratios([4.0, 9.0, 1.0], [2.0, 3.0]) == [2.0, 3.0]
    assert measured.spread([2.0, 3.0, 10.0]) == "3.00 [2.00..10.00] n=3"
    assert measured.spread([]) == "-"
