"""How one article is read: the listener's style, and what a person changed by hand; and how its source changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from voice_app.model.document import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A person's change to how one sentence is said; `spoken` None leaves the sentence out.

    `written` is the sentence as it stood when it was changed, for people: `sentence_id` alone decides where it belongs.
    """

    sentence_id: str
    written: str
    spoken: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A person's word on one block: read it although it would not be, or leave it out although it would be read."""

    block_id: str
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that decides how a document is read, beside the document itself."""

    style: Style = field(default_factory=Style)
    choices: tuple[Choice, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One sentence that is another now. Without `old` it was added, without `new` it was taken away."""

    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differed when an article was read again, in the order of the text.

    `sentences` holds the first ones only when there are very many; the three numbers count all of them.
    """

    at: datetime
    changed: int
    added: int
    removed: int
    sentences: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How an article's address is looked at for changes. `every_hours` None follows the setting, 0 means never.

    `trouble` says why the old text was kept at the last look; it is empty when the site still shows the article.
    """

    every_hours: int | None = None
    trouble: str = ""
