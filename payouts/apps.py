from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    name = "payouts"
    label = "payouts"
    verbose_name = "核拨与退费"
