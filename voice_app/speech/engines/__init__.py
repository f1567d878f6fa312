"""One file an engine. Nothing is imported here: `voice_app/plugins.py` finds them by name."""
