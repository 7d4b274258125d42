from django.apps import AppConfig


class PhoneConfig(AppConfig):
    name = "phone"
    label = "phone"
    verbose_name = "手机端"
