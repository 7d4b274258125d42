"""Effects that the outbox carries out for the demo."""

LOAD_CASE = "demo.load_case"
