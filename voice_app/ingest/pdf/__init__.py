"""From a PDF's letters to an article's blocks. `formats/pdf.py` is the door; `parts.py` says what a page is made of."""
