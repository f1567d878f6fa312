"""Bad input at the site's doors: a clear sentence, a 4xx, and nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from voice_app import config
from voice_app.publish.web.app import make_app
from voice_app.wiring import build

NO_ARTICLE = b"<html><body><ul><li><a href='/a'>One</a></li><li><a href='/b'>Two</a></li></ul></body></html>"
FILES = {
    "empty": ("a.txt", b""),
    "whitespace": ("a.txt", b" \n\t \r\n"),
    "binary": ("a.txt", bytes(range(256)) * 200),
    "picture": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(1000)),
    "unknown type": ("a.xyz", b"some words in a file of an unknown type"),
    "no article": ("a.html", NO_ARTICLE),
    "one endless line": ("a.txt", b"word " * 20_000),
    "not quite UTF-8": ("a.txt", b"Hello \xc3\x28 world. This is a test of bad bytes."),
    "too large": ("a.txt", b"word " * 2_400_000),
    "only nul": ("a.txt", bytes(5000)),
    "no text encoding": ("a.txt", b"\xff\xfe\xfa\x80\x81" * 400),
}
ADDRESSES = [
    "http://127.0.0.1/",
    "http://localhost:5000/",
    "http://[::1]/",
    "http://192.168.0.1/router",
    "http://169.254.169.254/latest",
    "http://no-such-host.invalid/article",
    "ftp://example.org/a",
    "file:///etc/passwd",
    "not an address",
    "javascript:alert(1)",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[FlaskClient]:
    settings = config.load(
        flags={
            "paths.content": str(folder / "content"),
            "paths.cache": str(folder / "cache"),
            "narration.voice": "tick/tock",
        }
    )
    with make_app(build(settings), settings).test_client() as client:
        yield client


@pytest.fixture(autouse=True)
def _nothing_is_left(client: FlaskClient, folder: Path) -> Iterator[None]:
    yield
    assert client.get("/api/articles").json["articles"] == []
    left = [p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("library.sqlite")]
    assert left == []


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_with_a_sentence(client: FlaskClient, name: str) -> None:
    file_name, body = FILES[name]
    answer = _upload(client, file_name, body)
    assert 400 <= answer.status_code < 500
    _has_a_sentence(answer.get_data(as_text=True))


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("door", ["/add", "/api/articles"])
def test_a_bad_address_is_refused_with_a_sentence(client: FlaskClient, door: str, address: str) -> None:
    if door == "/add":
        answer = client.post(door, data={"address": address})
    else:
        answer = client.post(door, json={"address": address})
    assert 400 <= answer.status_code < 500
    _has_a_sentence(answer.get_data(as_text=True))


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"{}", b'{"address": 5}', b'{"text": ""}', b'{"text": "a", "address": "b"}']
)
def test_bad_json_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/api/articles", data=body, content_type="application/json")
    assert 400 <= answer.status_code < 500
    assert answer.json and len(answer.json["error"]) > 20


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 50_000, b'{"text": "a\\ud800b"}', b'{"\\uDFFF": 1}'])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/api/articles"), ("POST", "/api/feeds"), ("PUT", "/api/reading"), ("PUT", "/api/articles/a/parts/b")],
)
def test_json_of_any_depth_or_with_half_characters_is_refused(
    client: FlaskClient, method: str, path: str, body: bytes
) -> None:
    answer = client.open(path, method=method, data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json and len(answer.json["error"]) > 20


def test_fifty_megabytes_are_refused(client: FlaskClient) -> None:
    answer = _upload(client, "a.txt", bytes(50_000_000))
    assert answer.status_code == 413
    _has_a_sentence(answer.get_data(as_text=True))


def _upload(client: FlaskClient, name: str, body: bytes) -> TestResponse:
    """Sends a form as a browser does. (The test client's own way leaves a temporary file open.)"""
    head = f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    data = head.encode() + body + b"\r\n--edge--\r\n"
    return client.post("/add", data=data, content_type="multipart/form-data; boundary=edge")


ADVICE = ("aste ", "Save it as", "Fill in", "Give ", "Only addresses", "Check the address", "Put line breaks")


def _has_a_sentence(text: str) -> None:
    assert "Traceback" not in text
    assert any(words in text for words in ADVICE)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/articles/nothing", 404),
        ("/audio/nothing.mp3", 404),
        ("/audio/../library.sqlite", 404),
        ("/audio/%2e%2e%2flibrary.sqlite", 404),
        ("/transcripts/nothing.vtt", 404),
        ("/speaker/latest.mp3", 404),
        ("/api/articles/nothing", 404),
        ("/nowhere", 404),
    ],
)
def test_what_is_not_there_is_told(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_a_feed_of_any_number_is_not_there(client: FlaskClient) -> None:
    assert client.delete("/api/feeds/" + "9" * 30).status_code == 404
    assert client.post("/feeds/9223372036854775808/remove").status_code == 404
