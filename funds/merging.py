"""An institution whose money is still supervised is not merged away: its account does not move by itself."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from institutions.merging import refuses_merging
from institutions.models import Institution

from .models import SupervisedAccount


@refuses_merging
def has_account(institution: Institution, on: date) -> str:
    """It has a special account; with it end the flags, which none has without one."""
    accounts = SupervisedAccount.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on))
    if not accounts.filter(institution=institution).exists():
        return ""
    return f"“{institution.name}”还有未销户的监管账户。请先办理销户，再合并；或者保留这一家。"
