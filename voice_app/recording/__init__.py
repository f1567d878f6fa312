"""From a spoken sentence to its run of MP3 frames: who waits, who is next, and the process that speaks for all."""
