"""What is frozen of a document: its number, its exact words, and how the paper closes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date

from foundation.accounts.models import Organ

from .local_words import blocks
from .models import LocalWording
from .templates import DocumentTemplate


def frozen(
    template: DocumentTemplate,
    values: Mapping[str, object],
    *,
    organ: Organ,
    number: str,
    on: date,
    local: LocalWording | None = None,
) -> dict[str, object]:
    """The document as data, in the organ's own words where it has some."""
    own = local if local is not None and local.text else None
    return {
        "kind": template.kind.value,
        "version": template.version,
        "local": own.pk if own else 0,
        "title": own.title if own and own.title else template.title(values),
        "number": number,
        "organ": organ.name,
        "issued_on": on.isoformat(),
        "fields": values,
        "blocks": blocks(template, own.text, values) if own else template.body(values),
        "stub": [list(pair) for pair in template.stub(values)],
        "served": template.served,
        "by_hand": list(template.stub_blanks),
        "sealed": template.sealed,
        "signers": list(template.signers),
        "verifies": template.verifies,
        "layout": template.layout,
        "page": values.get(template.page_field, ""),
        "picture": values.get(template.picture_field, ""),
        "salt": secrets.token_hex(16),  # the digest is public: without it the sealed words could be guessed and tried
    }
