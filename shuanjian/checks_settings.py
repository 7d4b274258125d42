"""Checks of the settings alone."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.checks import CheckMessage, Error

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}
YEAR = 31_536_000
#: Keys that are published with the source protect nothing.
KNOWN_KEYS = {hashlib.sha256(b"shuanjian test key").hexdigest()}


def debug() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("调试模式 DEBUG 开着，出错页面会泄露内部信息。", hint="关闭 DEBUG。", id="shuanjian.E001")


def secret_keys() -> Iterator[CheckMessage]:
    make = 'python3 -c "import secrets; print(secrets.token_urlsafe(60))"'
    hint = f"用 {make} 生成，放入只有服务用户可读的文件，由 {{0}}_FILE 指明。"
    for name, key in [
        ("SECRET_KEY", settings.SECRET_KEY),
        *(("SECRET_KEY_FALLBACKS", k) for k in settings.SECRET_KEY_FALLBACKS),
    ]:
        if len(key) < 50 or len(set(key)) < 12:
            yield Error(f"{name} 太短或过于简单（至少50个随机字符）。", hint=hint.format(name), id="shuanjian.E002")
        elif key in _local_values() or key.startswith(("django-insecure", "dev-", "only-for-tests")):
            yield Error(f"{name} 是本机开发或测试用的密钥。", hint=hint.format(name), id="shuanjian.E003")


def field_key() -> Iterator[CheckMessage]:
    make = 'python3 -c "import secrets; print(secrets.token_hex(32))"'
    hint = f"用 {make} 另行生成，由 FIELD_KEY_FILE 指明，并与数据库备份分开保管。"
    key = settings.FIELD_KEY
    if not re.fullmatch(r"[0-9a-f]{64}", key) or len({key[i : i + 2] for i in range(0, 64, 2)}) < 12:
        yield Error("FIELD_KEY 不是32字节的随机密钥（64位十六进制）。", hint=hint, id="shuanjian.E004")
    elif key in KNOWN_KEYS or key in _local_values():
        yield Error("FIELD_KEY 是本机开发或测试用的密钥。", hint=hint, id="shuanjian.E005")
    if key in {settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS}:
        yield Error("FIELD_KEY 与 SECRET_KEY 相同。", hint=hint, id="shuanjian.E006")


def _local_values() -> set[str]:
    """The values that script/server wrote for this checkout."""
    file = Path(settings.BASE_DIR) / ".state" / "local.env"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return {value.strip() for line in lines if (value := line.partition("=")[2])}


def hosts() -> Iterator[CheckMessage]:
    given = settings.ALLOWED_HOSTS
    if not given or any(host == "*" or host.startswith(".") for host in given):
        yield Error(
            "ALLOWED_HOSTS 没有逐个列出本站域名。",
            hint="例如 ALLOWED_HOSTS=jg.example.gov.cn，不用 * 和前导点。",
            id="shuanjian.E010",
        )
    origins = settings.CSRF_TRUSTED_ORIGINS
    if not origins or any(not origin.startswith("https://") or "*" in origin for origin in origins):
        yield Error(
            "CSRF_TRUSTED_ORIGINS 没有逐个列出本站的 https 网址。",
            hint="例如 CSRF_TRUSTED_ORIGINS=https://jg.example.gov.cn。",
            id="shuanjian.E011",
        )


def proxy() -> Iterator[CheckMessage]:
    proxies = settings.REST_FRAMEWORK.get("NUM_PROXIES")
    if settings.USE_X_FORWARDED_HOST:
        yield Error(
            "USE_X_FORWARDED_HOST 开着，来访者可以伪造网址。", hint="关闭它，由反向代理传递 Host。", id="shuanjian.E012"
        )
    if proxies is None or (settings.SECURE_PROXY_SSL_HEADER and proxies < 1):
        yield Error(
            "反向代理的层数不明，限流和登录锁定会认错来访地址。",
            hint="按实际设置 NUM_PROXIES（一层代理为1）；没有代理时设置 BEHIND_PROXY=0。",
            id="shuanjian.E013",
        )


def transport() -> Iterator[CheckMessage]:
    wanted = {
        "SECURE_SSL_REDIRECT": settings.SECURE_SSL_REDIRECT,
        "SECURE_HSTS_SECONDS": settings.SECURE_HSTS_SECONDS >= YEAR,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": settings.SECURE_HSTS_INCLUDE_SUBDOMAINS,
        "SESSION_COOKIE_SECURE": settings.SESSION_COOKIE_SECURE,
        "CSRF_COOKIE_SECURE": settings.CSRF_COOKIE_SECURE,
        "SESSION_COOKIE_NAME": settings.SESSION_COOKIE_NAME.startswith("__Host-"),
        "CSRF_COOKIE_NAME": settings.CSRF_COOKIE_NAME.startswith("__Host-"),
        "SESSION_COOKIE_HTTPONLY": settings.SESSION_COOKIE_HTTPONLY,
        "SESSION_COOKIE_SAMESITE": settings.SESSION_COOKIE_SAMESITE in {"Lax", "Strict"},
        "CSRF_COOKIE_SAMESITE": settings.CSRF_COOKIE_SAMESITE in {"Lax", "Strict"},
    }
    yield from _named(
        wanted,
        "加密传输和登录标记的设置不安全：{0}。",
        "恢复 shuanjian/settings/production.py 中的值。",
        "shuanjian.E014",
    )


def browser_headers() -> Iterator[CheckMessage]:
    wanted = {
        "SECURE_CONTENT_TYPE_NOSNIFF": settings.SECURE_CONTENT_TYPE_NOSNIFF,
        "SECURE_REFERRER_POLICY": settings.SECURE_REFERRER_POLICY in {"same-origin", "no-referrer"},
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY == "same-origin",
        "X_FRAME_OPTIONS": settings.X_FRAME_OPTIONS == "DENY",
        "MIDDLEWARE": "foundation.core.headers.SecurityHeaders" in settings.MIDDLEWARE,
    }
    yield from _named(
        wanted, "浏览器防护的设置不安全：{0}。", "恢复 shuanjian/settings/base.py 中的值。", "shuanjian.E015"
    )


def logins() -> Iterator[CheckMessage]:
    minimum = [v.get("OPTIONS", {}).get("min_length", 0) for v in settings.AUTH_PASSWORD_VALIDATORS]
    names = " ".join(validator["NAME"] for validator in settings.AUTH_PASSWORD_VALIDATORS)
    wanted = {
        "PASSWORD_HASHERS": "Argon2" in settings.PASSWORD_HASHERS[0],
        "AUTH_PASSWORD_VALIDATORS": max(minimum, default=0) >= 12
        and "CommonPassword" in names
        and "Similarity" in names,
        "MFA_REQUIRED": settings.MFA_REQUIRED,
        "SESSION_COOKIE_AGE": settings.SESSION_COOKIE_AGE <= 12 * 3600,
        "SESSION_IDLE_SECONDS": settings.SESSION_IDLE_SECONDS <= 30 * 60,
        "SESSION_ENGINE": settings.SESSION_ENGINE.endswith((".db", ".cached_db")),
    }
    yield from _named(wanted, "登录的设置不安全：{0}。", "恢复 shuanjian/settings 中的值。", "shuanjian.E016")


def api() -> Iterator[CheckMessage]:
    framework = settings.REST_FRAMEWORK
    wanted = {
        "DEFAULT_PERMISSION_CLASSES": framework["DEFAULT_PERMISSION_CLASSES"]
        == ["foundation.core.permissions.DenyUnlessDeclared"],
        "DEFAULT_THROTTLE_CLASSES": bool(framework.get("DEFAULT_THROTTLE_CLASSES")),
        "DEFAULT_RENDERER_CLASSES": not any("Browsable" in name for name in framework["DEFAULT_RENDERER_CLASSES"]),
    }
    yield from _named(
        wanted, "数据接口的设置不安全：{0}。", "恢复 shuanjian/settings/base.py 中的值。", "shuanjian.E017"
    )


def demo_mode() -> Iterator[CheckMessage]:
    if settings.DEMO_MODE and not (settings.ALLOWED_HOSTS and set(settings.ALLOWED_HOSTS) <= LOOPBACK):
        yield Error(
            "演示模式 DEMO_MODE 只能在本机使用。",
            hint="设置 DEMO_MODE=0，并换用没有演示数据的数据库。",
            id="shuanjian.E020",
        )


def files() -> Iterator[CheckMessage]:
    media = Path(settings.MEDIA_ROOT).resolve()
    public = [Path(settings.STATIC_ROOT), *map(Path, settings.STATICFILES_DIRS)]
    if any(media.is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(media) for folder in public):
        yield Error(
            "上传文件的目录 MEDIA_ROOT 与公开的静态文件目录重叠，任何人都能下载。",
            hint="把 MEDIA_ROOT 设在网站目录之外，例如 /var/lib/shuanjian/media。",
            id="shuanjian.E021",
        )
    wanted = {
        "FILE_UPLOAD_PERMISSIONS": settings.FILE_UPLOAD_PERMISSIONS == 0o640,
        "DATA_UPLOAD_MAX_NUMBER_FILES": (settings.DATA_UPLOAD_MAX_NUMBER_FILES or 1 << 60) <= 20,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": settings.FILE_UPLOAD_MAX_MEMORY_SIZE <= 2_621_440,
        "MEDIA_MIN_FREE_PERCENT": 5 <= settings.MEDIA_MIN_FREE_PERCENT < 100,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 1 << 60) <= 2_621_440,
    }
    yield from _named(wanted, "上传的设置不安全：{0}。", "恢复 shuanjian/settings/base.py 中的值。", "shuanjian.E022")


def two_logins() -> Iterator[CheckMessage]:
    site, owner = settings.DATABASES["default"], settings.DATABASES["owner"]
    if settings.DATABASE_OWNER_GIVEN and (site["USER"] == owner["USER"] or site["PASSWORD"] == owner["PASSWORD"] != ""):
        yield Error(
            "DATABASE_URL 与 DATABASE_OWNER_URL 用了同一个登录或同一个口令。",
            hint="建两个数据库登录：所有者只用于 migrate 和 doctor，网站用没有建表权的登录。",
            id="shuanjian.E030",
        )


def _named(wanted: dict[str, object], message: str, hint: str, code: str) -> Iterator[CheckMessage]:
    if bad := [name for name, holds in wanted.items() if not holds]:
        yield Error(message.format("、".join(bad)), hint=hint, id=code)


SETTINGS = (
    *(debug, secret_keys, field_key, hosts, proxy, transport, browser_headers, logins, api),
    *(demo_mode, files, two_logins),
)
