from django.apps import AppConfig


class DeclarationsConfig(AppConfig):
    name = "declarations"
    label = "declarations"
    verbose_name = "机构申报"
