"""What Markdown is in every dialect. `formats/markdown.py` is the door; start at `dialect.py`."""
