"""All faces of the portal."""

from django.contrib import admin
from django.urls import include, path

from foundation.core import http
from publicity.letter_views import school_letters

urlpatterns = [
    path("healthz", http.healthz, name="healthz"),
    path("readyz", http.readyz, name="readyz"),
    path("", include("foundation.accounts.urls")),
    path("admin/", admin.site.urls),
    path("m/letters/", school_letters, name="school_letters"),
    path("m/", include("phone.urls")),
    path("", include("banking.urls")),
    path("", include("foundation.documents.urls")),
    path("", include("foundation.photos.urls")),
    path("", include("publicity.urls")),
]
