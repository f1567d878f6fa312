"""One file a format: MEDIA_TYPES, and read(source) -> Document."""
