"""Rules for every language: what is no language at all."""

from __future__ import annotations

import html
import re

from voice_app.script.rules.rule import Rule

# but the sign for the sun, which masses of stars are measured by
_PICTOGRAPHS = (
    "\U0001f000-\U0001faff\u2600-\u2608\u260a-\u266c\u2670-\u27bf\u2b00-\u2bff"
    "\u2190-\u2191\u2193-\u21ff\ufe0e\ufe0f\u20e3"
)

RULES = (
    Rule(
        name="control characters are not said",
        pattern=re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"),
        say="",
        examples=(("a\x00b", "ab"), ("soft\u00adware", "software"), ("plain", "plain")),
    ),
    Rule(
        name="entities that leaked are what they stand for",
        pattern=re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});"),
        say=lambda m: html.unescape(m.group()),
        examples=(("Tom &amp; Ann", "Tom & Ann"), ("it&#39;s", "it's"), ("AT&T; done", "AT&T; done")),
    ),
    Rule(
        name="tags that leaked are not said",
        pattern=re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]{0,200})?/?>"),
        say="",
        examples=(("a <b>bold</b> word", "a bold word"), ('<a href="x">link</a>', "link"), ("3 < 4 > 2", "3 < 4 > 2")),
    ),
    Rule(
        name="pictographs are not said",
        pattern=re.compile(rf"\s?[{_PICTOGRAPHS}\U0001f3fb-\U0001f3ff\u200d]+"),
        say="",
        examples=(("Well done 🎉!", "Well done!"), ("☎ us", " us"), ("5 → 6", "5 → 6")),
    ),
    Rule(
        name="note marks are not said",
        pattern=re.compile(r"\s?\[(?:\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|citation needed|note \d+)\]"),
        say="",
        examples=(
            ("as shown [12, 14].", "as shown."),
            ("it is so[3]", "it is so"),
            ("[sic] he wrote", "[sic] he wrote"),
        ),
    ),
    Rule(
        name="one pause where something between two was left out",
        pattern=re.compile(r"(?<=\w),\s*,(?=\s)|\s+(?=[,;]\s)|\s+(?=\.(?:\s|$))"),
        say=lambda m: "," if "," in m.group() else "",
        examples=(
            ("near enough, , where", "near enough, where"),
            ("long ago . They", "long ago. They"),
            ("one, two", "one, two"),
            ("the .NET way", "the .NET way"),
        ),
    ),
    Rule(
        name="white space is one blank",
        pattern=re.compile(r"\s{2,}|[\t\r\n\u00a0\u2000-\u200a\u202f\u3000]"),
        say=" ",
        examples=(("a\n b", "a b"), ("a\u00a0b", "a b"), ("a b", "a b")),
    ),
)
