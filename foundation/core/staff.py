"""Django's admin app with our site; kept apart because an ``apps`` module may hold only one default config."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin with our site: entry by post, not by ``is_staff``."""

    default_site = "foundation.core.site.StaffSite"
    verbose_name = "管理"
