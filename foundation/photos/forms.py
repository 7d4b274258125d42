"""A form field for several photos at once; what it gives goes through ``intake.taking``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class PhotosInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of photos, in the order in which they were chosen; what is no photo is refused by the intake."""

    widget = PhotosInput(attrs={"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """The files; an empty list when none was chosen and none is needed."""
        files = [super(PhotosField, self).clean(file, initial) for file in data or [None]]
        return [file for file in files if file]
