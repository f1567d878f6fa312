"""The mail drop: a letter that comes into a maildir becomes articles, and its sender gets the finished audio's address.

Letters are read from the maildir and marked as seen there; answers are laid into its subfolder Answers, and sent from
there when a mail server is configured. So an answer that cannot be sent now is sent later, and none is sent twice.
"""

from __future__ import annotations

import hashlib
import logging
import mailbox
import smtplib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr

from voice_app.desks.ground import Ground
from voice_app.desks.intake import WORDS_BESIDE_A_LINK, Intake, addresses_in
from voice_app.errors import InputError
from voice_app.library.store import Letter
from voice_app.model import Article, ArticleState

log = logging.getLogger(__name__)

ANSWERS = "Answers"
MAX_LETTERS = 20  # in one look, so that a flood does not keep answers waiting
SMTP_SECONDS = 30.0


class Post:
    """Takes letters in, and answers them when their articles are done. Off while no maildir is configured."""

    def __init__(self, ground: Ground, intake: Intake) -> None:
        self._ground = ground
        self._intake = intake

    def look(self) -> None:
        """Take in what came, answer what is done, send what waits."""
        folder = self._ground.config.mail.folder
        if not folder:
            return
        box = mailbox.Maildir(folder, factory=None, create=True)
        try:
            self._take_in(box)
            self._answer(box.add_folder(ANSWERS))
            self._send(box.get_folder(ANSWERS))
        finally:
            box.close()

    # -- taking in --------------------------------------------------------------------------

    def _take_in(self, box: mailbox.Maildir) -> None:
        for name in sorted(_unseen(box))[:MAX_LETTERS]:
            body = box.get_bytes(name)
            if len(body) <= self._ground.config.fetch.max_bytes:
                self._letter(body)
            message = box.get_message(name)
            message.set_subdir("cur")
            message.add_flag("S")
            box[name] = message

    def _letter(self, body: bytes) -> None:
        digest = hashlib.sha256(body).hexdigest()
        message = message_from_bytes(body, policy=policy.default)
        sender = parseaddr(str(message.get("From", "")))[1].lower()
        if not self._is_welcome(sender) or _is_automatic(message):
            log.info("letter ignored")
            return
        if self._ground.library.letters.knows(digest):
            return
        articles, problems = self._articles(message, body)
        self._ground.library.letters.add(
            Letter(
                digest=digest,
                message_id=str(message.get("Message-ID", "")).strip(),
                sender=sender,
                subject=" ".join(str(message.get("Subject", "")).split()),
                articles=tuple(article.id for article in articles),
                problems=tuple(problems),
            )
        )
        log.info("letter taken in articles=%d problems=%d", len(articles), len(problems))

    def _articles(self, message: EmailMessage, body: bytes) -> tuple[list[Article], list[str]]:
        """A letter that only names addresses asks for these; any other is an article itself, with what is attached."""
        text, has_parts = _plain(message), any(message.iter_attachments())
        if (addresses := addresses_in(text)) and len(text.split()) <= WORDS_BESIDE_A_LINK and not has_parts:
            added = self._intake.add_all(addresses=addresses)
            return list(added.articles), [f"{one.name}: {one.why}" for one in added.problems]
        try:
            return list(self._intake.add_file("mail.eml", body, "message/rfc822")), []
        except InputError as problem:
            return [], [str(problem)]

    def _is_welcome(self, sender: str) -> bool:
        """Only those on the list are served: anybody can write a letter, and each one costs work and an answer."""
        wanted = [name.lower() for name in self._ground.config.mail.senders]
        return "@" in sender and (sender in wanted or f"@{sender.rpartition('@')[2]}" in wanted)

    # -- answering --------------------------------------------------------------------------

    def _answer(self, answers: mailbox.Maildir) -> None:
        library = self._ground.library
        for letter in library.letters.open():
            articles = [library.by_id(article_id) for article_id in letter.articles]
            if all(article.state in (ArticleState.DONE, ArticleState.PROBLEM) for article in articles):
                answers.add(self._composed(letter, articles).as_bytes())
                library.letters.answered(letter.digest, self._ground.clock())
                log.info("letter answered articles=%d", len(articles))

    def _composed(self, letter: Letter, articles: list[Article]) -> EmailMessage:
        answer = EmailMessage()
        answer["From"] = self._ground.config.mail.address
        answer["To"] = letter.sender
        answer["Subject"] = f"Re: {letter.subject}" if letter.subject else "Your article"
        answer["Date"] = formatdate(usegmt=True)
        answer["Message-ID"] = make_msgid(domain="voice-app.invalid")
        answer["Auto-Submitted"] = "auto-replied"
        if letter.message_id:
            answer["In-Reply-To"] = answer["References"] = letter.message_id
        parts = [*(self._about(article) for article in articles), *letter.problems]
        answer.set_content("\n\n".join(parts) + "\n")
        return answer

    def _about(self, article: Article) -> str:
        """What became of one article: its title, its page and its sound, or what went wrong."""
        server = self._ground.config.server
        site = (server.public_url or f"http://{server.host}:{server.port}").rstrip("/")
        lines = [article.title]
        if article.state is ArticleState.PROBLEM:
            lines += [f"Problem: {article.problem}"]
        elif audio := self._ground.library.audio(article.id):
            minutes = max(1, round(audio.seconds / 60))
            lines += [f"{minutes} minute{'s' * (minutes != 1)}", f"Listen: {site}/audio/{audio.file}"]
        return "\n".join([*lines, f"Page: {site}/articles/{article.slug}"])

    # -- sending ----------------------------------------------------------------------------

    def _send(self, answers: mailbox.Maildir) -> None:
        """Hand unsent answers to the mail server. One that it does not take now waits for the next look."""
        settings = self._ground.config.mail
        waiting = sorted(_unseen(answers)) if settings.smtp_host else []
        if not waiting:
            return
        try:
            with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SMTP_SECONDS) as server:
                for name in waiting:
                    message = answers.get_message(name)
                    server.send_message(message)
                    message.set_subdir("cur")
                    message.add_flag("S")
                    answers[name] = message
        except (smtplib.SMTPException, OSError) as problem:
            log.warning("answers not sent count=%d error=%s", len(waiting), type(problem).__name__)


def _unseen(box: mailbox.Maildir) -> Iterator[str]:
    return (name for name, message in box.iteritems() if "S" not in message.get_flags())


def _is_automatic(message: EmailMessage) -> bool:
    """Mailing lists, robots and other automatic answers get none: two robots would write to each other for ever."""
    is_robot = str(message.get("Auto-Submitted", "no")).lower() != "no"
    is_list = any(message.get(name) for name in ("List-Id", "List-Unsubscribe", "X-Auto-Response-Suppress"))
    return is_robot or is_list or str(message.get("Precedence", "")).lower() in ("bulk", "list", "junk")


def _plain(message: EmailMessage) -> str:
    """The letter's text without the signature, as far as it can be decoded."""
    part = message.get_body(("plain", "html"))
    try:
        text = str(part.get_content()) if part else ""
    except (LookupError, ValueError, KeyError):
        return ""
    return text.partition("\n-- \n")[0]
