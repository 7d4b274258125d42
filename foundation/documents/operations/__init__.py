"""Operations on documents."""

from .files import file_document
from .issuing import issue_document, void_document

__all__ = ["file_document", "issue_document", "void_document"]
