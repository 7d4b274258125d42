"""Staff pages of contracts and payments."""
