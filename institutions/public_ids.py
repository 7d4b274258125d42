"""Random public ids: nobody can walk through the register by counting."""

import os
import re

from foundation.imports.values.texts import PLANTED

ALPHABET = b"0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case
_LETTER_OF = ALPHABET * 8  # every byte, evenly
_WORDS = re.compile(PLANTED)


def new_public_id() -> str:
    """12 characters, 60 random bits; one in twenty thousand would spell a word that no public page may hold."""
    while _WORDS.search(found := os.urandom(12).translate(_LETTER_OF).decode()):
        pass
    return found
