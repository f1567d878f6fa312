"""python -m voice_app"""

import os

# NumPy's algebra would wait for work on threads of its own, in a loop, and take that time from those that speak.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # noqa: TID251 - for NumPy to read

from voice_app.cli import main

main()
