"""Which cases of the bulletin were loaded into this installation's demo."""

from django.db import models


class LoadedCase(models.Model):
    """Written in the transaction that loaded the case, so that it is there if and only if the case is."""

    code = models.CharField("案例", max_length=20)
    loaded_at = models.DateTimeField("载入时间")

    class Meta:
        verbose_name = "已载入的演示案例"
        verbose_name_plural = "已载入的演示案例"
        constraints = [
            models.UniqueConstraint(fields=["code"], name="loaded_case_once", violation_error_message="该案例已载入。"),
            models.CheckConstraint(
                condition=~models.Q(code=""), name="loaded_case_named", violation_error_message="须写明是哪个案例。"
            ),
        ]

    def __str__(self) -> str:
        return self.code
