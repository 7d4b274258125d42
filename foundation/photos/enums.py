"""What a photo may be, where it stands, and which files are kept of it."""

from django.db.models import TextChoices


class PhotoKind(TextChoices):
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"


class PhotoState(TextChoices):
    NEW = "new", "处理中"
    READY = "ready", "可查看"
    REFUSED = "refused", "无法显示"


class FileKind(TextChoices):
    ORIGINAL = "original", "原件"
    DISPLAY = "display", "展示图"
    THUMB = "thumb", "缩略图"
