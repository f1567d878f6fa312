"""What a page says after a form was sent: the address names it, so that it needs no script, cookie or session."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from voice_app.model import ArticleState
from voice_app.publish.tongue import gettext, later
from voice_app.publish.web import words

if TYPE_CHECKING:
    from voice_app.model import ArticlePage, Audiobook

_OF_SITE = {
    "saved": later("Saved. What changes is narrated now, only the new sentences."),
    "watched": later("It is watched now. Its newest entries become articles in a moment."),
    "unwatched": later("The feed is not watched any more. Its articles stay."),
}
_OF_ARTICLE = {
    "known": (later("You added this before, so it was not added again. Here it is."),) * 2,
    "back": (later("It is back in the library."),) * 2,
    "styled": (later("Saved. Only what changes is narrated again."), later("Saved. The sound is as you chose.")),
    "read": (later("That part is read too. It is narrated now."), later("That part is read now.")),
    "looking": (later("Saved."),) * 2,
}
"""While the narration is on its way, and when it is done."""
_BY_THE_BUTTON = {
    "add": later("It is in the queue now."),
    "next": later("It is the next one in the queue now."),
    "remove": later("It was taken out of the queue."),
    "liked": later("It is one of your favourites now."),
    "unliked": later("It is no favourite any more."),
    "heard": later("It is marked as heard."),
    "unheard": later("It is marked as not heard."),
    "tagged": later("The topic was added."),
    "untagged": later("The topic was taken away."),
}
_AT_ONCE = timedelta(minutes=1)
"""What was noted no longer before the last look than this was found by it."""


def of_site(name: str) -> str:
    """The sentence for a page that is about no article."""
    return gettext(_OF_SITE.get(name, ""))


def by_the_button(name: str) -> str:
    """The sentence beside a button that changes one article, on its page or in a list."""
    return gettext(_BY_THE_BUTTON.get(name, ""))


def of_article(name: str, page: ArticlePage) -> str:
    """The sentence for an article's page; empty when there is nothing to say."""
    if name == "checked":
        return _checked(page)
    while_busy, done = _OF_ARTICLE.get(name, ("", ""))
    return gettext(while_busy if words.is_busy(page.article) else done)


def of_audiobook(name: str, book: Audiobook | None) -> str:
    """The sentence above an article's downloads when its audiobook was asked for there."""
    if name != "audiobook" or book is None:
        return ""
    if book.is_asked:
        return gettext("The audiobook is asked for. Its link comes here when it is made.")
    return gettext("The audiobook could not be made.") if book.problem else gettext("The audiobook is ready.")


def _checked(page: ArticlePage) -> str:
    article = page.article
    if article.state in (ArticleState.WAITING, ArticleState.READING) or article.checked_at is None:
        return gettext("The original is looked at now. What you have stays until there is something new.")
    if page.watch and page.watch.trouble:
        return gettext("The original was looked at.")
    if page.changes and article.checked_at - page.changes[0].at < _AT_ONCE:
        return gettext("The original has changed: %(change)s.", change=words.change(page.changes[0]))
    return gettext("The original has not changed.")
