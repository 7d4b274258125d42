"""Production's settings for the portal behind nginx; only the refusal is off, as the throwaway cluster has no fsync."""

import os
from pathlib import Path

from shuanjian.settings.production import *  # noqa: F403

PRODUCTION = False
STATIC_ROOT = Path(os.environ["TEST_STATIC_ROOT"])
