"""资料变更申请: what an institution says that the register should say."""

from __future__ import annotations

import json

from django.db import models
from django.db.models import Q

from declarations.enums import ChangeState
from foundation.accounts.models import User
from foundation.core.ciphers import SealedTextField
from foundation.core.constraints import one_of
from foundation.core.scope import ScopedQuerySet
from institutions.models import Institution

from .inquiries import VIA_INSTITUTION


class ChangeRequest(models.Model):
    """Proposed values, sealed (a telephone number may be among them); ``outcome`` has for each field why it was
    refused, or nothing where it was accepted. One is open for an institution at a time."""

    SCOPE = VIA_INSTITUTION

    institution = models.ForeignKey(
        Institution, verbose_name="机构", on_delete=models.PROTECT, related_name="change_requests"
    )
    sealed = SealedTextField("申请变更为")
    reason = models.CharField("变更原因", max_length=300)
    given_by = models.CharField("申请人", max_length=60)
    received_at = models.DateTimeField("收到时间")
    entered_by = models.ForeignKey(
        User, verbose_name="代为登记人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField("状态", max_length=8, choices=ChangeState.choices, default=ChangeState.OPEN)
    state_at = models.DateTimeField("状态时间")
    outcome = models.JSONField("办理结果", default=dict, blank=True)
    decided_by = models.ForeignKey(
        User, verbose_name="办理人", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "资料变更申请"
        verbose_name_plural = "资料变更申请"
        constraints = [
            one_of("state", ChangeState, name="change_request_state_known"),
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(state=ChangeState.OPEN),
                name="change_request_open_once",
                violation_error_message="该机构已有一份待办理的资料变更申请。",
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeState.OPEN, decided_by__isnull=True)
                | Q(state=ChangeState.DECIDED, decided_by__isnull=False),
                name="change_request_decided_by_someone",
                violation_error_message="办理过的申请必须有办理人。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} · 资料变更申请"

    @property
    def proposed(self) -> dict[str, str]:
        """Field of the register -> the value asked for."""
        return json.loads(self.sealed)

    def came_of(self, name: str) -> str:
        """What was decided about a field, with the reason where it was refused."""
        if self.state == ChangeState.OPEN:
            return "待办理"
        return f"未采纳：{why}" if (why := self.outcome.get(name)) else "已采纳"
