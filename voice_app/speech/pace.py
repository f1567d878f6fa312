"""Another pace at the same pitch, for engines that know only one: FFmpeg's atempo, through PyAV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voice_app.errors import EngineFailedError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def paced(samples: NDArray[np.float32], rate_hz: int, pace: float) -> NDArray[np.float32]:
    """The mono samples `pace` times as fast, 0.5 to 2.0. At 1.0 they stay as they are. Raises EngineFailedError."""
    if pace == 1.0 or not samples.size:
        return samples
    import av
    import numpy as np

    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=rate_hz, format="flt", layout="mono", time_base=None)
    tempo = graph.add("atempo", f"{pace:.4f}")
    sink: Any = graph.add("abuffersink")
    source.link_to(tempo)
    tempo.link_to(sink)
    graph.configure()
    frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="flt", layout="mono")
    frame.sample_rate = rate_hz
    parts = []
    for given in (frame, None):
        graph.push(given)
        while True:
            try:
                parts.append(sink.pull().to_ndarray().reshape(-1))
            except (av.error.BlockingIOError, av.error.EOFError):
                break
    if not parts:
        raise EngineFailedError("The sound could not be brought to another pace.")
    return np.concatenate(parts)
