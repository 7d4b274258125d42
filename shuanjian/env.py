"""Strict readers for environment variables: an odd value stops the process with a sentence that names it.

A secret may come from a file: ``SECRET_KEY_FILE=/run/secrets/key`` stands for ``SECRET_KEY``.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


class BadSetting(Exception):
    """A variable is missing or has a value that the portal does not understand."""


def text(name: str, default: str | None = None) -> str:
    """The variable, or the file that ``NAME_FILE`` points to, or the default; raises BadSetting when there is none."""
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE={file}: {error.strerror}") from error
    value = os.environ.get(name, default)
    if value is None or (value == "" and default is None):
        raise BadSetting(f"{name} is not set")
    return value


def boolean(name: str, *, default: bool) -> bool:
    """``1``/``true`` or ``0``/``false``, nothing else."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true"}:
        return True
    if value in {"0", "false"}:
        return False
    raise BadSetting(f"{name}={value}: expected 1 or 0")


def integer(name: str, *, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError as error:
        raise BadSetting(f"{name}={value}: expected a whole number") from error


def words(name: str, default: str | None = None) -> list[str]:
    """A comma-separated list; blanks are dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(name: str) -> dict:
    """A ``postgresql://user:password@host:port/name`` address as a Django DATABASES entry."""
    url = urlsplit(text(name))
    if url.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(f"{name}: only postgresql:// addresses are supported")
    if not url.username or not url.path.strip("/"):
        raise BadSetting(f"{name}: the address needs a user and a database name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
    }


def present(name: str) -> bool:
    """Whether the variable, or its file, is given at all."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def load_file(path: Path) -> None:
    """Take ``KEY=VALUE`` lines of a file for variables that are not set; a missing file is fine."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.partition("=")
        if separator and not line.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


def load_local() -> None:
    """Take what script/server wrote for a second shell; SHUANJIAN_STATE_DIR says where, if not in the checkout."""
    checkout = Path(__file__).resolve().parent.parent
    load_file(Path(os.environ.get("SHUANJIAN_STATE_DIR") or checkout / ".state") / "local.env")
