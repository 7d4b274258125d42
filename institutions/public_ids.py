"""Random public ids: nobody can walk through the register by counting."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32, lower case


def new_public_id() -> str:
    """12 characters, 60 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))
