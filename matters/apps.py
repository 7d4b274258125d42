from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "matters"
    label = "matters"
    verbose_name = "一事一页"
