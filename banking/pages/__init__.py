"""Pages of bank files and of the reconciliation desk."""
