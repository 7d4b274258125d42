"""Backups of database and files, and the drill that proves that they restore."""
