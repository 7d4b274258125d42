"""Every URL pattern of the portal, found by walking the resolver: what nobody declared cannot hide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST")


@dataclass(frozen=True)
class Route:
    """One pattern. ``name`` is what ``reverse`` takes; a pattern without a name is known by its path."""

    name: str
    path: str
    arguments: tuple[str, ...]


def routes(urlconf: str | ModuleType | None = None) -> list[Route]:
    """All patterns, in the order in which Django tries them."""
    return list(_below(get_resolver(urlconf), path="", namespace="", arguments=()))


def _below(resolver: URLResolver, *, path: str, namespace: str, arguments: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        here = f"{path}{pattern.pattern}"
        taken = (*arguments, *_arguments(pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _below(pattern, path=here, namespace=inner, arguments=taken)
        else:
            name = f"{namespace}{pattern.name}" if pattern.name else f"/{here}"
            yield Route(name=name, path=f"/{here}", arguments=taken)


def _arguments(pattern: URLPattern | URLResolver) -> tuple[str, ...]:
    regex = pattern.pattern.regex
    unnamed = regex.groups - len(regex.groupindex)
    return (*regex.groupindex, *(f"unnamed{number}" for number in range(unnamed)))
