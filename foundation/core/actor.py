"""Who acts: a frozen value, so that core and audit need no user model."""

from __future__ import annotations

from dataclasses import dataclass, replace

#: The capability that opens ``/admin/``; core has to know it because the staff's shell lives here.
STAFF_DOOR = "staff.enter"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one post, or a job of the portal, with all that a rule may ask.

    ``scope`` holds jurisdiction ids; an empty set sees nothing. ``areas`` (division ids) and ``categories`` narrow it
    further; None means "not narrowed". Names are copied as text, so that a trace stays readable after a person left.
    """

    user_id: int | None
    name: str
    organ_id: int | None = None
    organ_name: str = ""
    post_id: int | None = None
    role: str = ""
    role_label: str = ""
    capabilities: frozenset[str] = frozenset()
    scope: frozenset[int] = frozenset()
    areas: frozenset[int] | None = None
    categories: frozenset[str] | None = None

    def can(self, capability: str) -> bool:
        return capability in self.capabilities

    def allowed(self, *capabilities: str, scope: frozenset[int] = frozenset()) -> Actor:
        """The same actor with more rights, not narrowed: for what the calling operation's rule has decided already.

        A method, because ``request.actor`` is lazy and ``dataclasses.replace`` takes no proxy.
        """
        more = self.capabilities | frozenset(capabilities)
        return replace(self, capabilities=more, scope=self.scope | scope, areas=None, categories=None)

    @property
    def is_person(self) -> bool:
        return self.user_id is not None


ANONYMOUS = Actor(user_id=None, name="公众")


def job(name: str, *capabilities: str, scope: frozenset[int] = frozenset()) -> Actor:
    """The portal itself, acting for a named periodic job with just the capabilities that the job needs."""
    return Actor(user_id=None, name=name, organ_name="系统", capabilities=frozenset(capabilities), scope=scope)
