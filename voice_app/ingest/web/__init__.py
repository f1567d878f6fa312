"""A web page -> blocks: what is on it, which of it is the article, what stands in its place. Begin at `page.py`."""
