"""What still stands between this installation and production, in plain words, with what to do about it."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.checks import ERROR, WARNING, CheckMessage, run_checks
from django.core.management.base import BaseCommand, CommandError

#: Django's own English remarks about settings that the portal's checks judge in Chinese.
OURS_SAY_IT = {f"security.W{number:03}" for number in (4, 5, 6, 8, 9, 12, 16, 18, 19, 20, 21, 22, 24, 25)}


class Command(BaseCommand):
    help = "逐项检查本系统能否正式对外服务，列出问题和办法；有任何一项未通过时以 1 退出"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-database", action="store_true", help="只检查设置，不连接数据库")

    def handle(self, *args: object, **options: bool) -> None:
        databases = [] if options["no_database"] else ["default"]
        found = [m for m in run_checks(include_deployment_checks=True, databases=databases) if m.id not in OURS_SAY_IT]
        found.sort(key=lambda message: str(message.id))
        errors = [message for message in found if message.level >= ERROR]
        warnings = [message for message in found if WARNING <= message.level < ERROR]
        for heading, messages in (("必须解决", errors), ("建议解决", warnings)):
            if messages:
                self.stdout.write(f"{heading}（{len(messages)} 项）")
                for number, message in enumerate(messages, start=1):
                    self._tell(number, message)
        if not settings.PRODUCTION and errors:
            self.stdout.write("当前不是正式环境的设置（shuanjian.settings.production），本机演示可以忽略以上各项。")
        if errors:
            raise CommandError(f"{len(errors)} 项未通过，不能正式对外服务。")
        self.stdout.write("检查通过，可以正式对外服务。")

    def _tell(self, number: int, message: CheckMessage) -> None:
        self.stdout.write(f"  {number}. {message.msg} [{message.id}]")
        if message.hint:
            self.stdout.write(f"     办法：{message.hint}")
