from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.core import clock

EVENING = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # midnight in Shanghai


def test_a_date_is_one_in_shanghai():
    assert clock.local_date(EVENING) == date(2026, 3, 2)
    assert clock.local_date(EVENING - timedelta(seconds=1)) == date(2026, 3, 1)


def test_a_set_clock_stands_moves_on_request_and_is_put_back():
    with clock.set_to(EVENING):
        assert (clock.now(), clock.today()) == (EVENING, date(2026, 3, 2))
        clock.advance(timedelta(days=1))
        assert clock.today() == date(2026, 3, 3)
        with clock.set_to(EVENING - timedelta(days=9)):
            assert clock.today() == date(2026, 2, 21)
        assert clock.today() == date(2026, 3, 3)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_real_clock_cannot_be_moved():
    with pytest.raises(RuntimeError, match="the clock is not set"):
        clock.advance(timedelta(days=1))


def test_an_error_puts_it_back_too():
    with pytest.raises(ZeroDivisionError), clock.set_to(EVENING):
        raise ZeroDivisionError
    assert clock.now() != EVENING
