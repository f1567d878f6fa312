"""From a message to the part of it somebody wrote. `formats/mail.py` is the door; start at `letters.py`."""
