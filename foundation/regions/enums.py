"""Levels of places and of bureaus, stages of schools."""

from django.db.models import TextChoices


class DivisionLevel(TextChoices):
    PROVINCE = "province", "省"
    CITY = "city", "设区市"
    COUNTY = "county", "县(市、区)"
    TOWN = "town", "乡镇(街道)"
    VILLAGE = "village", "社区(村)"


class JurisdictionLevel(TextChoices):
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"


class SchoolStage(TextChoices):
    KINDERGARTEN = "kindergarten", "幼儿园"
    PRIMARY = "primary", "小学"
    JUNIOR = "junior", "初中"
    SENIOR = "senior", "高中"
    NINE_YEAR = "nine_year", "九年一贯制"
    COMPLETE = "complete", "完全中学"
