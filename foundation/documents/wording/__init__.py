"""The wording of each kind of document, all versions. A new kind or version is one more entry here."""

from foundation.core.errors import InvalidInput
from foundation.documents.enums import DocumentKind
from foundation.documents.templates import DocumentTemplate

from .cases import CASE_CLOSING, FILING, NO_FILING, PRESERVATION, QUESTIONING, SERVICE_RECEIPT
from .decisions import HEARING_NOTICE, NO_PENALTY, PENALTY, PRIOR_NOTICE
from .draws import DRAW_RESULTS
from .files import ANNUAL_CHECK, EVIDENCE_FILE
from .institutions import COMMITMENT, REFUND, TRIPARTITE
from .interview import INTERVIEW
from .listing import LIST_NOTICE
from .listing_process import LISTING_PRIOR, LISTING_RESULT
from .orders import ON_SPOT, RECTIFICATION, STOP_TRAINING
from .parents import PARENT_LETTER
from .reports import BULLETIN, GRID_RECORD, STATISTICS, SUPERVISOR_REPORT
from .supervisor import CARD, LETTER
from .visits import RECHECK_RECORD, SITE_RECORD

OF_CASES = (
    *(FILING, NO_FILING, QUESTIONING, PRESERVATION, PRIOR_NOTICE, HEARING_NOTICE),
    *(PENALTY, NO_PENALTY, SERVICE_RECEIPT, CASE_CLOSING),
)
TEMPLATES = (
    *(RECTIFICATION, STOP_TRAINING, ON_SPOT, INTERVIEW, *OF_CASES),
    *(LIST_NOTICE, LISTING_PRIOR, LISTING_RESULT, EVIDENCE_FILE, ANNUAL_CHECK),
    *(DRAW_RESULTS, LETTER, CARD),
    *(SITE_RECORD, RECHECK_RECORD, SUPERVISOR_REPORT, GRID_RECORD, PARENT_LETTER, STATISTICS, BULLETIN),
    *(COMMITMENT, TRIPARTITE, REFUND),
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
