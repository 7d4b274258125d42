"""All reads and writes use the site's login; only migrate uses the owner's."""


class SiteLogin:
    def db_for_read(self, model, **hints) -> str:
        return "default"

    def db_for_write(self, model, **hints) -> str:
        return "default"

    def allow_relation(self, first, second, **hints) -> bool:
        return True
