"""The production documents, tried: nginx in front of the real portal, units and compose file, backup and restore."""
