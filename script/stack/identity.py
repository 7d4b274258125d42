"""As whom PostgreSQL runs: it refuses root, so root steps down to the existing account `nobody`."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stack.console import Refusal

ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
NO_ACCOUNT = (
    "PostgreSQL needs an account other than root and this machine gives none (no setuid, no user namespaces). "
    "Set DATABASE_URL (and DATABASE_OWNER_URL) to a PostgreSQL 15-18 that runs elsewhere."
)


@dataclass(frozen=True)
class Identity:
    """`popen` goes to subprocess, `prefix` before the command; `owner` owns the data folder (None: we ourselves)."""

    popen: dict[str, Any] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()
    owner: tuple[int, int] | None = None

    def can_run(self, *command: str | Path) -> bool:
        """Whether this identity can start the command at all: probed, because parents' modes decide it."""
        try:
            done = subprocess.run(
                [*self.prefix, *command],
                cwd="/", env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, timeout=30, **self.popen,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0

    def give(self, path: Path) -> None:
        """Make the identity the owner of a file or folder that we created."""
        if self.owner:
            os.chown(path, *self.owner)


def choose() -> Identity:
    """Ourselves; as root `nobody`; where that is impossible, an unprivileged user namespace."""
    if os.geteuid() != 0 and _has_account():
        return Identity()
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        popen = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        identity = Identity(popen, (), (nobody.pw_uid, nobody.pw_gid))
        if identity.can_run("true"):
            return identity
    if unshare := shutil.which("unshare"):
        identity = Identity({}, (unshare, "--user", "--map-user=65534", "--map-group=65534", "--"))
        if identity.can_run("true"):
            return identity
    raise Refusal(NO_ACCOUNT)


def _has_account() -> bool:
    try:
        pwd.getpwuid(os.geteuid())
    except KeyError:
        return False
    return True
