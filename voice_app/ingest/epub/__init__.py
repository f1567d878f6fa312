"""From the files of an EPUB to the blocks of a book. `formats/epub.py` is the door; start at `book.py`."""
