"""From lines of plain text to blocks. `formats/text.py` is the door; start at `plain.py`."""
