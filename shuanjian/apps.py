"""The wiring as an app: hands the deployment checks to Django."""

from django.apps import AppConfig

from . import checks


class ShuanjianConfig(AppConfig):
    name = "shuanjian"
    verbose_name = "总装"

    def ready(self) -> None:
        checks.register_all()
