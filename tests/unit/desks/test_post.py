"""The mail drop: a letter comes in, its article is made, and the answer brings the sound's address."""

from __future__ import annotations

import mailbox
import socket
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.unit.desks.conftest import House

TEXT = "The path begins at the mill and follows the river.\n\nAt the weir it turns north.\n"


class Sink:
    """Keeps what the mail server was given; refuses as often as it was told to."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.refusals = 0
        self.port = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.refusals:
            self.refusals -= 1
            return "451 Try again later"
        self.got.append(envelope)
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[Sink]:
    made = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        made.port = free.getsockname()[1]
    controller = Controller(made, hostname="127.0.0.1", port=made.port)
    controller.start()
    yield made
    controller.stop()


@pytest.fixture
def maildir(tmp_path: Path) -> mailbox.Maildir:
    return mailbox.Maildir(tmp_path / "mail", create=True)


@pytest.fixture
def house(make_house: Callable[..., House], maildir: mailbox.Maildir, tmp_path: Path) -> House:
    return make_house(
        mail__folder=str(tmp_path / "mail"),
        mail__senders="reader@example.org,@friends.example",
        server__public_url="https://listen.example.org",
    )


def letter(text: str = TEXT, *, sender: str = "Ada <Reader@example.org>", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "voice@example.org", "A walk"
    message["Message-ID"], message["Date"] = "<one@example.org>", "Tue, 3 Mar 2026 10:00:00 +0000"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def answers(maildir: mailbox.Maildir) -> list[Any]:
    return list(mailbox.Maildir(maildir._path, create=False).get_folder("Answers"))  # type: ignore[attr-defined]


def test_the_answer_brings_the_address_of_the_sound(house: House, maildir: mailbox.Maildir) -> None:
    maildir.add(letter().as_bytes())
    house.studio.post.look()
    assert answers(maildir) == []
    house.work()
    house.studio.post.look()
    (answer,) = answers(maildir)
    (article,) = house.studio.articles()
    audio = house.studio.page(article.slug).audio
    assert audio
    text = answer.get_payload(decode=True).decode()
    assert f"https://listen.example.org/audio/{audio.file}" in text
    assert f"https://listen.example.org/articles/{article.slug}" in text
    assert (answer["To"], answer["Subject"], answer["In-Reply-To"]) == (
        "reader@example.org",
        "Re: A walk",
        "<one@example.org>",
    )
    assert answer["Auto-Submitted"] == "auto-replied"


def test_each_letter_is_taken_and_answered_once(house: House, maildir: mailbox.Maildir) -> None:
    maildir.add(letter().as_bytes())
    for _ in range(3):
        house.studio.post.look()
        house.work()
    maildir.add(letter().as_bytes())  # delivered twice, as mail servers do
    house.studio.post.look()
    assert len(answers(maildir)) == 1
    assert len(house.studio.articles()) == 1


def test_a_letter_with_an_address_asks_for_what_is_behind_it(house: House, maildir: mailbox.Maildir) -> None:
    maildir.add(letter("Please read me this:\nhttp://127.0.0.1/secret\n-- \nAda Marsh, Harbour Street 3\n").as_bytes())
    house.studio.post.look()
    (answer,) = answers(maildir)
    assert "private network" in answer.get_payload(decode=True).decode()
    assert house.studio.articles() == ()


def test_attached_files_become_articles(house: House, maildir: mailbox.Maildir) -> None:
    message = letter("Here are the two texts that we talked about on Monday at the harbour, please have a listen.\n")
    for name, text in (
        ("bread.md", "# Bread\n\nFlour, water and salt.\n"),
        ("tea.txt", "Tea\n\nBlack tea needs four minutes.\n"),
    ):
        message.add_attachment(text.encode(), maintype="text", subtype="plain", filename=name)
    maildir.add(message.as_bytes())
    house.studio.post.look()
    house.work()
    house.studio.post.look()
    (answer,) = answers(maildir)
    text = answer.get_payload(decode=True).decode()
    assert "Bread" in text
    assert "Tea" in text


@pytest.mark.parametrize(
    "message",
    [
        letter(sender="stranger@elsewhere.example"),
        letter(sender=""),
        letter(sender="reader@example.org.evil.example"),
        letter(Auto_Submitted="auto-generated"),
        letter(List_Id="<news.example.org>"),
        letter(Precedence="bulk"),
    ],
)
def test_strangers_and_robots_get_no_answer(house: House, maildir: mailbox.Maildir, message: EmailMessage) -> None:
    maildir.add(message.as_bytes())
    house.studio.post.look()
    assert answers(maildir) == []
    assert house.studio.articles() == ()


def test_a_whole_domain_may_be_welcome(house: House, maildir: mailbox.Maildir) -> None:
    maildir.add(letter(sender="jo@friends.example").as_bytes())
    house.studio.post.look()
    assert len(house.studio.articles()) == 1


def test_a_letter_that_cannot_be_read_is_answered_with_the_reason(house: House, maildir: mailbox.Maildir) -> None:
    maildir.add(letter(" \n").as_bytes())
    maildir.add(b"From: reader@example.org\nSubject: Nothing\n\n")
    house.studio.post.look()
    assert len(answers(maildir)) == 2
    assert house.studio.articles() == ()


def test_an_answer_that_the_mail_server_refuses_is_sent_later_and_once(
    make_house: Callable[..., House], maildir: mailbox.Maildir, sink: Sink, tmp_path: Path
) -> None:
    sink.refusals = 1
    house = make_house(
        mail__folder=str(tmp_path / "mail"),
        mail__senders="reader@example.org",
        mail__address="voice@example.org",
        mail__smtp_host="127.0.0.1",
        mail__smtp_port=sink.port,
    )
    maildir.add(letter().as_bytes())
    house.studio.post.look()
    house.work()
    house.studio.post.look()
    assert sink.got == []
    house.studio.post.look()
    house.studio.post.look()
    (sent,) = sink.got
    assert (sent.mail_from, sent.rcpt_tos) == ("voice@example.org", ["reader@example.org"])


def test_without_a_maildir_nothing_is_made(make_house: Callable[..., House], tmp_path: Path) -> None:
    make_house().studio.post.look()
    assert list(tmp_path.iterdir()) == []
