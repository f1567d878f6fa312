"""One file a format: read(source) -> Document. Which file reads what is in `ingest/kinds.py`."""
