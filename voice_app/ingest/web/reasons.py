"""Why a block of a page is not the article, in words for the receipt."""

from __future__ import annotations

from voice_app.ingest.web.places import Place

LINKS = "links to other pages"
OTHER = "not part of the article"
_LINK_SHARE = 0.6


def reason_for(place: Place, link_share: float) -> str:
    """The nearest thing around a block that says what it is."""
    return place.reason or (LINKS if link_share > _LINK_SHARE else OTHER)
