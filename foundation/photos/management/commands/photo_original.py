"""``manage.py photo_original PUBLIC_ID --to FILE --reason TEXT``: take one sealed original out, with a trace."""

from __future__ import annotations

import getpass
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.core import clock
from foundation.core.actor import job
from foundation.core.ciphers import Unreadable
from foundation.core.errors import DomainError
from foundation.photos.models import Photo
from foundation.photos.notices import TAKE_OUT
from foundation.photos.operations import take_out_original
from foundation.photos.queries import original_of


class Command(BaseCommand):
    help = "提取一张照片的原件（审计、办案用）。谁、何时、为何提取记入审计日志。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("public_id", help="照片地址中的编号")
        parser.add_argument("--to", type=Path, required=True, metavar="FILE", help="写入的新文件，不能已存在")
        parser.add_argument("--reason", required=True, help="提取的理由")

    def handle(self, *args: Any, **given: Any) -> None:
        photo = Photo.objects.filter(public_id=given["public_id"]).first()
        if photo is None:
            raise CommandError("没有这个编号的照片。")
        by = job(f"服务器账号 {getpass.getuser()}", TAKE_OUT)
        try:
            original = original_of(photo)
            with open(given["to"], "xb", opener=_own_only) as file:
                take_out_original(photo=photo, reason=given["reason"], by=by, at=clock.now())
                file.write(original)
        except FileExistsError as error:
            raise CommandError(f"文件 {given['to']} 已存在，不覆盖。") from error
        except OSError as error:
            raise CommandError(f"无法写入 {given['to']}：{error.strerror}") from error
        except (DomainError, Unreadable) as error:
            given["to"].unlink(missing_ok=True)
            raise CommandError(str(error)) from error
        self.stdout.write(f"已写入 {given['to']}，格式 {photo.get_kind_display()}，摘要 {photo.sha256}")


def _own_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
