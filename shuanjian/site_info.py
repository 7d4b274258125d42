"""What every page says about its owner; all from settings, nothing invented."""

from django.conf import settings
from django.http import HttpRequest

from demo.loading import progress


def site_info(request: HttpRequest) -> dict:
    """Names, numbers and banners for the page's header and footer."""
    told = {"site_info": settings.SITE_INFO, "demo_mode": settings.DEMO_MODE}
    return {**told, "cases_loading": progress} if settings.DEMO_MODE else told
