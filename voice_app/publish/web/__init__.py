"""The site: pages, the JSON interface and the sound files."""
