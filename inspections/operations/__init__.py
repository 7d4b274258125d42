"""The writes of inspections, one module a subject."""
