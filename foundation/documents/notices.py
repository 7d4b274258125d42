"""Kinds of outbox messages of this app, and the right that its job has."""

RENDER = "documents.render"
FILE = "documents.file"
