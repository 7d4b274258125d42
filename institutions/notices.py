"""Effects that the outbox carries out for the register."""

IMPORTED = "institutions.imported"
