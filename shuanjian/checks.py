"""What must be right before the portal serves people: read by ``check --deploy``, ``doctor``, and each start.

``SETTINGS`` look at settings only (``check --deploy``); ``DATABASE`` ask the server (``check --deploy --database
default``). With ``PRODUCTION`` on, web, worker and beat call ``refuse_to_start`` and end when either finds an error.
Messages are for the person who installs the portal: what is wrong, and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.checks import ERROR, CheckMessage, Tags, register, run_checks

from shuanjian import env
from shuanjian.checks_database import DATABASE
from shuanjian.checks_settings import SETTINGS

Check = Callable[[], Iterator[CheckMessage]]


def register_all() -> None:
    """Hand all checks to Django, for deployments only (``check`` without ``--deploy`` stays quick)."""
    for check in SETTINGS:
        register(_adapted(check), Tags.security, deploy=True)
    for check in DATABASE:
        register(_adapted(check, asks_database=True), Tags.database, deploy=True)


def _adapted(check: Check, *, asks_database: bool = False) -> Callable[..., list[CheckMessage]]:
    def run(app_configs: object, databases: list[str] | None = None, **kwargs: object) -> list[CheckMessage]:
        return list(check()) if databases or not asks_database else []

    run.__name__ = check.__name__
    return run


def blockers() -> list[CheckMessage]:
    """Every error that stands between this installation and production, ours and Django's own."""
    found = run_checks(include_deployment_checks=True, databases=["default"])
    return sorted((message for message in found if message.level >= ERROR), key=lambda message: str(message.id))


def refuse_to_start() -> None:
    """End the process unless it may serve; does nothing where ``PRODUCTION`` is off (local, test)."""
    if not settings.PRODUCTION:
        return
    problems = [f"{message.id} {message.msg}\n    {message.hint or ''}" for message in blockers()]
    if env.present("DATABASE_OWNER_URL"):
        problems.append(
            "shuanjian.E099 对外服务的进程不应持有数据库所有者的登录。\n"
            "    只在执行 manage.py migrate 和 doctor 时提供 DATABASE_OWNER_URL，网站、任务进程的环境中去掉它。"
        )
    if problems:
        raise SystemExit("双减平台拒绝启动：\n  " + "\n  ".join(problems))
