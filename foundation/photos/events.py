"""Facts about photos."""

from foundation.core.events import EventKind

PHOTO_KEPT = EventKind("photo.kept", "收存照片")
PHOTO_DRAWN = EventKind("photo.drawn", "生成照片展示图")
PHOTO_REFUSED = EventKind("photo.refused", "照片无法显示")
ORIGINAL_TAKEN_OUT = EventKind("photo.original_taken_out", "提取照片原件")
