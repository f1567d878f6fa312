"""python -m voice_app, and the command voice-app"""

import atexit
import gc
import os

# NumPy's algebra would wait for work on threads of its own, in a loop, and take that time from those that speak.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # noqa: TID251 - for NumPy to read

# What is imported stays. And at its end Python would look through all there is, for a thirtieth of a second.
gc.set_threshold(20_000)
atexit.register(gc.freeze)

from voice_app.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
