"""What we know: the articles, what was read from them, and the audio that was made."""

from voice_app.library.store import Library, Original

__all__ = ["Library", "Original"]
