"""A program that speaks as piper-tts 1.8 does on the command line, with a tone for each word. Run it, do not import it.

The words hang, die, garble and chatter make it do so.
"""

import argparse
import math
import struct
import sys
import time
import wave
from pathlib import Path

parser = argparse.ArgumentParser()
for option in ("--model", "--length_scale", "--noise_scale", "--noise_w", "--output_dir"):
    parser.add_argument(option, required=True)
parser.add_argument("--no-normalize", action="store_true", required=True)
options = parser.parse_args()
assert Path(options.model).read_bytes()
level = 0.25 if "loud" in options.model else 0.1
for line in sys.stdin:
    words = line.split()
    if not words:
        continue
    if "die" in words:
        sys.exit(3)
    if "hang" in words:
        time.sleep(60)
    if "chatter" in words:
        print("INFO:piper:Wrote nothing yet, see /somewhere/else.wav", file=sys.stderr, flush=True)
    path = Path(options.output_dir) / f"{time.monotonic_ns()}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(22_050)
        for word in words:
            count = round(0.25 * max(1, len(word) / 8) * float(options.length_scale) * 22_050)
            hertz = 200 + sum(map(ord, word)) % 500
            tone = [math.sin(math.pi * n / count) * math.sin(2 * math.pi * hertz * n / 22_050) for n in range(count)]
            file.writeframes(struct.pack(f"<{count}h", *(round(32_767 * level * value) for value in tone)))
    if "garble" in words:
        path.write_bytes(b"RIFF, but no more")
    print(f"INFO:__main__:Wrote {path}", file=sys.stderr, flush=True)
