"""``manage.py first_administrators``: the three administrators of an installation; they set up everybody else."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from foundation.accounts.enums import Can, OrganKind, Role
from foundation.accounts.models import Post
from foundation.accounts.operations.organs import register_organ
from foundation.accounts.operations.posts import grant_post
from foundation.accounts.operations.users import create_user
from foundation.core import clock
from foundation.core.actor import job
from foundation.core.errors import DomainError
from foundation.regions.models import Jurisdiction
from foundation.regions.queries import jurisdictions_below

ROLES = {"system": Role.SYSTEM_ADMIN, "security": Role.SECURITY_ADMIN, "audit": Role.AUDIT_ADMIN}


class Command(BaseCommand):
    help = "Create the bureau and its system, security and audit administrators; prints their one-time passwords once."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--bureau", required=True, help="jurisdiction code, such as 350203")
        parser.add_argument("--organ", required=True, help="the bureau's name, such as 思明区教育局")
        for name in ROLES:
            parser.add_argument(f"--{name}", required=True, metavar="LOGIN:NAME", help=f"the {name} administrator")

    def handle(self, *args, **options) -> None:
        place = Jurisdiction.objects.filter(code=options["bureau"]).first()
        if place is None:
            raise CommandError(f"没有代码为 {options['bureau']} 的管辖单位。")
        if Post.objects.filter(role__in=ROLES.values(), organ__jurisdiction__in=jurisdictions_below(place.pk)).exists():
            raise CommandError("该单位或下级已有管理员，请由他们在后台办理。")
        people = {role: _person(options[name]) for name, role in ROLES.items()}
        try:
            issued = _create(place, options["organ"], people)
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write("一次性密码只显示这一次，首次登录须修改：")
        for role, username, password in issued:
            self.stdout.write(f"{role.label}: {username} {password}")


def _person(text: str) -> tuple[str, str]:
    username, separator, name = text.partition(":")
    if not separator or not username or not name:
        raise CommandError(f"“{text}”应写作 登录名:姓名，如 xitong:张三。")
    return username, name


@transaction.atomic
def _create(place: Jurisdiction, organ_name: str, people: dict[Role, tuple[str, str]]) -> list[tuple[Role, str, str]]:
    at = clock.now()
    scope = jurisdictions_below(place.pk)
    by = job("系统安装", Can.MANAGE_ACCOUNTS, Can.GRANT_POSTS, scope=scope)
    organ = register_organ(jurisdiction=place, kind=OrganKind.EDUCATION, name=organ_name, by=by, at=at)
    made = []
    for role, (username, name) in people.items():
        issued = create_user(organ=organ, username=username, name=name, by=by, at=at)
        grant_post(user=issued.user, organ=organ, role=role, valid_from=clock.local_date(at), by=by, at=at)
        made.append((role, issued.user.username, issued.password))
    return made
