"""django-import-export as a Django developer sets it up from its documentation, for the same file.

It does less than the product: institutions only (no permit, site, status event, history, verdict, search row), no
check of codes, places or names. ``Stock`` has the library's defaults; ``Bulk`` and ``Skipping`` are its fastest
settings, with foreign keys remembered, which the library leaves to its user.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone
from import_export import fields, resources, widgets
from import_export.instance_loaders import CachedInstanceLoader
from tablib import Dataset

from foundation.regions.enums import DivisionLevel
from foundation.regions.models import Division, Jurisdiction
from institutions.enums import Category, LegalType, LicenceStatus, Subcategory
from institutions.models import Institution


class LabelWidget(widgets.CharWidget):
    """A choice by its label, as it is written in the file."""

    def __init__(self, choices: Any) -> None:
        super().__init__()
        self.values = {label: value for value, label in choices.choices}
        self.labels = dict(choices.choices)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return self.values[super().clean(value, row, **kwargs)]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.labels.get(value, "")


class TownWidget(widgets.ForeignKeyWidget):
    """A town by its name and the county in the same row."""

    def get_queryset(self, value: Any, row: Any, *args: Any, **kwargs: Any) -> QuerySet[Division]:
        return Division.objects.filter(parent__name=row["区县"], level=DivisionLevel.TOWN, valid_to__isnull=True)


class RememberedTown(TownWidget):
    """The same, each asked for once."""

    def get_instance_by_lookup_fields(self, value: Any, row: Any, **kwargs: Any) -> Division:
        known = self.__dict__.setdefault("known", {})
        if (key := (row["区县"], value)) not in known:
            known[key] = super().get_instance_by_lookup_fields(value, row, **kwargs)
        return known[key]


class RememberedJurisdiction(widgets.ForeignKeyWidget):
    """A jurisdiction by its name, each asked for once."""

    def get_instance_by_lookup_fields(self, value: Any, row: Any, **kwargs: Any) -> Jurisdiction:
        known = self.__dict__.setdefault("known", {})
        if value not in known:
            known[value] = super().get_instance_by_lookup_fields(value, row, **kwargs)
        return known[value]


class _Institutions(resources.ModelResource):
    name = fields.Field("name", "机构名称")
    credit_code = fields.Field("credit_code", "统一社会信用代码")
    category = fields.Field("category", "类别", widget=LabelWidget(Category))
    subcategory = fields.Field("subcategory", "子类", widget=LabelWidget(Subcategory))
    legal_person = fields.Field("legal_person", "法定代表人")
    phone = fields.Field("phone", "联系电话")
    address = fields.Field("address", "办学地址")
    bank = fields.Field("bank", "监管银行")
    account_tail = fields.Field("account_tail", "专户账号尾号")

    class Meta:
        model = Institution
        import_id_fields = ("credit_code",)
        fields = (
            "name", "credit_code", "category", "subcategory", "legal_person", "phone", "address", "jurisdiction",
            "division", "bank", "account_tail",
        )  # fmt: skip

    def get_queryset(self) -> QuerySet[Institution]:
        """The index of credit codes covers these only; asked for all, the database would read the whole table a row."""
        return Institution.objects.filter(merged_into__isnull=True)

    def before_save_instance(self, instance: Institution, row: Any, **kwargs: Any) -> None:
        """What the table requires and the file does not say."""
        instance.changed_at = timezone.now()
        instance.registered_at = instance.registered_at or instance.changed_at
        instance.legal_type = instance.legal_type or LegalType.COMPANY
        instance.licence_status = LicenceStatus.COMPLETE


class Stock(_Institutions):
    """All defaults; the permit's three columns are read, and have no place in the model."""

    jurisdiction = fields.Field("jurisdiction", "区县", widget=widgets.ForeignKeyWidget(Jurisdiction, "name"))
    division = fields.Field("division", "镇街", widget=TownWidget(Division, "name"))
    license_no = fields.Field("license_no", "办学许可证号")
    issue_date = fields.Field("issue_date", "发证日期", widget=widgets.DateWidget("%Y-%m-%d"))
    valid_until = fields.Field("valid_until", "有效期至", widget=widgets.DateWidget("%Y-%m-%d"))

    class Meta(_Institutions.Meta):
        fields = (*_Institutions.Meta.fields, "license_no", "issue_date", "valid_until")


class Bulk(_Institutions):
    """Everything that makes the first import fast. (Bulk update takes no column that the model has not.)"""

    jurisdiction = fields.Field("jurisdiction", "区县", widget=RememberedJurisdiction(Jurisdiction, "name"))
    division = fields.Field("division", "镇街", widget=RememberedTown(Division, "name"))

    class Meta(_Institutions.Meta):
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        instance_loader_class = CachedInstanceLoader


class Skipping(Bulk):
    """Everything that makes a repeated import fast: unchanged rows are compared and left alone."""

    class Meta(Bulk.Meta):
        skip_diff = False
        skip_html_diff = True
        skip_unchanged = True
        report_skipped = False


def let_sequence_be_set() -> None:
    """The library sets the key's sequence after each import, which the portal's site login may not."""
    with connections["owner"].cursor() as cursor:
        site = connections["default"].settings_dict["USER"]
        cursor.execute(f"GRANT UPDATE ON SEQUENCE institutions_institution_id_seq TO {site}")


def load(resource: type[_Institutions], path: Path) -> None:
    """One pass of ``import_data`` over the file, as the documentation has it. (The admin's preview makes two.)"""
    dataset = Dataset().load(path.read_text(encoding="utf-8"), format="csv")
    result = resource().import_data(dataset)
    if result.has_errors() or result.has_validation_errors():
        raise RuntimeError(f"the library refused rows: {result.row_errors()[:1]} {result.base_errors[:1]}")
