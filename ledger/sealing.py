"""Entries as a sealed stream of their own: chained within seconds, under a Merkle root each day (decision 0012)."""

from foundation.audit.streams import Stream, register

from .models import Entry

ENTRIES = register(Stream("ledger", Entry))
