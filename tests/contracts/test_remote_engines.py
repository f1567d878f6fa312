"""Engines that ask a server, against the contract and against servers that behave badly."""

from __future__ import annotations

import base64
import io
import json
import socket
import urllib.parse
import wave
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import numpy as np
import pytest

from tests.contracts.engine_contract import SENTENCE, EngineContract
from tests.contracts.served_sound import Given, SpeechServer
from voice_app.audio.encode import decode, encode_run
from voice_app.config import Config, Gtts
from voice_app.config import OpenAI as Settings
from voice_app.errors import ConfigError, EngineFailedError, EngineUnavailableError, ServiceAwayError, SpeechError
from voice_app.model import SpeakRequest
from voice_app.speech import remote
from voice_app.speech.engine import Engine, Workshop
from voice_app.speech.engines import gtts, openai
from voice_app.testing import TickEngine


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "BACKOFF_SECONDS", 0.01)
    remote.pace_of.cache_clear()  # a port may come again


def tones(text: str, rate: float = 1.0) -> Any:
    return TickEngine().speak(SpeakRequest(text=text, language="en", voice="tock", rate=rate)).samples


def wav(text: str, rate: float = 1.0) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(24_000)
        file.writeframes((tones(text, rate) * 32767).astype("<i2").tobytes())
    return out.getvalue()


def mp3(text: str, rate: float = 1.0) -> bytes:
    return encode_run(tones(text, rate))


def pcm(text: str, rate: float = 1.0) -> bytes:
    return wav(text, rate)[44:]


def said_by_openai(make: Callable[[str, float], bytes]) -> Callable[[bytes], bytes]:
    def said(body: bytes) -> bytes:
        asked = json.loads(body)
        return make(asked["input"], asked["speed"])

    return said


def said_by_google(body: bytes, make: Callable[[str], bytes] = mp3) -> bytes:
    """The sound of the text in the request, a tone for each word unless told otherwise, wrapped as the service does."""
    [[[_, parameters, *_]]] = json.loads(urllib.parse.parse_qs(body.decode())["f.req"][0])
    sound = base64.b64encode(make(json.loads(parameters)[0])).decode()
    return f')]}}\'\n[["wrb.fr","jQ1olc","[\\"{sound}\\"]",null]]\n'.encode()


@pytest.fixture
def server() -> Iterator[SpeechServer]:
    made = SpeechServer(said_by_openai(wav))
    yield made
    made.stop()


@pytest.fixture
def google() -> Iterator[SpeechServer]:
    made = SpeechServer(said_by_google)
    yield made
    made.stop()


def openai_at(url: str, **settings: Any) -> Engine:
    config = Config(
        openai=replace(Settings(url=f"{url}/v1", voices=("alloy", "nova"), timeout_seconds=5.0), **settings)
    )
    return openai.make(Workshop(config=config, decode=decode))


def gtts_at(url: str, **settings: float) -> Engine:
    config = Config(gtts=replace(Gtts(endpoint=url, interval_seconds=0.0), **settings))
    return gtts.make(Workshop(config=config, decode=decode))


REQUEST = SpeakRequest(text=SENTENCE, language="en", voice="alloy")


class TestOpenAI(EngineContract):
    @pytest.fixture
    def engine(self, server: SpeechServer) -> Engine:
        return openai_at(server.url)

    def test_what_is_asked_is_what_the_api_wants(self, server: SpeechServer) -> None:
        openai_at(server.url, model="kokoro", key="a secret").speak(replace(REQUEST, voice="nova", rate=1.25))
        assert server.paths == ["/v1/audio/speech"]
        assert json.loads(server.asked[0]) == {
            "model": "kokoro", "voice": "nova", "input": SENTENCE, "response_format": "wav", "speed": 1.25
        }  # fmt: skip
        assert server.seen[0]["Authorization"] == "Bearer a secret"
        assert server.seen[0]["Content-Type"] == "application/json"

    @pytest.mark.parametrize(("name", "make"), [("wav", wav), ("mp3", mp3), ("pcm", pcm)])
    def test_every_format_gives_the_sound(self, name: str, make: Callable[[str, float], bytes]) -> None:
        server = SpeechServer(said_by_openai(make))
        speech = openai_at(server.url, format=name).speak(REQUEST)
        server.stop()
        assert speech.sample_rate == 24_000
        assert len(speech.samples) / 24_000 == pytest.approx(len(SENTENCE.split()) * 0.3, abs=0.15)

    def test_a_streamed_wav_with_no_true_length_is_whole(self, server: SpeechServer) -> None:
        sound = bytearray(wav(SENTENCE))
        sound[4:8] = sound[40:44] = b"\xff\xff\xff\xff"
        server.answers = [Given(body=bytes(sound))]
        assert len(openai_at(server.url).speak(REQUEST).samples) == len(tones(SENTENCE))

    def test_the_key_is_told_to_nobody(self, server: SpeechServer) -> None:
        config = Config(openai=Settings(url=server.url, key="a secret"))
        engine = openai_at(server.url, key="a secret")
        assert "a secret" not in f"{config!r} {config.lines()}"
        server.answers = [Given(status=401)]
        with pytest.raises(EngineUnavailableError, match="key_file") as caught:
            engine.speak(REQUEST)
        assert "a secret" not in f"{caught.value} {caught.value.__cause__!r}"

    @pytest.mark.parametrize(
        ("url", "is_remote"),
        [
            ("http://127.0.0.1:8880/v1", False),
            ("http://localhost/v1", False),
            ("http://[::1]:1/v1", False),
            ("http://192.168.1.7/v1", True),
            ("https://localhost.example.org/v1", True),
            ("https://api.example.org/v1", True),
        ],
    )
    def test_another_computer_is_remote(self, url: str, is_remote: bool) -> None:
        assert openai.make(Workshop(config=Config(openai=Settings(url=url)), decode=decode)).info.remote is is_remote

    def test_without_an_address_it_is_not_there(self) -> None:
        with pytest.raises(EngineUnavailableError, match=r"openai\.url"):
            openai.make(Workshop(config=Config(), decode=decode))

    @pytest.mark.parametrize("url", ["file:///etc/passwd", "localhost:80", "ftp://example.org"])
    def test_what_is_no_address_is_refused(self, url: str) -> None:
        with pytest.raises(ConfigError, match="http"):
            openai.make(Workshop(config=Config(openai=Settings(url=url)), decode=decode))

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"<!doctype html><title>Log in</title>",
            b'{"error": {"message": "no"}}',
            b"#EXTM3U\nhttp://127.0.0.1:1/inside\n",
            b"RIFF\x24\x00\x00\x00WAVEfmt nonsense",
            b"ID3" + bytes(2000),
            pcm("x")[:2],
            wav("one two")[:44],
        ],
    )
    def test_what_is_no_sound_is_an_error(self, server: SpeechServer, body: bytes) -> None:
        server.answers = [Given(body=body, headers={"Content-Type": "audio/wav"})] * 3
        with pytest.raises(EngineFailedError):
            openai_at(server.url).speak(REQUEST)

    def test_only_the_formats_that_the_api_has_go_to_the_decoder(self, server: SpeechServer) -> None:
        big_endian = (tones(SENTENCE) * 32767).astype(">i2").tobytes()
        header = b".snd" + b"".join(number.to_bytes(4) for number in (24, len(big_endian), 3, 24_000, 1))
        assert decode(header + big_endian)[0].any()  # Sun's format, which the decoder knows
        server.answers = [Given(body=header + big_endian)]
        with pytest.raises(EngineFailedError, match="not sound"):
            openai_at(server.url).speak(REQUEST)

    def test_addresses_in_an_answer_are_not_opened(self, server: SpeechServer) -> None:
        with socket.create_server(("127.0.0.1", 0)) as inside:
            inside.settimeout(0.5)
            address = f"http://127.0.0.1:{inside.getsockname()[1]}/secret.wav"
            playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}\n#EXT-X-ENDLIST\n"
            server.answers = [Given(body=playlist.encode())]
            with pytest.raises(EngineFailedError):
                openai_at(server.url).speak(REQUEST)
            with pytest.raises(TimeoutError):
                inside.accept()

    def test_silence_is_an_error(self, server: SpeechServer) -> None:
        server.answers = [Given(body=wav("x")[:44] + bytes(48_000))]
        with pytest.raises(EngineFailedError, match="silence"):
            openai_at(server.url).speak(REQUEST)

    def test_an_endless_answer_is_cut(self, server: SpeechServer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(remote, "MAX_BYTES_FIXED", 200_000)
        monkeypatch.setattr(remote, "MAX_BYTES_PER_CHARACTER", 1_000)
        server.answers = [Given(body=wav("x") * 10, forever=True)]
        with pytest.raises(EngineFailedError, match="more than a sentence"):
            openai_at(server.url).speak(REQUEST)
        assert len(server.asked) == 1

    def test_a_trickle_ends_at_the_deadline(self, server: SpeechServer) -> None:
        server.answers = [Given(body=wav(SENTENCE), drip_seconds=0.05)]
        with pytest.raises(ServiceAwayError, match="did not answer"):
            openai_at(server.url, timeout_seconds=0.4, tries=1).speak(REQUEST)

    def test_half_an_answer_is_not_taken_for_a_whole_one(self, server: SpeechServer) -> None:
        whole = wav(SENTENCE)
        server.answers = [Given(body=whole[: len(whole) // 2], declared=len(whole))] * 2
        assert len(openai_at(server.url).speak(REQUEST).samples) == len(tones(SENTENCE))
        assert len(server.asked) == 3

    def test_a_redirect_is_not_followed(self, server: SpeechServer) -> None:
        server.answers = [Given(status=307, headers={"Location": "http://127.0.0.1:1/"})]
        with pytest.raises(EngineFailedError, match="307"):
            openai_at(server.url, key="a secret").speak(REQUEST)
        assert len(server.asked) == 1

    def test_a_busy_server_is_asked_again_when_it_says(self, server: SpeechServer) -> None:
        server.answers = [Given(status=429, headers={"Retry-After": "1"}), Given(status=500)]
        assert openai_at(server.url).speak(REQUEST).samples.any()
        assert server.at[1] - server.at[0] >= 0.99

    def test_a_server_that_stays_broken_is_given_up(self, server: SpeechServer) -> None:
        server.answers = [Given(status=500)] * 5
        with pytest.raises(ServiceAwayError, match="500"):
            openai_at(server.url).speak(REQUEST)
        assert len(server.asked) == 3

    def test_a_long_pause_is_an_error_and_no_wait(self, server: SpeechServer) -> None:
        later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
        server.answers = [Given(status=429, headers={"Retry-After": later})]
        for _ in range(2):  # the second sentence does not even ask
            with pytest.raises(ServiceAwayError, match=r"left alone for 3[56]\d\d seconds"):
                openai_at(server.url).speak(REQUEST)
        assert len(server.asked) == 1

    def test_nobody_at_home_is_an_error_of_speech(self, server: SpeechServer) -> None:
        engine = openai_at(server.url)
        server.stop()
        with pytest.raises(ServiceAwayError, match="did not answer"):
            engine.speak(REQUEST)


class TestGtts(EngineContract):
    @pytest.fixture
    def engine(self, google: SpeechServer) -> Engine:
        return gtts_at(google.url)

    def test_it_says_that_the_text_leaves_the_machine(self, engine: Engine) -> None:
        assert engine.info.remote

    def test_old_codes_of_languages_have_their_modern_tag(self, engine: Engine) -> None:
        languages = {voice.name: voice.language for voice in engine.voices()}
        assert (languages["iw"], languages["tl"], languages["pt"]) == ("he", "fil", "pt")

    def test_a_long_text_is_asked_for_in_pieces_and_joined(self, google: SpeechServer) -> None:
        text = "one two three four five six seven eight nine ten, " * 6
        speech = gtts_at(google.url).speak(SpeakRequest(text=text, language="en", voice="en"))
        assert len(google.asked) >= 3
        assert len(speech.samples) / speech.sample_rate == pytest.approx(60 * 0.3, abs=0.06 * len(google.asked))

    def test_a_busy_server_is_asked_again(self, google: SpeechServer) -> None:
        google.answers = [Given(status=503), Given(status=429)]
        engine = gtts_at(google.url)
        assert engine.speak(self.request(engine)).samples.any()
        assert len(google.asked) == 3

    def test_requests_keep_their_distance_from_all_threads(self, google: SpeechServer) -> None:
        from concurrent.futures import ThreadPoolExecutor

        engines = [gtts_at(google.url, interval_seconds=0.15) for _ in range(4)]
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda engine: engine.speak(self.request(engine)), engines))
        gaps = np.diff(sorted(google.at))
        assert len(gaps) == 3
        assert gaps.min() > 0.1

    @pytest.mark.parametrize(
        ("status", "body"),
        [
            (200, b""),
            (200, b"nothing"),
            (200, b'jQ1olc","[\\"PGh0bWw+\\"]'),
            (200, b'jQ1olc","[\\"!\\"]'),
            (500, b""),
            (403, b""),
        ],
    )
    def test_no_sound_is_an_error_and_never_an_empty_file(self, google: SpeechServer, status: int, body: bytes) -> None:
        google.answers = [Given(status=status, body=body)] * 3
        engine = gtts_at(google.url)
        with pytest.raises(SpeechError):
            engine.speak(self.request(engine))

    def test_a_server_that_hangs_is_given_up(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            engine = gtts_at(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout_seconds=0.2, tries=2)
            with pytest.raises(ServiceAwayError, match="did not answer"):
                engine.speak(SpeakRequest(text=SENTENCE, language="en", voice="en"))
