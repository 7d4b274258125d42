"""Who may use an API view: nobody, unless the view says otherwise."""

from rest_framework.permissions import BasePermission


class DenyUnlessDeclared(BasePermission):
    """The default for every API view: nobody."""

    def has_permission(self, request, view) -> bool:
        return False


class Public(BasePermission):
    """Declared on purpose: anybody may read."""

    def has_permission(self, request, view) -> bool:
        return request.method in {"GET", "HEAD", "OPTIONS"}
