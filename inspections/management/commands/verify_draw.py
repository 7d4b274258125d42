"""``manage.py verify_draw NUMBER``: replay a draw; exit 1 and name what differs."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from inspections.queries import draws


class Command(BaseCommand):
    help = "Replay a draw from its frozen pool, rule and public number; name what differs and exit 1."

    def add_arguments(self, parser) -> None:
        parser.add_argument("number", help="the draw's number, such as SJ-350203-2026-0001")
        parser.add_argument("--pool", type=Path, help="the pool file as it was kept before the draw")

    def handle(self, *args, **options) -> None:
        draw = draws.public_draw(options["number"])
        if draw is None:
            raise CommandError(f"no frozen draw {options['number']}")
        kept = options["pool"].read_bytes().decode().split("\n")[:-1] if options["pool"] else None
        found = draws.verify(draw, earlier=kept)
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"不一致：{draw.number}，{len(found)} 处")
        count = draw.commitment.objects_count
        self.stdout.write(f"一致：{draw.number}，名册 {count} 家，抽中 {draw.drawn.count()} 家")
