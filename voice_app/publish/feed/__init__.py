"""The podcast feed, and the captions and chapters that it points to."""
