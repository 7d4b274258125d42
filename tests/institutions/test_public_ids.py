"""Public ids stand in addresses, pages and files: they spell nothing that the check of our own pages looks for."""

from __future__ import annotations

import os

from institutions import public_ids


def test_an_id_that_spells_a_planted_word_is_drawn_again(monkeypatch):
    wanted = ["qe7fs9z1vpn9", "bet365000000", "qe7fs9z1vpm9"]
    drawn = iter([bytes(public_ids.ALPHABET.index(letter) for letter in word.encode()) for word in wanted])
    monkeypatch.setattr(os, "urandom", lambda amount: next(drawn))
    assert public_ids.new_public_id() == "qe7fs9z1vpm9"


def test_an_id_has_twelve_letters_of_the_alphabet():
    found = {public_ids.new_public_id() for _ in range(1000)}
    assert len(found) == 1000
    assert {len(one) for one in found} == {12}
    assert set("".join(found).encode()) == set(public_ids.ALPHABET)
