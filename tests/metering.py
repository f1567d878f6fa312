"""A meter that is not ours."""

from __future__ import annotations

import io
from typing import Any

import av


def ebur128_lufs(data: bytes) -> float:
    """Integrated loudness by FFmpeg's own meter."""
    found = ""
    with av.open(io.BytesIO(data), mode="r") as container:
        graph: Any = av.filter.Graph()
        source = graph.add_abuffer(template=container.streams.audio[0])
        meter = graph.add("ebur128", "metadata=1:framelog=quiet")
        sink = graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        graph.configure()
        for frame in [*container.decode(audio=0), None]:
            graph.push(frame)
            while True:
                try:
                    found = sink.pull().metadata.get("lavfi.r128.I", found)
                except (av.error.BlockingIOError, av.error.EOFError):
                    break
    return float(found)
