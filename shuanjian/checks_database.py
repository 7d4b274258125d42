"""Checks that ask the database server, as the site's login."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Warning
from django.db import Error as DatabaseTrouble
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

OLDEST = 150000
#: Connections that are neither web nor worker: beat, health checks, a person with psql, migrate.
SPARE_CONNECTIONS = 10
ROLE = """
SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls
FROM pg_roles WHERE rolname = current_user
"""
OWNED = """
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
AND pg_has_role(current_user, c.relowner, 'MEMBER') ORDER BY 1 LIMIT 3
"""
UNGUARDED = """
SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgfoid = to_regproc('refuse_change') AND NOT t.tgisinternal AND (
    t.tgenabled NOT IN ('O', 'A') OR has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE')
    OR has_table_privilege(c.oid, 'TRUNCATE'))
GROUP BY 1 ORDER BY 1
"""
ENCODING = "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"


def reachable() -> Iterator[CheckMessage]:
    """All others need an answer first; without one they say nothing and this one says why."""
    try:
        connection.ensure_connection()
    except DatabaseTrouble as error:
        yield Error(
            f"数据库连接不上：{str(error).strip()}", hint="检查 DATABASE_URL 和数据库服务。", id="shuanjian.E040"
        )


def _rows(sql: str) -> list[tuple]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    except DatabaseTrouble:
        return []


def _setting(name: str) -> str:
    rows = _rows(f"SELECT current_setting('{name}', true)")
    return rows[0][0] if rows else ""


def server_version() -> Iterator[CheckMessage]:
    version = _setting("server_version_num")
    if version and int(version) < OLDEST:
        yield Error("PostgreSQL 版本太旧。", hint="使用 PostgreSQL 15 至 18。", id="shuanjian.E041")


def site_login() -> Iterator[CheckMessage]:
    for name, *powers in _rows(ROLE):
        if any(powers):
            yield Error(
                f"网站的数据库登录 {name} 权力过大（超级用户、建库、建角色、复制或绕过行级安全）。",
                hint=f"ALTER ROLE {name} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS。",
                id="shuanjian.E042",
            )
    if owned := [table for (table,) in _rows(OWNED)]:
        yield Error(
            f"网站的数据库登录拥有数据表（{'、'.join(owned)} 等），可以改动只增不改的记录。",
            hint="数据表由 DATABASE_OWNER_URL 的登录建立；DATABASE_URL 换用另一个普通登录，再执行 manage.py migrate。",
            id="shuanjian.E043",
        )


def guards() -> Iterator[CheckMessage]:
    if tables := [table for (table,) in _rows(UNGUARDED)]:
        yield Error(
            f"只增不改的数据表失去保护：{'、'.join(tables)}。",
            hint="查明谁关闭了触发器或放宽了权限；执行 manage.py verify_audit，再以所有者登录执行 manage.py migrate。",
            id="shuanjian.E044",
        )


def durability() -> Iterator[CheckMessage]:
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if _setting(name) == "off"]
    if off:
        yield Error(
            f"数据库的 {'、'.join(off)} 关着，断电会丢失已经办结的事项。",
            hint="在 postgresql.conf 中改为 on 并重新加载。",
            id="shuanjian.E045",
        )
    if _setting("session_replication_role") not in {"", "origin"}:
        yield Error(
            "session_replication_role 不是 origin，触发器不起作用。", hint="去掉这项设置。", id="shuanjian.E046"
        )
    if _setting("data_checksums") == "off":
        yield Warning("数据库没有开启数据校验和。", hint="停机后执行 pg_checksums --enable。", id="shuanjian.W047")


def encoding() -> Iterator[CheckMessage]:
    for charset, ctype in _rows(ENCODING):
        if charset != "UTF8":
            yield Error(f"数据库的编码是 {charset}。", hint="用 ENCODING 'UTF8' 重建数据库。", id="shuanjian.E048")
        if ctype in {"C", "POSIX"}:
            yield Warning(
                "数据库的字符分类（LC_CTYPE）是 C，非英文字母不分大小写的比较不起作用。",
                hint="重建数据库时使用 LC_CTYPE 'C.UTF-8' 或 zh_CN.UTF-8。",
                id="shuanjian.W049",
            )


def encryption() -> Iterator[CheckMessage]:
    if _is_elsewhere(settings.DATABASES["default"]["HOST"]) and not any(
        ssl for (ssl,) in _rows("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    ):
        yield Error(
            "到数据库的连接没有加密。",
            hint="数据库在另一台机器上时须启用 TLS（设置 PGSSLMODE=verify-full）。",
            id="shuanjian.E050",
        )


def _is_elsewhere(host: str) -> bool:
    if not host or host.startswith("/") or host == "localhost":
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True


def connections_suffice() -> Iterator[CheckMessage]:
    given = _setting("max_connections")
    needed = settings.WEB_WORKERS * (settings.WEB_THREADS + 1) + settings.CELERY_WORKER_CONCURRENCY + SPARE_CONNECTIONS
    if given and needed > int(given) - int(_setting("superuser_reserved_connections") or 0):
        yield Error(
            f"数据库最多允许 {given} 个连接，本站需要 {needed} 个。",
            hint="调低 GRANIAN_WORKERS、GRANIAN_BLOCKING_THREADS、CELERY_WORKER_CONCURRENCY，或调高 max_connections。",
            id="shuanjian.E051",
        )


def migrations() -> Iterator[CheckMessage]:
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseTrouble:
        return
    if missing:
        yield Error(
            f"有 {missing} 项数据库升级尚未执行。", hint="以所有者登录执行 manage.py migrate。", id="shuanjian.E052"
        )


def demo_accounts() -> Iterator[CheckMessage]:
    user = get_user_model()
    if settings.DEMO_MODE or _rows(f"SELECT to_regclass('{user._meta.db_table}') IS NOT NULL") != [(True,)]:
        return
    if count := user.objects.filter(is_demo=True, is_active=True).count():
        yield Error(
            f"数据库里有 {count} 个启用的演示账号。",
            hint="换用没有演示数据的数据库；演示数据不能改作正式使用。",
            id="shuanjian.E053",
        )


DATABASE = (
    *(reachable, server_version, site_login, guards, durability, encoding, encryption, connections_suffice),
    *(migrations, demo_accounts),
)
