"""The registers below imports that can be imported."""

from .target import register
from .targets.schools import SCHOOLS

register(SCHOOLS)
