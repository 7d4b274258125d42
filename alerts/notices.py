"""Names of the nightly job and of the clock of alerts."""

SWEEP = "alerts.sweep"
CLOCK = "alert.handling"
