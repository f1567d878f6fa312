"""The mail drop: a letter that comes into a maildir becomes articles, and its sender gets the finished audio's address.

Letters are read from the maildir and marked as seen there; answers are laid into its subfolder Answers, and sent from
there when a mail server is configured. So an answer that cannot be sent now is sent later. Each step may be the last
before the process is killed: a letter is taken in again until it is marked, and finds what it brought; its answer has a
name of its own in Answers. Only one that the mail server took just before the kill goes out again, as the same message.
"""

from __future__ import annotations

import hashlib
import logging
import re
import smtplib
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import formatdate, parseaddr
from pathlib import Path

from voice_app.desks.ground import Ground
from voice_app.desks.intake import WORDS_BESIDE_A_LINK, Intake, addresses_in
from voice_app.desks.letterbox import Letterbox
from voice_app.errors import ArticleNotFoundError, InputError
from voice_app.ingest.decode import text_of
from voice_app.ingest.mail import envelope
from voice_app.library.store import Letter
from voice_app.model import Article, ArticleState

log = logging.getLogger(__name__)

ANSWERS = ".Answers"  # as maildirs name their subfolders
MAX_LETTERS = 20  # in one look, so that a flood does not keep answers waiting
SMTP_SECONDS = 30.0
MAX_SUBJECT_CHARS = 200
DELETED = "An article of this letter was deleted meanwhile."
_OVER = (ArticleState.DONE, ArticleState.PROBLEM)
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]{1,253}")
_MESSAGE_ID = re.compile(r"<[!-;=?-Z^-~]{1,250}>")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


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
        self._take_in(Letterbox(Path(folder)))
        answers = Letterbox(Path(folder) / ANSWERS)
        self._answer(answers)
        self._send(answers)

    # -- taking in --------------------------------------------------------------------------

    def _take_in(self, box: Letterbox) -> None:
        for path in box.unseen()[:MAX_LETTERS]:
            try:
                if path.stat().st_size <= self._ground.config.fetch.max_bytes:
                    self._letter(path.read_bytes())
                else:
                    log.info("letter ignored, too large")
            except FileNotFoundError:  # another program moved it just now
                continue
            except OSError as problem:  # one that cannot be read keeps no other waiting
                log.warning("letter not read error=%s", type(problem).__name__)
                continue
            box.mark_seen(path)

    def _letter(self, body: bytes) -> None:
        digest = hashlib.sha256(body).hexdigest()
        try:
            message = envelope.message_of(body)
        except InputError:
            log.info("letter ignored, damaged")
            return
        sender = parseaddr(envelope.header(message, "From"))[1].lower()
        if not self._is_welcome(sender) or _is_automatic(message):
            log.info("letter ignored")
            return
        if self._ground.library.letters.knows(digest):
            return
        articles, problems = self._articles(message, body)
        self._ground.library.letters.add(
            Letter(
                digest=digest,
                message_id=_matching(_MESSAGE_ID, envelope.header(message, "Message-ID")),
                sender=sender,
                subject=_line(envelope.header(message, "Subject"))[:MAX_SUBJECT_CHARS],
                articles=tuple(article.id for article in articles),
                problems=tuple(problems),
            )
        )
        log.info("letter taken in articles=%d problems=%d", len(articles), len(problems))

    def _articles(self, message: Message, body: bytes) -> tuple[list[Article], list[str]]:
        """A letter that only names addresses asks for these; any other is an article itself, with what is attached."""
        try:
            text, has_parts = self._text(message), any(map(envelope.is_attached, envelope.leaves(message)))
            if (addresses := addresses_in(text)) and len(text.split()) <= WORDS_BESIDE_A_LINK and not has_parts:
                added = self._intake.add_all(addresses=addresses)
                return list(added.articles), [f"{one.name}: {one.why}" for one in added.problems]
            return list(self._intake.add_file("mail.eml", body, "message/rfc822")), []
        except InputError as problem:
            return [], [str(problem)]

    def _text(self, message: Message) -> str:
        """The letter's text without the signature, as far as it can be decoded. Raises InputError."""
        parts = envelope.texts(message)
        sources = (
            replace(self._ground.given("letter", envelope.payload(part)), charset=envelope.charset(part))
            for part in parts
        )
        return "\n".join(map(text_of, sources)).partition("\n-- \n")[0]

    def _is_welcome(self, sender: str) -> bool:
        """Only those on the list are served: anybody can write a letter, and each one costs work and an answer."""
        settings = self._ground.config.mail
        wanted = [name.lower() for name in settings.senders]
        is_wanted = sender in wanted or f"@{sender.rpartition('@')[2]}" in wanted
        return is_wanted and sender != settings.address.lower() and _ADDRESS.fullmatch(sender) is not None

    # -- answering --------------------------------------------------------------------------

    def _answer(self, answers: Letterbox) -> None:
        library = self._ground.library
        for letter in library.letters.open():
            articles = [self._article(article_id) for article_id in letter.articles]
            if all(article is None or article.state in _OVER or article.removed_at for article in articles):
                answers.put(letter.digest, self._composed(letter, articles).as_bytes())
                library.letters.answered(letter.digest, self._ground.clock())
                log.info("letter answered articles=%d", len(articles))

    def _article(self, article_id: int) -> Article | None:
        """None when it was deleted for good."""
        with suppress(ArticleNotFoundError):
            return self._ground.library.by_id(article_id)
        return None

    def _composed(self, letter: Letter, articles: list[Article | None]) -> EmailMessage:
        answer = EmailMessage()
        answer["From"] = self._ground.config.mail.address
        answer["To"] = letter.sender
        answer["Subject"] = f"Re: {letter.subject}" if letter.subject else "Your article"
        answer["Date"] = formatdate(usegmt=True)
        answer["Message-ID"] = f"<{letter.digest[:40]}@voice-app.invalid>"
        answer["Auto-Submitted"] = "auto-replied"
        if letter.message_id:
            answer["In-Reply-To"] = answer["References"] = letter.message_id
        parts = [*(self._about(article) for article in articles), *letter.problems]
        answer.set_content("\n\n".join(parts) + "\n")
        return answer

    def _about(self, article: Article | None) -> str:
        """What became of one article: its title, its page and its sound, or what went wrong."""
        if article is None or article.removed_at:
            return DELETED
        server = self._ground.config.server
        site = (server.public_url or f"http://{server.host}:{server.port}").rstrip("/")
        lines = [_line(article.title)]
        if article.state is ArticleState.PROBLEM:
            lines += [f"Problem: {article.problem}"]
        elif audio := self._ground.library.audio(article.id):
            minutes = max(1, round(audio.seconds / 60))
            lines += [f"{minutes} minute{'s' * (minutes != 1)}", f"Listen: {site}/audio/{audio.file}"]
        return "\n".join([*lines, f"Page: {site}/articles/{article.slug}"])

    # -- sending ----------------------------------------------------------------------------

    def _send(self, answers: Letterbox) -> None:
        """Hand unsent answers to the mail server. One that it does not take now waits for the next look; one that it
        will never take is put with those that were sent, so that it keeps no other waiting."""
        settings = self._ground.config.mail
        waiting = answers.unseen() if settings.smtp_host else []
        if not waiting:
            return
        try:
            with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=SMTP_SECONDS) as server:
                for path in waiting:
                    if _is_over(server, message_from_bytes(path.read_bytes(), policy=policy.default)):
                        answers.mark_seen(path)
        except (smtplib.SMTPException, OSError) as problem:
            log.warning("answers not sent count=%d error=%s", len(waiting), type(problem).__name__)


def _is_over(server: smtplib.SMTP, message: Message) -> bool:
    """Send it. False when the server says to try again later."""
    try:
        server.send_message(message)
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPRecipientsRefused as problem:
        code = min(code for code, _ in problem.recipients.values())
    except smtplib.SMTPResponseException as problem:
        code = problem.smtp_code
    else:
        return True
    log.warning("answer refused code=%d", code)
    return int(code) >= 500


def _matching(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group() if found else ""


def _line(text: str) -> str:
    """Text of a letter as it can stand in another one's header."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _is_automatic(message: Message) -> bool:
    """Mailing lists, robots and other automatic answers get none: two robots would write to each other for ever."""
    is_robot = (envelope.header(message, "Auto-Submitted") or "no").lower() != "no"
    is_list = any(
        envelope.header(message, name) for name in ("List-Id", "List-Unsubscribe", "X-Auto-Response-Suppress")
    )
    return is_robot or is_list or envelope.header(message, "Precedence").lower() in ("bulk", "list", "junk")
