"""What a message has around its text, whether it came as mail or was pasted: headers, what is quoted from the message
before, the signature, the lines that a newsletter must have, and what a forwarded message says about itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from voice_app.ingest.article import dropped
from voice_app.model import Block, BlockKind, Treatment

HEADERS, QUOTED, SIGNATURE, FOOTER, COVER = (
    "message header", "quoted message", "signature", "newsletter's footer", "note of who forwarded it",
)  # fmt: skip
_PREFIX = re.compile(
    r"^\s*(?:(?:re|fwd?|aw|wg|tr|rv|rif|sv|vs|vb|antw|doorst|enc|res|ynt|odp|pd|ré|réf|i|r|转发|答复"
    r"|回复)(?:\[\d+\])?\s*[:：]\s*"
    r"|\[[\w .-]{1,30}\]\s*(?=(?:re|fwd?|aw|wg)\s*:))+", re.I,
)  # fmt: skip
_FORWARDED_SUBJECT = re.compile(r"^\s*(?:fwd?|wg|tr|rv|enc|vb|doorst|i|转发)\s*[:：]", re.I)
_NAMES = {
    "from": "from|von|de|da|van|från|fra|od|от|发件人",
    "date": "date|sent|datum|gesendet|envoyé|fecha|enviado|data|inviato|verzonden|skickat|dato|wysłano|дата|发送时间",
    "subject": "subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|temat|тема|主题",
    "to": "to|cc|bcc|reply-to|an|kopie|antwort an|à|para|a|aan|till|til|do|кому|message-id|x-[\\w-]+"
    "|mime-version|content-[\\w-]+|list-[\\w-]+|return-path|received|importance|wichtigkeit|attachments?|anlagen|收件人",
}  # fmt: skip
_HEADER = {name: re.compile(rf"^\*?(?:{words})\*?\s?[:：]\*?\s*(.*)$", re.I) for name, words in _NAMES.items()}
_FORWARD = re.compile(
    r"^[-_\s>]*(?:begin\s)?(?:forwarded|original|weitergeleitete|ursprüngliche"
    r"|original\s?e-?mail)[-\s]*(?:message|e-?mail"
    r"|nachricht|post)?\s?:?[-_\s]*$"
    r"|^[-_\s]*(?:anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:réexpédié|transféré)"
    r"|message (?:transféré|d'origine|original)|mensaje (?:reenviado|original)|inicio del mensaje reenviado"
    r"|messaggio (?:inoltrato|originale)|inizio messaggio inoltrato|mensagem (?:encaminhada|original)"
    r"|doorgestuurd bericht|oorspronkelijk bericht|vidarebefordrat meddelande)\s?:?[-_\s]*$",
    re.I,
)
_ATTRIBUTION = re.compile(
    r"^(?:on\b.{6,200}\bwrote|am\b.{6,200}\bschrieb\b.{0,80}|le\b.{6,200}\ba écrit|el\b.{6,200}\bescribió"
    r"|il\b.{6,200}\bha scritto|em\b.{6,200}\bescreveu|op\b.{6,200}\bschreef\b.{0,80}|den\b.{6,200}\bskrev\b.{0,80}"
    r"|.{2,100}<[^<>\s]+@[^<>\s]+>\s?(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|skrev))\s?[:：]?$",
    re.I | re.S,
)
_SENT_WITH = re.compile(
    r"^(?:sent from my|sent from (?:outlook|yahoo|mail)|get outlook for|von meinem .{2,40} gesendet|envoyé de mon"
    r"|enviado desde mi|inviato da(?:l mio)?|verstuurd vanaf|skickat från min)\b.{0,60}$", re.I
)  # fmt: skip
_BROWSER = re.compile(
    r".{0,80}\b(?:(?:view|read|open|see)\b.{0,40}\b(?:browser|online|web page|webpage)|view (?:online|in browser)"
    r"|im browser (?:ansehen|öffnen|anzeigen|lesen)|online[- ]version|voir (?:la version|dans le navigateur)"
    r"|version en ligne|ver en (?:el|tu) navegador|visualizza nel browser|bekijk .{0,20}(?:online|browser))\b.{0,60}",
    re.I,
)
_UNSUBSCRIBE = re.compile(
    r"\b(?:unsubscribe|(?:manage|update|change) (?:your )?(?:email )?(?:preferences|subscription)|opt[- ]out"
    r"|you(?:['’]re| are) receiving this|you received this|why did i get this|newsletter abbestellen"
    r"|abbestellen|abmelden"
    r"|austragen|désabonner|désinscrire|désinscription|darse de baja|cancelar (?:la )?suscripción|dejar de recibir"
    r"|annulla(?:re)? l['’]iscrizione|disiscriver\w*|uitschrijven"
    r"|afmelden|cancelar (?:a )?inscrição|avregistrera)\b", re.I
)  # fmt: skip
_COMPANY = re.compile(r"^(?:Inc|Ltd|LLC|GmbH|AG|Co|Corp|Jr|Sr|PhD|MD)\b\.?", re.I)
_OPENING_BLOCKS = 12
MAX_SIGNATURE_BLOCKS = 12
MAX_FOOTER_WORDS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The blocks of a message with what is not its text left out, and what its headers say."""

    blocks: list[Block]
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def is_message(self) -> bool:
        return bool(self.facts) or any(b.reason in (QUOTED, SIGNATURE) for b in self.blocks)


def subject_without_prefix(subject: str) -> str:
    """ "Fwd: Re: [list] Tea" is about "[list] Tea"."""
    return _PREFIX.sub("", subject).strip() or subject.strip()


def is_forwarded_subject(subject: str) -> bool:
    return bool(_FORWARDED_SUBJECT.match(subject))


def is_attribution(text: str) -> bool:
    """Whether a line says who wrote what is quoted below it."""
    return len(text) < 300 and bool(_ATTRIBUTION.match(text))


def is_forward_mark(text: str) -> bool:
    return len(text) < 90 and bool(_FORWARD.match(text))


def header_of(text: str) -> tuple[str, str] | None:
    """("subject", "Tea") for "Subject: Tea", in several languages."""
    for name, pattern in _HEADER.items():
        match = pattern.match(text) if len(text) < 500 else None
        if match:
            return name, match[1].strip()
    return None


def letter_of(blocks: Sequence[Block], *, subject: str = "", is_mail: bool = False) -> Letter:
    """`subject` is what the mail's own header says; `is_mail` that it is a message for certain."""
    out = list(blocks)
    facts: dict[str, str] = {}
    texts = [i for i, b in enumerate(out) if b.treatment is Treatment.SAID]
    mark = next((i for i in texts if is_forward_mark(out[i].text) and _headers_at(out, i + 1)[1]), None)
    if mark is None and is_forwarded_subject(subject):
        mark = next((i for i in texts if len(_headers_at(out, i)[0]) > 2), None)
    if mark is not None and (is_forwarded_subject(subject) or not subject):
        is_bare = header_of(out[mark].text) is not None
        found, behind = _headers_at(out, mark if is_bare else mark + 1)
        facts = found
        for i in (i for i in texts if i < behind):
            out[i] = dropped(out[i], HEADERS if i >= mark else COVER)
    elif mark is not None:
        out = [dropped(b, QUOTED) if i >= mark else b for i, b in enumerate(out)]
    elif texts:
        found, behind = _headers_at(out, texts[0])
        if len(found) > 1 and ("from" in found or "subject" in found):
            facts = found
            out = [dropped(b, HEADERS) if i < behind else b for i, b in enumerate(out)]
    out = _without_quoted(out)
    is_message = is_mail or bool(facts) or any(b.reason == QUOTED for b in out)
    return Letter(blocks=_without_signature(out, is_message=is_message), facts=facts)


def without_footer(blocks: Sequence[Block]) -> list[Block]:
    """Without the lines of a newsletter about itself: "view in browser" at its head, how to unsubscribe and all below
    it at its foot."""
    out = list(blocks)
    texts = [i for i, b in enumerate(out) if b.treatment is Treatment.SAID]
    for i in texts[:4]:
        if len(out[i].text.split()) < 25 and _BROWSER.fullmatch(out[i].text):
            out[i] = dropped(out[i], FOOTER)
    prose = [i for i in texts if len(out[i].text.split()) > 20 and not _UNSUBSCRIBE.search(out[i].text)]
    half = prose[len(prose) // 2] if prose else -1
    ends = [
        i
        for i in texts
        if i > half and _UNSUBSCRIBE.search(out[i].text) and len(out[i].text.split()) < MAX_FOOTER_WORDS
    ]
    if not ends or ends[0] == texts[0]:
        return out
    return [dropped(b, FOOTER) if i >= ends[0] and b.treatment is Treatment.SAID else b for i, b in enumerate(out)]


def _headers_at(blocks: Sequence[Block], start: int) -> tuple[dict[str, str], int]:
    """The headers in the blocks from `start` on, and the place behind them."""
    facts: dict[str, str] = {}
    at = start
    for i in range(start, min(len(blocks), start + _OPENING_BLOCKS)):
        found = header_of(blocks[i].text)
        if found is None:
            break
        facts.setdefault(*found)
        at = i + 1
    return (facts, at) if len(facts) > 1 else ({}, start)


def _without_quoted(blocks: Sequence[Block]) -> list[Block]:
    """Without what is quoted below a line that says who wrote it."""
    out = list(blocks)
    is_open = False
    for i, block in enumerate(out):
        if block.treatment is not Treatment.SAID:
            continue
        is_named = is_attribution(block.text) and i + 1 < len(out) and out[i + 1].kind is BlockKind.QUOTE
        is_open = is_named or (is_open and block.kind is BlockKind.QUOTE)
        if is_open:
            out[i] = dropped(block, QUOTED)
    return out


def _without_signature(blocks: Sequence[Block], *, is_message: bool) -> list[Block]:
    out = list(blocks)
    texts = [i for i, b in enumerate(out) if b.treatment is Treatment.SAID]
    mark = next((i for i in reversed(texts) if out[i].text in ("--", "-- ", "—")), None)
    behind = [i for i in texts if mark is not None and i > mark]
    if mark is not None and is_message and len(behind) <= MAX_SIGNATURE_BLOCKS:
        for i in (mark, *behind):
            out[i] = dropped(out[i], SIGNATURE)
    if texts and is_message and _SENT_WITH.match(out[texts[-1]].text):
        out[texts[-1]] = dropped(out[texts[-1]], SIGNATURE)
    return out


def byline_of(sender: str) -> str | None:
    """The name in "Ana Writer <ana@example.org>"; an address alone is nobody's name."""
    name = re.sub(r"<[^<>]*>|\[mailto:[^\]]*\]|\([^()]*@[^()]*\)", "", sender).strip().strip("\"'").strip()
    last, comma, first = name.partition(", ")
    if comma and len(first.split()) < 3 and "," not in first and not _COMPANY.search(first):
        name = f"{first} {last}"
    return name if name and "@" not in name else None


def day_of(text: str) -> date | None:
    """The day in a Date header, or in one as people's programs write it."""
    from email.utils import parsedate_to_datetime

    from voice_app.ingest.frontmatter import day

    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return day(text)
