"""The local stack: script/server, script/test and what they stand on."""
