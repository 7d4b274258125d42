"""Through the pages of the import with the web client."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.imports.models import Batch

UPLOAD = "admin:imports_batch_upload"


def url(name: str, batch: Batch) -> str:
    return reverse(f"admin:imports_batch_{name}", args=[batch.pk])


def send(client, content: bytes, *, name: str = "名录.csv", target: str = "institutions", mode: str = "good-rows"):
    bureau = client.get(reverse(UPLOAD)).context["form"].fields["bureau"].queryset.get()
    data = {"target": target, "bureau": bureau.pk, "mode": mode, "file": SimpleUploadedFile(name, content)}
    return client.post(reverse(UPLOAD), data)
