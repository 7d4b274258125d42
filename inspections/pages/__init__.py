"""Staff pages of inspections, one module a subject."""
