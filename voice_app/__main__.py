"""python -m voice_app"""

from voice_app.cli import main

main()
