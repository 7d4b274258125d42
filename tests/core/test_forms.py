"""Fields that staff forms share."""

import pytest
from django.core.exceptions import ValidationError

from foundation.core.forms import LinesField


def test_lines_come_without_blanks_and_their_letters_are_counted():
    """The limit is that of the whole text, which the browser enforces too; not of how many lines there are."""
    field = LinesField(max_length=10)
    assert field.clean(" 甲乙 \r\n\n丙") == ["甲乙", "丙"]
    with pytest.raises(ValidationError, match="10"):
        field.clean("一二三四五\n六七八九十")
    with pytest.raises(ValidationError):
        field.clean(" \n ")
    assert LinesField(required=False).clean("") == []
