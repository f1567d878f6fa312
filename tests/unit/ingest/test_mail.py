"""Mail: the message's own text, who wrote it, and what is attached."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

import pytest

from voice_app import config
from voice_app.errors import EmptyInputError, InputError, LockedFileError, NoArticleError
from voice_app.ingest.formats import mail
from voice_app.ingest.reader import Reader
from voice_app.model import BlockKind, Document, Source, Treatment

MAILS = Path(__file__).parents[2] / "data" / "mails"
HEAD = "From: Ana Writer <ana@example.org>\nSubject: Tea\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n"


def source(body: str | bytes) -> Source:
    raw = body if isinstance(body, bytes) else body.encode()
    return Source(origin="a.eml", media_type="message/rfc822", body=raw, fetched_at=datetime.now(UTC))


def read(body: str | bytes) -> Document:
    return mail.read(source(body))


def of_file(name: str) -> Document:
    return read((MAILS / name).read_bytes())


def texts(found: Document) -> list[str]:
    return [b.text or b.alt for b in found.kept]


def reasons(found: Document) -> dict[str, str]:
    return {b.text: b.reason for b in found.blocks if b.treatment is Treatment.SKIPPED}


def test_a_message_of_thunderbird() -> None:
    found = of_file("thunderbird.eml")
    assert (found.title, found.byline, found.published, found.language) == (
        "The bridge sings – and the café is open",
        "Ana Writer (Brücke)",
        date(2026, 3, 8),
        "en-GB",
    )
    assert [(b.kind, (b.text or b.alt)[:16]) for b in found.kept] == [
        (BlockKind.HEADING, "The bridge sings"),
        (BlockKind.PARAGRAPH, "Hello Jo,"),
        (BlockKind.PARAGRAPH, "the new bridge i"),
        (BlockKind.FIGURE, "The bridge in th"),
        (BlockKind.ITEM, "The span is 120 "),
        (BlockKind.ITEM, "It cost 4 millio"),
        (BlockKind.TABLE, ""),
        (BlockKind.PARAGRAPH, "The engineers sa"),
    ]
    assert found.kept[6].rows == (("Wind", "Tone"), ("10 m/s", "A"), ("20 m/s", "C"))
    left = reasons(found)
    assert left["Pläne der Brücke.pdf"] == left["evening.png"] == "attachment"
    assert left["-- Ana Writer Bridge Society of the Valley"] == "signature"
    assert found.receipt.total == len(found.blocks)


def test_the_attachment_of_thunderbird_is_a_source_of_its_own() -> None:
    reader = Reader(config.Fetch())
    (file,) = reader.attached(source((MAILS / "thunderbird.eml").read_bytes()))
    assert (file.origin, file.media_type, file.body[:8]) == ("Pläne der Brücke.pdf", "application/pdf", b"%PDF-1.4")
    assert reader.attached(Source(origin="a.txt", media_type="", body=b"words", fetched_at=datetime.now(UTC))) == ()


def test_a_message_forwarded_by_apple_mail_is_what_was_forwarded() -> None:
    found = of_file("apple-forward.eml")
    assert (found.title, found.byline, found.published) == ("A garden on a roof", "Mara Gardener", date(2026, 3, 3))
    assert [text[:13] for text in texts(found)] == ["A garden on a", "Two years ago", "Now there are"]
    assert reasons(found)["Worth hearing on your walk."] == "note of who forwarded it"


def test_a_reply_of_outlook_is_read_without_what_it_replies_to() -> None:
    found = of_file("outlook-reply.eml")
    assert (found.title, found.byline, found.language) == ("Brücke gesperrt", "Ana Werner", "de-DE")
    assert texts(found)[-1] == "Viele Grüße"
    assert found.kept[3].rows == (("Tag", "Fähre"), ("Montag", "alle 20 Minuten"))
    left = reasons(found)
    assert left["Ist die Brücke am Montag offen?"] == "quoted message"
    assert left["winmail.dat"] == left["Fahrplan.docx"] == "attachment"


def test_a_newsletter_laid_out_in_tables() -> None:
    found = of_file("newsletter.eml")
    assert [text[:10] for text in texts(found)] == [
        "Three gard",
        "The Roof L",
        "The first ",
        "The second",
        "The third ",
        "Read the w",
    ]
    left = {text[:20]: reason for text, reason in reasons(found).items()}
    assert left["This week: three gar"] == "hidden text"
    assert left["View this email in y"] == "newsletter's footer"
    assert left["You are receiving th"] == left["The Roof Letter, 1 H"] == "newsletter's footer"


def test_plain_text_with_quotes_and_a_signature() -> None:
    body = (
        "Hello,\n\nthe kettle is on.\n\nOn Mon, 2 Mar 2026, Bob <bob@example.org> wrote:\n> Is it?\n>\n> Really?\n\n"
        "Come soon.\n\n-- \nAna\nTea House\n"
    )
    found = read(f"{HEAD}\n{body}")
    assert texts(found) == ["Tea", "Hello,", "the kettle is on.", "Come soon."]
    assert set(reasons(found).values()) == {"quoted message", "signature"}
    assert (found.byline, found.published) == ("Ana Writer", date(2026, 3, 3))


def test_flowed_lines_are_one_paragraph() -> None:
    flowed = "The wind came down from the \nhills and sang.\n\nThe end.\n"
    found = read(f"{HEAD}Content-Type: text/plain; charset=utf-8; format=flowed\n\n{flowed}")
    assert texts(found) == ["Tea", "The wind came down from the hills and sang.", "The end."]


@pytest.mark.parametrize(
    ("subject", "title"),
    [("Re: AW: Fwd: The bridge", "The bridge"), ("TR : Le pont", "Le pont"), ("Report: a bridge", "Report: a bridge")],
)
def test_a_title_is_a_subject_without_its_prefixes(subject: str, title: str) -> None:
    assert read(f"From: a@example.org\nSubject: {subject}\n\nThe words of it.\n").title == title


@pytest.mark.parametrize(
    "raw",
    [
        f"{HEAD}Content-Type: text/plain; charset=iso-8859-1\n\nDas Café ist auf.\n".encode(),
        f"{HEAD}Content-Type: text/plain; charset=utf-8\n\nDas Café ist auf.\n".encode("cp1252"),
        f"{HEAD}Content-Type: text/plain; charset=no-such-thing\n\nDas Café ist auf.\n".encode(),
        f"{HEAD}\nDas Café ist auf.\n".encode(),
        f"From ana Tue Mar  3 10:00:00 2026\n{HEAD}\nDas Café ist auf.\n".encode(),
        f"{HEAD}Content-Transfer-Encoding: base64\n\nRGFzIENhZsOpIGlzdCBhdWYu\n".encode(),
        f"{HEAD}Content-Transfer-Encoding: base64\n\nRGFzIENhZsOpIGlzdCBhdWYu=\n".encode(),
        f"{HEAD}Content-Transfer-Encoding: quoted-printable\n\nDas Caf=C3=A9 ist=\n auf.\n".encode(),
    ],
)
def test_charsets_and_encodings_that_are_wrong(raw: bytes) -> None:
    assert texts(read(raw)) == ["Tea", "Das Café ist auf."]


@pytest.mark.parametrize("raw", ["Café".encode(), "Café".encode("cp1252"), b"=?utf-8?q?Caf=C3=A9?="])
def test_a_subject_in_any_spelling(raw: bytes) -> None:
    assert read(b"From: a@example.org\nSubject: " + raw + b"\n\nThe words of it.\n").title == "Café"


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (f"{HEAD}\n\n", EmptyInputError),
        (f"{HEAD}\n> all of it\n> is quoted\n", None),
        (f"{HEAD}Content-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIAGCSq\n", LockedFileError),
        (f'{HEAD}Content-Type: multipart/encrypted; boundary="b"\n\n--b\n\nx\n--b--\n', LockedFileError),
        (f"{HEAD}\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n", LockedFileError),
        (
            f'{HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n--b\n\nno\n--b--\n',
            NoArticleError,
        ),
    ],
)
def test_what_cannot_be_read_says_why(raw: str, error: type[InputError] | None) -> None:
    if error is None:
        assert read(raw).kept
        return
    with pytest.raises(error):
        read(raw)


def test_messages_in_messages_are_followed_three_deep() -> None:
    inner = "From: a@example.org\nSubject: Deepest\n\nThe words of it.\n"
    for n in range(5):
        inner = (
            f"From: a@example.org\nSubject: Level {n}\nContent-Type: multipart/mixed; "
            f'boundary="b{n}"\n\n--b{n}\n\nSee below.\n'
            f"--b{n}\nContent-Type: message/rfc822\n\n{inner}\n--b{n}--\n"
        )
    found = mail.attached(source(inner))
    assert [file.origin for file in found] == ["Level 3.eml", "Level 2.eml", "Level 1.eml"]
    assert mail.read(found[0]).title == "Level 3"


def test_no_more_than_twenty_files_are_taken() -> None:
    part = "--b\nContent-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nWords.\n"
    found = mail.attached(source(f'{HEAD}Content-Type: multipart/mixed; boundary="b"\n\n{part * 30}--b--\n'))
    assert len(found) == 20


def _nested(depth: int) -> str:
    return "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)) + "\nx"


HOSTILE = {
    "headers": "".join(f"X-{n}: a\n" for n in range(100_000)) + "\nbody",
    "one long header": "Subject: " + "=?utf-8?q?a?= " * 70_000 + "\n\nbody",
    "parameters": "Content-Type: text/plain; " + "a*0=b; " * 140_000 + "\n\nbody",
    "parts": "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\n\nx\n" * 10_000,
    "nested parts": _nested(79),
    "parts nested too deeply": _nested(3_000),
    "messages": "Content-Type: message/rfc822\n\n" * 30_000,
    "quotes": f"{HEAD}\n" + "> " * 500_000 + "a\n",
    "tables": f"{HEAD}Content-Type: text/html\n\n" + "<table><tr><td>" * 60_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_answered_or_refused_in_time(name: str) -> None:
    start = process_time()
    with contextlib.suppress(InputError):
        read(HOSTILE[name])
    assert process_time() - start < 4  # seconds of the processor; half of it on a quiet machine
