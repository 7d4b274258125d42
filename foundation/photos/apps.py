from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "foundation.photos"
    label = "photos"
    verbose_name = "照片"
