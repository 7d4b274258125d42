"""Staff pages of supervisors: each one form, one rule, one operation."""
