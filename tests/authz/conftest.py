from tests.documents.conftest import private_media

__all__ = ["private_media"]
