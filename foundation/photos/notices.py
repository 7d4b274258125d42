"""Kinds of outbox messages of this app, and the rights that its jobs have."""

DRAW = "photos.draw"
SWEEP = "photos.sweep"
TAKE_OUT = "photos.take_out"
