"""Operations on exports."""

from .deciding import approve_export, reject_export
from .making import expire_export, finish_export, hold_export, refuse_export
from .requesting import record_download, request_export

__all__ = [
    "approve_export",
    "expire_export",
    "finish_export",
    "hold_export",
    "record_download",
    "refuse_export",
    "reject_export",
    "request_export",
]
