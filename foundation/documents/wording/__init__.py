"""The wording of each kind of document, all versions. A new kind or version is one more entry here."""

from foundation.core.errors import InvalidInput
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate

from .draws import DRAW_RESULTS
from .files import ANNUAL_CHECK, EVIDENCE_FILE
from .interview import INTERVIEW
from .listing import LIST_NOTICE
from .listing_process import PRIOR_NOTICE, RESULT_NOTICE
from .orders import ON_SPOT, RECTIFICATION, STOP_TRAINING
from .supervisor import CARD, LETTER

TEMPLATES = (
    *(RECTIFICATION, STOP_TRAINING, ON_SPOT, INTERVIEW),
    *(LIST_NOTICE, PRIOR_NOTICE, RESULT_NOTICE, EVIDENCE_FILE, ANNUAL_CHECK),
    *(DRAW_RESULTS, LETTER, CARD),
)


def in_use(kind: str) -> DocumentTemplate:
    """The newest version of a kind. Raises InvalidInput for a kind without a template."""
    versions = [template for template in TEMPLATES if template.kind == kind]
    if not versions:
        raise InvalidInput(f"没有“{kind}”的文书模板。", code="document_kind")
    return max(versions, key=lambda template: template.version)


def all_in_use() -> list[DocumentTemplate]:
    """The newest version of every kind."""
    return [in_use(kind) for kind in DocumentKind.values]
