"""``manage.py build_word_layout``: write the Word layout of documents anew from its builder."""

from django.core.management.base import BaseCommand

from foundation.documents.rendering import WORD_LAYOUT
from foundation.documents.word_layout import build


class Command(BaseCommand):
    help = "重新生成文书的 Word 版式文件。"

    def handle(self, *args, **options) -> None:
        WORD_LAYOUT.write_bytes(build())
        self.stdout.write(f"已写入 {WORD_LAYOUT}")
