"""From a DOCX, XML parts in a ZIP, to what mammoth reads whole. `formats/docx.py` is the door; start at `word.py`."""
