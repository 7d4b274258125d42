"""What must be said of a paper's way to its party, whatever the paper."""

from __future__ import annotations

from datetime import date

from foundation.core.errors import InvalidInput, need_words

from .enums import Service


def check_service(service: str, served_on: date, recipient: str, *, made_on: date, today: date) -> None:
    """Raise InvalidInput unless there is a way, a day between the paper's and today, and who signed where one signs."""
    if service == Service.NONE:
        raise InvalidInput("请选择送达方式。", code="service", fields={"service": ["请选择送达方式。"]})
    if not made_on <= served_on <= today:
        message = "送达日期不能早于文书日期，也不能晚于今天。"
        raise InvalidInput(message, code="date", fields={"served_on": [message]})
    if service == Service.DIRECT:
        need_words(recipient, "recipient", "直接送达请填写签收人。")
