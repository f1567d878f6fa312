"""Where things are on the site, as whole addresses: feeds and playlists are read far from it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Addresses:
    """`base` is the site's own address, without a slash at its end."""

    base: str

    @property
    def site(self) -> str:
        return f"{self.base}/"

    @property
    def feed(self) -> str:
        return f"{self.base}/feed.xml"

    def page(self, slug: str) -> str:
        return f"{self.base}/articles/{slug}"

    def audio(self, name: str) -> str:
        return f"{self.base}/audio/{name}"

    def artwork(self, name: str) -> str:
        return f"{self.base}/artwork/{name}"

    def captions(self, slug: str) -> str:
        return f"{self.base}/transcripts/{slug}.vtt"

    def subtitles(self, slug: str) -> str:
        return f"{self.base}/transcripts/{slug}.srt"

    def transcript(self, slug: str) -> str:
        return f"{self.base}/transcripts/{slug}.json"

    def chapters(self, slug: str) -> str:
        return f"{self.base}/chapters/{slug}.json"

    def heard(self, slug: str) -> str:
        return f"{self.base}/api/articles/{slug}/heard"

    @property
    def embed_script(self) -> str:
        return f"{self.base}/embed.js"

    def embed(self, slug: str) -> str:
        return f"{self.base}/embed/{slug}"

    def oembed(self, slug: str) -> str:
        """What oEmbed says of the article's page."""
        return f"{self.base}/oembed?{urlencode({'url': self.page(slug)})}"
