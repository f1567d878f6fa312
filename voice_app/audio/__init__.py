"""Clips -> chapter files: trim, pause, level, encode, lay end to end, tag."""
