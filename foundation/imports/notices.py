"""Effects that the outbox carries out for imports."""

CHECK = "imports.check"
APPLY = "imports.apply"
FORGET = "imports.forget"
UNDO = "imports.undo"
