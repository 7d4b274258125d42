from . import cases, violations

__all__ = ["cases", "violations"]
