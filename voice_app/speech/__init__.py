"""One spoken sentence -> one clip: engines, the clip cache, and the booth that runs them on every core."""
