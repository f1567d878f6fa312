"""Document -> Script: chapters, sentences and their spoken form. Pure: no files, no network, no clock."""
