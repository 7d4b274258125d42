"""Pages of releases and refunds."""
