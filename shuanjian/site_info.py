"""What every page says about its owner; all from settings, nothing invented."""

from django.conf import settings
from django.http import HttpRequest


def site_info(request: HttpRequest) -> dict:
    """Names, numbers and banners for the page's header and footer."""
    return {"site_info": settings.SITE_INFO, "demo_mode": settings.DEMO_MODE}
