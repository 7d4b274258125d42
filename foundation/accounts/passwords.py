"""What a password must be, and how a one-time password is made."""

from __future__ import annotations

import secrets
import string

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
# Without what is easily misread on paper: 0 O o, 1 l I.
ALPHABETS = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
ONE_TIME_LENGTH = 14


class MinimumLength(MinimumLengthValidator):
    """Django's rule; its own sentence has no Chinese plural and would come out in English."""

    def get_error_message(self) -> str:
        return f"密码太短，不得少于 {self.min_length} 位。"

    def get_help_text(self) -> str:
        return f"密码不得少于 {self.min_length} 位。"


class CharacterClasses:
    """等保三级 asks for complexity: characters of several of the four classes (lower, upper, digit, other)."""

    def __init__(self, at_least: int = 3) -> None:
        self.at_least = at_least

    def validate(self, password: str, user: object = None) -> None:
        found = sum(any(char in letters for char in password) for letters in CLASSES)
        found += any(all(char not in letters for letters in CLASSES) for char in password)
        if found < self.at_least:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return f"密码须包含小写字母、大写字母、数字、符号中的至少 {self.at_least} 类。"


def one_time_password() -> str:
    """A random password that satisfies every rule and can be read out over the telephone."""
    chosen = [secrets.choice(letters) for letters in ALPHABETS]
    chosen += [secrets.choice("".join(ALPHABETS)) for _ in range(ONE_TIME_LENGTH - len(chosen))]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)
