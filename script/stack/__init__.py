"""The local stack: one supervisor for PostgreSQL, Valkey, web, worker and beat. Standard library only."""
