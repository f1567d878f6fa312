"""Source -> Document: fetch, recognise, decode, and find the article."""
