"""What every recorder must do: the one of this process, and the one that asks a booth process."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import wait
from dataclasses import replace

import pytest

from voice_app.audio.aac import decode_run
from voice_app.errors import EngineFailedError, NothingToSayError, UnknownVoiceError
from voice_app.model import Earcon, SpeakRequest
from voice_app.recording.take import Recorder, Take, Urgency


def take(recorder: Recorder, text: str, *, pause_ms: int = 300, voice: str = "tick/tock") -> Take:
    speaker = recorder.voice(voice)
    request = SpeakRequest(text=text, language="en", voice=speaker.name)
    return Take(request=request, voice=speaker, pause_ms=pause_ms, gain_db=recorder.gain_db(speaker))


class RecorderContract:
    """Subclasses give `recorder`, whose engine is tick and fails on the word "wolf", and what it has `spoken`."""

    def test_a_sentence_becomes_a_run(self, recorder: Recorder, spoken: Callable[[], list[str]]) -> None:
        asked = take(recorder, "Three short words.")
        assert recorder.known(asked) is None
        recording = recorder.record(asked).result(10)
        assert recording.fresh
        assert recording.run.speech_seconds == pytest.approx(0.9, abs=0.15)
        known = recorder.known(asked)
        assert known is not None
        assert known.frames == recording.run.frames
        assert spoken() == ["Three short words."]

    def test_the_second_time_it_comes_from_the_cache(self, recorder: Recorder, spoken: Callable[[], list[str]]) -> None:
        first = recorder.record(take(recorder, "Once only.")).result(10)
        again = recorder.record(take(recorder, "Once only.")).result(10)
        other_pause = recorder.record(take(recorder, "Once only.", pause_ms=900)).result(10)
        assert (first.fresh, again.fresh, other_pause.fresh) == (True, False, False)
        assert other_pause.run.frame_count > again.run.frame_count
        assert spoken() == ["Once only."]

    def test_many_who_want_the_same_at_once_get_it_from_one_speaking(
        self, recorder: Recorder, spoken: Callable[[], list[str]]
    ) -> None:
        asked = take(recorder, "The same for all.")
        futures = [recorder.record(asked, urgency=Urgency(n % 4), listener=str(n)) for n in range(40)]
        assert len({future.result(10).run.frames for future in futures}) == 1
        assert spoken() == ["The same for all."]

    def test_errors_come_through_with_their_kind_and_words(self, recorder: Recorder) -> None:
        with pytest.raises(EngineFailedError, match="told to fail"):
            recorder.record(take(recorder, "Here is the wolf")).result(10)
        with pytest.raises(NothingToSayError, match="letters or digits"):
            recorder.record(take(recorder, "...")).result(10)
        with pytest.raises(UnknownVoiceError, match="nobody"):
            recorder.voice("nobody")

    def test_a_failure_is_no_hindrance_to_others(self, recorder: Recorder) -> None:
        texts = ["One.", "Here is the wolf", "Two.", "Here is another wolf", "Three."]
        futures = [recorder.record(take(recorder, text)) for text in texts]
        wait(futures, timeout=10)
        assert [future.exception() is None for future in futures] == [True, False, True, False, True]

    def test_a_voice_without_a_gain_is_measured_once(self, recorder: Recorder) -> None:
        voice = recorder.voice("tick/tack")
        assert voice.gain_db is None
        assert recorder.gain_db(voice) == recorder.gain_db(voice) == pytest.approx(11.4, abs=1.0)
        assert recorder.gain_db(recorder.voice("tick/tock")) == -3.0

    @pytest.mark.parametrize("is_made", [False, True])
    def test_an_earcon_stands_before_the_run_whether_it_was_made_before_or_not(
        self, recorder: Recorder, is_made: bool
    ) -> None:
        plain = take(recorder, "The quay.")
        sounding = replace(plain, earcon=Earcon.SECTION)
        if is_made:
            recorder.record(plain).result(10)
        with_earcon = recorder.record(sounding).result(10).run
        without = recorder.record(plain).result(10).run
        assert with_earcon.lead_frames > without.lead_frames == 0
        assert with_earcon.frames.endswith(without.frames)
        known = recorder.known(sounding)
        assert known is not None
        assert known.frames == with_earcon.frames

    def test_for_a_book_there_is_another_run_of_the_same_clip(
        self, recorder: Recorder, spoken: Callable[[], list[str]]
    ) -> None:
        plain = take(recorder, "The quay.")
        recorder.record(plain).result(10)
        asked = replace(plain, for_book=True)
        assert recorder.known(asked) is None
        assert recorder.book_run(asked) is None
        recording = recorder.record(asked).result(10)
        assert not recording.fresh
        known = recorder.known(asked)
        assert known is not None
        assert known.frames == recording.run.frames
        found = recorder.book_run(replace(asked, pause_ms=900))
        assert found is not None
        assert decode_run(found).max() > 0.1
        assert spoken() == ["The quay."]

    def test_a_stand_in_is_a_voice_by_name_or_the_engine_s_first_of_the_language(self, recorder: Recorder) -> None:
        assert recorder.stand_in("tick", "en-GB").id == "tick/tock"
        assert recorder.stand_in("tick/tack", "fr").id == "tick/tack"
        assert recorder.stand_in("tick", "fr").id == "tick/tock"  # it speaks every language
        with pytest.raises(UnknownVoiceError, match="nobody"):
            recorder.stand_in("nobody", "en")

    def test_what_is_cancelled_is_nobody_s_trouble(self, recorder: Recorder) -> None:
        futures = [recorder.record(take(recorder, f"Sentence number {n}.")) for n in range(50)]
        for future in futures[10:]:
            future.cancel()
        assert all(future.result(10).fresh for future in futures[:10])
        assert recorder.record(take(recorder, "Sentence number 49.")).result(10).run.frames
