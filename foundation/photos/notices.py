"""Kinds of outbox messages of this app, and the rights that its jobs have."""

DRAW = "photos.draw"
SWEEP = "photos.sweep"
TAKE_OUT = "photos.take_out"
#: Held by nobody's post: an operation that takes in the answer of a one-purpose link adds it.
KEEP_BY_LINK = "photos.keep_by_link"
