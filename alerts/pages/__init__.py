"""Pages of early warning."""
