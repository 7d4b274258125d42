"""Security headers are on every answer, whoever gives it: a page, a refusal, an error, a file."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from foundation.core.headers import PHONE, STAFF, STRICT, SecurityHeaders

pytestmark = pytest.mark.django_db
ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("path", ["/healthz", "/admin/", "/accounts/login/", "/no/such/page/", "/static/staff.css"])
def test_every_answer_has_them(path):
    response = Client().get(path)
    response.close()
    assert {name: response.headers.get(name) for name in ALWAYS} == ALWAYS
    policy = response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "camera=()" in response.headers["Permissions-Policy"]


def test_pages_are_not_stored_unless_they_say_so():
    assert Client().get("/healthz").headers["Cache-Control"] == "no-store"
    public = SecurityHeaders(lambda request: HttpResponse(headers={"Cache-Control": "public, max-age=60"}))
    assert public(RequestFactory().get("/")).headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize(
    ("path", "policy", "camera"),
    [("/", STRICT, "()"), ("/admin/", STAFF, "()"), ("/m/visits/", PHONE, "(self)"), ("/administrator/", STRICT, "()")],
)
def test_each_face_has_its_policy(path, policy, camera):
    response = SecurityHeaders(lambda request: HttpResponse())(RequestFactory().get(path))
    assert response.headers["Content-Security-Policy"] == policy
    assert f"camera={camera}, geolocation={camera}" in response.headers["Permissions-Policy"]


def test_no_policy_lets_inline_or_foreign_scripts_run():
    for policy in (STRICT, PHONE, STAFF):
        parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        scripts = parts.get("script-src", parts["default-src"]).split()
        assert set(scripts) <= {"'self'", "'unsafe-eval'"}
        assert (parts["object-src"], parts["base-uri"], parts["form-action"]) == ("'none'", "'none'", "'self'")
    assert "unsafe" not in STRICT + PHONE
