from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from foundation.accounts.models import Organ, Post, User
from foundation.audit.models import Event

pytestmark = pytest.mark.django_db
GIVEN = ["--bureau", "350203", "--organ", "思明区教育局", "--system", "xitong:张三", "--security", "anquan:李四"]


def run(*given: str) -> str:
    out = StringIO()
    call_command("first_administrators", *given, stdout=out)
    return out.getvalue()


def test_three_people_with_three_duties_and_passwords_that_must_change():
    printed = run(*GIVEN, "--audit", "shenji:王五")
    assert set(Post.objects.values_list("duty", flat=True)) == {"system", "security", "audit"}
    for user in User.objects.all():
        password = next(line.split()[-1] for line in printed.splitlines() if f" {user.username} " in line)
        assert (user.check_password(password), user.must_change_password) == (True, True)
    assert set(Event.objects.values_list("actor_name", flat=True)) == {"系统安装"}


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ([*GIVEN, "--audit", "shenji"], "登录名:姓名"),
        ([*GIVEN, "--audit", "anquan:王五"], "登录名已被使用"),
        (["--bureau", "999999", *GIVEN[2:], "--audit", "shenji:王五"], "没有代码"),
    ],
)
def test_bad_input_makes_nothing(given, part):
    with pytest.raises(CommandError, match=part):
        run(*given)
    assert (Organ.objects.count(), User.objects.count(), Event.objects.count()) == (0, 0, 0)


def test_it_works_once():
    run(*GIVEN, "--audit", "shenji:王五")
    with pytest.raises(CommandError, match="已有管理员"):
        run(*GIVEN, "--audit", "shenji:王五")
