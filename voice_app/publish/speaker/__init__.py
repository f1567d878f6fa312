"""Addresses for speakers, players and routines: the newest, and the queue."""
