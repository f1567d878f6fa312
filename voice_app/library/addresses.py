"""The one address behind the many spellings of it, for telling whether two of them lead to one article. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

# What senders, advertisers and social networks add to count clicks. It never chooses the article.
_TRACKING = re.compile(
    r"utm_.*|at_(medium|campaign|custom\d|link_.*|format|ptr_name)|(fb|g|dc|ms|y|tw|tt|li_fat_|gb|wb|sc)cl(ick)?id|gbraid|"
    r"wbraid|gad_(source|campaignid)|igsh(id)?|mc_[ce]id|_hs(enc|mi)|mkt_tok|vero_(id|conv)|oly_(enc|anon)_id|wt\.?_?mc.*|"
    r"_g[al]|ref_(src|url)|srsltid|__twitter_impression|guccounter|guce_referrer(_sig)?|s?cmpid|spm|s_cid|smid",
    re.IGNORECASE,
)
_DEFAULT_PORTS = (None, 80, 443)


def canonical(address: str) -> str:
    """Host, path and query as one spelling; empty when it is no web address, or only a site's front page.

    Left out: scheme, user, "www.", default ports, a slash at the end, the fragment (unless it is a route), tracking
    parameters, and the order of the parameters. A front page is nobody's article: sites with a wrong canonical link
    name it on all of their pages.
    """
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").rstrip(".").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path = quote(unquote(parts.path, errors="surrogateescape"), safe="/~!$&'()*+,;=:@", errors="surrogateescape")
    pairs = sorted(p for p in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(p[0]))
    query = f"?{urlencode(pairs)}" if pairs else ""
    route = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    rest = path.rstrip("/") + query + route
    return f"{_ascii(host)}{'' if port in _DEFAULT_PORTS else f':{port}'}{rest}" if rest else ""


def _ascii(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host
