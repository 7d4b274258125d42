"""PostgreSQL and Valkey together: given addresses are used as they are, the rest is started here."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from stack import binaries, identity, layout
from stack.console import Refusal
from stack.family import Family
from stack.postgres import DURABLE, THROWAWAY, Postgres
from stack.valkey import Valkey


@dataclass
class Servers:
    """The addresses that the portal needs, and the servers that we run ourselves."""

    database_url: str = ""
    owner_url: str = ""
    redis_url: str = ""
    postgres: Postgres | None = None
    valkey: Valkey | None = None
    warnings: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database_url, "DATABASE_OWNER_URL": self.owner_url, "REDIS_URL": self.redis_url}


def start(family: Family, home: Path, *, durable: bool) -> Servers:
    """Start what the environment does not name, both at once, and wait until both let us in."""
    servers = given()
    if not servers.redis_url:
        servers.valkey = Valkey(home, binaries.valkey_server(), durable=durable)
        servers.valkey.start(family)
    if not servers.database_url:
        who = identity.choose()
        settings = DURABLE if durable else THROWAWAY
        # Copied binaries stand in the state folder itself: 42 MB once, not once per test slot.
        servers.postgres = Postgres(home, binaries.postgres(who, layout.state_dir()), who, settings)
        servers.postgres.start(family)
    if servers.valkey:
        servers.valkey.wait_ready(family)
        servers.redis_url = servers.valkey.url()
    if servers.postgres:
        servers.postgres.wait_ready(family)
        servers.database_url, servers.owner_url = servers.postgres.url("site"), servers.postgres.url("owner")
    return servers


def start_throwaway(family: Family, home: Path) -> Servers:
    """The same for tests; a cluster that does not come up is made anew, since fsync=off may lose it in a crash."""
    try:
        servers = start(family, home, durable=False)
    except Refusal:
        family.stop_all()
        for folder in home.glob("postgres-*"):
            shutil.rmtree(folder)
        servers = start(family, home, durable=False)
    if servers.postgres:
        servers.postgres.sweep()
    return servers


def given() -> Servers:
    """The addresses in the environment. One database login alone works, with a warning."""
    servers = Servers(
        os.environ.get("DATABASE_URL", ""), os.environ.get("DATABASE_OWNER_URL", ""), os.environ.get("REDIS_URL", "")
    )
    if servers.owner_url and not servers.database_url:
        raise Refusal("DATABASE_OWNER_URL is set but DATABASE_URL is not: set both, or neither.", code=2)
    if servers.database_url and not servers.owner_url:
        servers.owner_url = servers.database_url
        servers.warnings.append(
            "DATABASE_OWNER_URL is not set: the site runs as the owner of its tables, so append-only tables are "
            "not protected from it. Production refuses this."
        )
    return servers
