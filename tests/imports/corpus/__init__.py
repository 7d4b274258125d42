"""Spreadsheets as forty townships send them, with what the import has to say about every row of each."""
