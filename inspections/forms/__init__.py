"""Forms of the staff's pages: they parse and offer choices; rules live in the operations."""
