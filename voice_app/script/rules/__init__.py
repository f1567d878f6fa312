"""Rules that turn what is written into what is said: one folder a language, one file a topic."""
