"""Whatever goes wrong is said in Chinese, and never in Django's or an exception's English."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client
from django.urls import path

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.core.test_error_pages")]
ENGLISH = re.compile(r"[A-Za-z]{3,}")


def _raise(error: Exception):
    def view(request):
        raise error

    return view


def _form(request):
    raise AssertionError("the CSRF check comes first")


ERRORS = {
    "gone": Http404("No Institution matches the given query."),
    "kept": Http404("没有找到这条机构，或它不在您的管辖范围内。"),
    "denied": PermissionDenied("User lacks permission"),
    "reason": PermissionDenied("只有本辖区的经办人可以登记机构。"),
    "odd": SuspiciousOperation("Invalid lookup"),
    "crash": RuntimeError("secret detail"),
}
PREFIXES = ("", "admin/", "m/")
urlpatterns = [
    *(path(f"{prefix}{name}/", _raise(error)) for prefix in PREFIXES for name, error in ERRORS.items()),
    *(path(f"{prefix}form/", _form) for prefix in PREFIXES),
]


def words(response) -> str:
    body = response.content.decode().partition("<body")[2].partition(">")[2]
    return re.sub(r"<[^>]+>", " ", body)


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("gone", 404, "地址可能有误，或内容已经移走。"),
        ("kept", 404, "没有找到这条机构，或它不在您的管辖范围内。"),
        ("nowhere", 404, "没有找到这个页面"),
        ("denied", 403, "您当前的岗位没有这项权限。"),
        ("reason", 403, "只有本辖区的经办人可以登记机构。"),
        ("odd", 400, "请求无法识别"),
        ("crash", 500, "系统出错了，刚才的操作没有完成"),
        ("form", 403, "页面已失效，刚才的提交没有保存"),
    ],
)
def test_each_error_has_its_chinese_page(prefix, name, status, sentence):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    response = client.post(f"/{prefix}form/") if name == "form" else client.get(f"/{prefix}{name}/")
    assert response.status_code == status
    assert sentence in words(response)
    assert ENGLISH.findall(words(response)) == []


@pytest.mark.parametrize(("prefix", "home"), [("", "/"), ("admin/", "/admin/"), ("m/", "/m/")])
def test_the_way_back_leads_into_the_same_face(prefix, home, client):
    assert f'class="button button-main" href="{home}"' in client.get(f"/{prefix}gone/").content.decode()
