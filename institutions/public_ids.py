"""Random public ids: nobody can walk through the register by counting."""

import os

ALPHABET = b"0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case
_LETTER_OF = ALPHABET * 8  # every byte, evenly


def new_public_id() -> str:
    """12 characters, 60 random bits."""
    return os.urandom(12).translate(_LETTER_OF).decode()
