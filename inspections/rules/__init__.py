"""Who may do what in inspections, one module a subject."""
