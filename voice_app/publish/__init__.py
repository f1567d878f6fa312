"""The doors. Each turns requests into calls of the Studio and its answers into pages, feeds and files."""
