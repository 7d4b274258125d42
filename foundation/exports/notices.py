"""Kinds of outbox messages of this app, and the right that its jobs have."""

MAKE = "exports.make_file"
EXPIRE = "exports.expire"
FINISH = "exports.finish"
