"""Each start check has been seen to pass and to refuse, on the real server where one can make it refuse."""

from __future__ import annotations

import os
import re
import secrets
import string
import subprocess
import sys
from contextlib import suppress
from io import StringIO

import pytest
from django.conf import settings as installed
from django.core.management import CommandError, call_command
from django.db import connection, connections

from foundation.accounts.models import User
from shuanjian import checks, checks_database, checks_settings
from tests import databases
from tests.cast import OWN, organ


def ids(found) -> list[str]:
    return [message.id for message in found]


@pytest.fixture
def good(settings, tmp_path):
    """Settings as production has them, with fresh keys."""
    wanted = {
        "BASE_DIR": tmp_path,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "FIELD_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": ["jg.example.gov.cn"],
        "CSRF_TRUSTED_ORIGINS": ["https://jg.example.gov.cn"],
        "REST_FRAMEWORK": {**installed.REST_FRAMEWORK, "NUM_PROXIES": 1},
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "MFA_REQUIRED": True,
        "DEMO_MODE": False,
        "MEDIA_ROOT": tmp_path / "media",
        "STATIC_ROOT": tmp_path / "staticfiles",
        "STATICFILES_DIRS": [tmp_path / "static"],
        "DATABASE_OWNER_GIVEN": False,
    }
    (tmp_path / "static").mkdir()
    for name, value in wanted.items():
        setattr(settings, name, value)
    return settings


def problems() -> list[str]:
    return [message.id for check in checks_settings.SETTINGS for message in check()]


def test_good_settings_pass(good):
    assert problems() == []


UPLOADS = {"FILE_UPLOAD_PERMISSIONS": 0o644, "DATA_UPLOAD_MAX_NUMBER_FILES": None, "MEDIA_MIN_FREE_PERCENT": 0}
UPLOADS |= {"FILE_UPLOAD_MAX_MEMORY_SIZE": 1 << 30, "DATA_UPLOAD_MAX_MEMORY_SIZE": None}
BAD = [
    ("DEBUG", True, "E001"),
    ("SECRET_KEY", "short", "E002"),
    ("SECRET_KEY", "ab" * 30, "E002"),
    ("SECRET_KEY", "django-insecure-" + string.ascii_letters + string.digits, "E003"),
    ("SECRET_KEY_FALLBACKS", ["short"], "E002"),
    ("FIELD_KEY", "ab" * 32, "E004"),
    ("FIELD_KEY", "not hexadecimal", "E004"),
    ("FIELD_KEY", min(checks_settings.KNOWN_KEYS), "E005"),
    ("ALLOWED_HOSTS", ["*"], "E010"),
    ("ALLOWED_HOSTS", [".example.gov.cn"], "E010"),
    ("ALLOWED_HOSTS", [], "E010"),
    ("CSRF_TRUSTED_ORIGINS", [], "E011"),
    ("CSRF_TRUSTED_ORIGINS", ["http://jg.example.gov.cn"], "E011"),
    ("CSRF_TRUSTED_ORIGINS", ["https://*.example.gov.cn"], "E011"),
    ("USE_X_FORWARDED_HOST", True, "E012"),
    ("REST_FRAMEWORK", {**installed.REST_FRAMEWORK, "NUM_PROXIES": 0}, "E013"),
    ("REST_FRAMEWORK", {**installed.REST_FRAMEWORK, "NUM_PROXIES": None}, "E013"),
    ("SECURE_SSL_REDIRECT", False, "E014"),
    ("SECURE_HSTS_SECONDS", 3600, "E014"),
    ("SECURE_HSTS_INCLUDE_SUBDOMAINS", False, "E014"),
    ("SESSION_COOKIE_SECURE", False, "E014"),
    ("CSRF_COOKIE_SECURE", False, "E014"),
    ("SESSION_COOKIE_NAME", "sessionid", "E014"),
    ("CSRF_COOKIE_NAME", "csrftoken", "E014"),
    ("SESSION_COOKIE_HTTPONLY", False, "E014"),
    ("SESSION_COOKIE_SAMESITE", "None", "E014"),
    ("SECURE_CONTENT_TYPE_NOSNIFF", False, "E015"),
    ("SECURE_REFERRER_POLICY", "unsafe-url", "E015"),
    ("SECURE_CROSS_ORIGIN_OPENER_POLICY", "unsafe-none", "E015"),
    ("X_FRAME_OPTIONS", "SAMEORIGIN", "E015"),
    ("MIDDLEWARE", [name for name in installed.MIDDLEWARE if "SecurityHeaders" not in name], "E015"),
    ("PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"], "E016"),
    ("AUTH_PASSWORD_VALIDATORS", installed.AUTH_PASSWORD_VALIDATORS[2:], "E016"),
    ("MFA_REQUIRED", False, "E016"),
    ("SESSION_COOKIE_AGE", 86_400, "E016"),
    ("SESSION_IDLE_SECONDS", 7200, "E016"),
    ("SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies", "E016"),
    ("REST_FRAMEWORK", {**installed.REST_FRAMEWORK, "NUM_PROXIES": 1, "DEFAULT_PERMISSION_CLASSES": []}, "E017"),
    ("REST_FRAMEWORK", {**installed.REST_FRAMEWORK, "NUM_PROXIES": 1, "DEFAULT_THROTTLE_CLASSES": []}, "E017"),
    ("DEMO_MODE", True, "E020"),
    *((name, value, "E022") for name, value in UPLOADS.items()),
]


@pytest.mark.parametrize(("name", "value", "code"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_a_bad_setting_is_refused(good, name, value, code):
    setattr(good, name, value)
    assert problems() == [f"shuanjian.{code}"]


def test_the_field_key_is_not_the_secret_key(good):
    good.FIELD_KEY = good.SECRET_KEY = secrets.token_hex(32)
    assert problems() == ["shuanjian.E006"]


def test_keys_of_the_local_stack_are_refused(good, tmp_path):
    (tmp_path / ".state").mkdir()
    (tmp_path / ".state/local.env").write_text(f"SECRET_KEY={good.SECRET_KEY}\nFIELD_KEY={good.FIELD_KEY}\n")
    assert problems() == ["shuanjian.E003", "shuanjian.E005"]


@pytest.mark.parametrize("media", ["static/media", "staticfiles", "."])
def test_uploads_never_lie_among_public_files(good, tmp_path, media):
    good.MEDIA_ROOT = tmp_path / media
    assert problems() == ["shuanjian.E021"]


def test_the_demo_is_fine_on_loopback(good):
    good.DEMO_MODE, good.ALLOWED_HOSTS = True, ["127.0.0.1", "localhost"]
    assert list(checks_settings.demo_mode()) == []


@pytest.mark.parametrize(
    ("user", "password", "found"),
    [("site", "two", ["shuanjian.E030"]), ("owner", "one", ["shuanjian.E030"]), ("owner", "two", [])],
)
def test_two_logins_are_really_two(good, monkeypatch, user, password, found):
    monkeypatch.setitem(good.DATABASES, "default", {"USER": "site", "PASSWORD": "one"})
    monkeypatch.setitem(good.DATABASES, "owner", {"USER": user, "PASSWORD": password})
    good.DATABASE_OWNER_GIVEN = True
    assert problems() == found
    good.DATABASE_OWNER_GIVEN = False
    assert problems() == []


@pytest.fixture
def as_login(committed_db):
    """Connect the site's alias as somebody else; put back afterwards."""
    kept = dict(connection.settings_dict)

    def change(**login: str) -> None:
        connection.close()
        connection.settings_dict.update(login)

    yield change
    change(**kept)


def owner_does(sql: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)


def test_a_migrated_database_passes(committed_db):
    tolerated = {"shuanjian.E045", "shuanjian.W047", "shuanjian.W049"}  # throwaway servers: quick, not durable
    assert {message.id for check in checks_database.DATABASE for message in check()} <= tolerated


def test_the_owners_login_is_refused_for_the_site(as_login):
    owner = connections["owner"].settings_dict
    assert ids(checks_database.site_login()) == ids(checks_database.guards()) == []
    as_login(USER=owner["USER"], PASSWORD=owner["PASSWORD"])
    assert ids(checks_database.site_login())[-1] == "shuanjian.E043"
    assert ids(checks_database.guards()) == ["shuanjian.E044"]


def test_a_mighty_login_is_refused(as_login):
    owner = connections["owner"].settings_dict
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (True,), "the suite clones databases with this login"
    as_login(USER=owner["USER"], PASSWORD=owner["PASSWORD"])
    assert "shuanjian.E042" in ids(checks_database.site_login())


@pytest.mark.parametrize(
    "sql", ["ALTER TABLE audit_event DISABLE TRIGGER append_only_row", "GRANT DELETE ON audit_event TO PUBLIC"]
)
def test_a_lost_guard_is_named(committed_db, sql):
    owner_does(sql)
    [message] = checks_database.guards()
    assert (message.id, "audit_event" in message.msg) == ("shuanjian.E044", True)


@pytest.mark.django_db
def test_durability():
    """Throwaway clusters run without fsync, so only the setting that a session may change is looked at."""
    named = {}
    for value in ("on", "off"):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL synchronous_commit = {value}")
        said = [message.msg for message in checks_database.durability() if message.id == "shuanjian.E045"]
        named[value] = any("synchronous_commit" in text for text in said)
    assert named == {"on": False, "off": True}


@pytest.mark.parametrize(
    ("name", "value", "check", "code"),
    [
        ("fsync", "off", checks_database.durability, "E045"),
        ("session_replication_role", "replica", checks_database.durability, "E046"),
        ("data_checksums", "off", checks_database.durability, "W047"),
        ("server_version_num", "140012", checks_database.server_version, "E041"),
    ],
)
def test_what_only_a_superuser_could_set(monkeypatch, name, value, check, code):
    """The server's answers stand in for a server that is really set like this."""
    answers = {
        "fsync": "on",
        "server_version_num": "150004",
        "data_checksums": "on",
        "session_replication_role": "origin",
    }
    monkeypatch.setattr(checks_database, "_setting", lambda asked: answers.get(asked, "on"))
    assert ids(check()) == []
    answers[name] = value
    assert ids(check()) == [f"shuanjian.{code}"]


def test_another_encoding_is_refused(as_login):
    assert "shuanjian.E048" not in ids(checks_database.encoding())
    name = "sj_commit_0_latin"
    with databases._owner() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    kept = connection.settings_dict["NAME"]
    as_login(NAME=name)
    assert ids(checks_database.encoding()) == ["shuanjian.E048", "shuanjian.W049"]
    as_login(NAME=kept)
    databases.drop(name)


@pytest.mark.django_db
def test_a_distant_server_needs_tls(monkeypatch):
    assert ids(checks_database.encryption()) == []
    monkeypatch.setitem(installed.DATABASES["default"], "HOST", "db.example.gov.cn")
    assert ids(checks_database.encryption()) == ["shuanjian.E050"]


@pytest.mark.parametrize(
    ("host", "elsewhere"),
    [("", False), ("/run/postgresql", False), ("127.0.0.1", False), ("::1", False), ("10.0.0.5", True), ("db", True)],
)
def test_where_the_server_is(host, elsewhere):
    assert checks_database._is_elsewhere(host) is elsewhere


@pytest.mark.django_db
def test_connections_must_suffice(settings):
    assert ids(checks_database.connections_suffice()) == []
    settings.WEB_WORKERS = 1000
    assert ids(checks_database.connections_suffice()) == ["shuanjian.E051"]


def test_unapplied_migrations_are_refused(committed_db):
    owner_does("DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_append_only'")
    [message] = checks_database.migrations()
    assert (message.id, message.msg) == ("shuanjian.E052", "有 1 项数据库升级尚未执行。")


@pytest.mark.django_db
def test_demo_accounts_only_in_the_demo(settings):
    settings.DEMO_MODE = False
    assert ids(checks_database.demo_accounts()) == []
    demo = User.objects.create(username="demo", name="演示", is_demo=True, organ=organ(OWN))
    assert ids(checks_database.demo_accounts()) == ["shuanjian.E053"]
    settings.DEMO_MODE = True
    assert ids(checks_database.demo_accounts()) == []
    settings.DEMO_MODE, demo.is_active = False, False
    demo.save()
    assert ids(checks_database.demo_accounts()) == []


def test_a_silent_server_is_one_error(as_login):
    kept = connection.settings_dict["PORT"]
    as_login(PORT="1")
    found = [message.id for check in checks_database.DATABASE for message in check()]
    as_login(PORT=kept)
    assert found == ["shuanjian.E040"]


def test_django_runs_them_for_deployments(good, committed_db):
    good.ALLOWED_HOSTS = ["*"]
    owner_does("DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_append_only'")
    found = ids(checks.blockers())
    assert {"shuanjian.E010", "shuanjian.E052"} <= set(found)
    with pytest.raises(Exception, match=r"shuanjian\.E010") as raised:
        call_command("check", deploy=True)
    assert "E052" not in str(raised.value), "check --deploy alone does not ask the database"


def test_only_production_is_refused(good, committed_db, monkeypatch):
    good.DEBUG = True
    good.PRODUCTION = False
    assert checks.refuse_to_start() is None
    good.PRODUCTION = True
    with pytest.raises(SystemExit, match=r"拒绝启动[\s\S]*E001"):
        checks.refuse_to_start()


def production(database: str, **changes: str) -> dict[str, str]:
    """An environment as the web process has it in production, on a test's database."""
    login = connection.settings_dict
    address = f"{login['HOST']}:{login['PORT']}/{database}"
    return {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_OWNER_URL"},
        "DJANGO_SETTINGS_MODULE": "shuanjian.settings.production",
        "DATABASE_URL": f"postgresql://{login['USER']}:{login['PASSWORD']}@{address}",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "FIELD_KEY": secrets.token_hex(32),
        "ALLOWED_HOSTS": "jg.example.gov.cn",
        "CSRF_TRUSTED_ORIGINS": "https://jg.example.gov.cn",
        "NUM_PROXIES": "1",
        "DEMO_MODE": "0",
        "MEDIA_ROOT": "/nonexistent/media",
        **changes,
    }


def started(environment: dict[str, str], *command: str) -> tuple[int, set[str]]:
    """(exit code, the problems that it named) of a process of the portal."""
    line = [sys.executable, "-W", "ignore", *command]
    done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, set(re.findall(r"shuanjian\.[EW]\d+", done.stdout + done.stderr))


@pytest.mark.slow
def test_the_web_process_starts_in_production_when_all_is_well(committed_db):
    durable = not [message for message in checks_database.durability() if message.id == "shuanjian.E045"]
    code, named = started(production(committed_db), "-c", "import shuanjian.wsgi")
    assert (code, named) == ((0, set()) if durable else (1, {"shuanjian.E045"}))


@pytest.mark.slow
def test_the_web_process_refuses(committed_db):
    owner = production(committed_db, DATABASE_OWNER_URL="postgresql://other:secret@127.0.0.1:1/x", ALLOWED_HOSTS="*")
    code, named = started(owner, "-c", "import shuanjian.wsgi")
    assert (code, named >= {"shuanjian.E010", "shuanjian.E099"}) == (1, True)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["worker", "beat"])
def test_worker_and_beat_refuse(committed_db, part, tmp_path):
    environment = production(committed_db, ALLOWED_HOSTS="*")
    extra = ["-s", str(tmp_path / "beat")] if part == "beat" else ["-c", "1"]
    code, named = started(environment, "-m", "celery", "-A", "shuanjian.celery", part, *extra)
    assert code != 0
    assert "shuanjian.E010" in named


def test_doctor_has_nothing_to_say_about_good_settings(good, portal_only):
    good.PRODUCTION = True
    out = StringIO()
    with suppress(CommandError):  # what it found is in its words
        call_command("doctor", "--no-database", stdout=out)
    assert out.getvalue() == "检查通过，可以正式对外服务。\n"


def test_doctor_names_each_blocker_and_the_way_out(good, portal_only):
    good.ALLOWED_HOSTS, good.DEBUG = ["*"], True
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("doctor", "--no-database", stdout=out)
    text = out.getvalue()
    assert str(refused.value) == "2 项未通过，不能正式对外服务。", text
    first = "  1. 调试模式 DEBUG 开着，出错页面会泄露内部信息。 [shuanjian.E001]\n     办法：关闭 DEBUG。\n"
    assert text.startswith(f"必须解决（2 项）\n{first}")
    assert "本机演示可以忽略" in text
    assert re.findall(r"security\.W\d+", text) == []


def test_doctor_asks_the_database(good, committed_db):
    owner_does("DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_append_only'")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=out)
    assert "有 1 项数据库升级尚未执行。" in out.getvalue()
