"""Reading inspections, one module a subject."""
