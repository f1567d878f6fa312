"""Whatever bytes come as text, Markdown or mail: an article, or an error that a person understands."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice_app import config
from voice_app.errors import InputError
from voice_app.ingest import detect
from voice_app.ingest.reader import Reader
from voice_app.model import Source

CASES = int(os.environ.get("FUZZ_CASES", "100"))
PIECES = {
    "text/plain": (
        "\n", "\n\n", " ", "    ", "\t", "word", "The wind blew, and nobody came.", "> ", "- ", "1. ", "a) ",
        "[1] ", "[1]",
        "_x_", "*x*", "CHAPTER I.", "PART ONE", "CONTENTS", "=====", "-----", "----  ----", "| a | b |", "a   b", "-- ",
        "On Monday, Ana <a@b.c> wrote:", "From: Ana <a@b.c>", "Subject: Fwd: x", "Date: Mon, 1 Jan 2024", "12",
        "- 12 -",
        "*** START OF THE PROJECT GUTENBERG EBOOK X ***", "*** END OF THE PROJECT GUTENBERG EBOOK X ***", "Home",
        "Share",
        "[Illustration: x]", "[Footnote 1: x]", "https://a.example/b", "We use cookies", "Related articles",
        "3 comments",
        "中文", "。", "ער", "\u200f", "\ufeff", "\x0c", "é", "{};", "I.", "1.1 Aims",
        "---------- Forwarded message ---------",
    ),
    "text/markdown": (
        "\n", "\n\n", " ", "    ", "#", "# ", "- ", "1. ", "> ", "> [!NOTE]\n", "```", "`", "*", "**", "_", "~~",
        "[", "]", "(",
        ")", "![", "[^1]", "[^1]: ", "[[x|y]]", "| a | b |\n|---|---|\n", "---\n", "+++\n", "title: x\n",
        "tags: [a, b]\n",
        "a = 1\n", "$", "$$", "\\(", "\\[", "{{< x >}}", "{% x %}", "{#id}", ":::note\n", ":::", ":smile:",
        "!!! note\n",
        "<div>", "</div>", "<table><tr><td>", "<!--", "-->", "<s>", "word", ": term", "&amp;", "&#0;", "[toc]",
        "----  ---\n",
        "\\", "- [x] ", "http://a.example", "<b", "\x00", "é", "中", "[@a]", "[x]{.y}", "<li>", "<img alt=x>",
        "<p hidden>",
    ),
    "message/rfc822": (
        "\n", "\n\n", " ", "From: a <a@b.c>\n", "Subject: Fwd: x\n", "Subject: =?utf-8?q?=C3?=\n",
        "Subject: =?x?b?a?=\n",
        "Date: x\n", "MIME-Version: 1.0\n", "Content-Type: text/plain; charset=utf-8\n", "Content-Type: text/html\n",
        "Content-Type: multipart/mixed; boundary=b\n", "Content-Type: multipart/alternative; boundary=\"c\"\n",
        "--b\n", "--b--\n",
        "--c\n", "--c--\n", "Content-Type: message/rfc822\n", "Content-Transfer-Encoding: base64\n", "aGVsbG8=", "a===",
        "Content-Transfer-Encoding: quoted-printable\n", "=C3=", "Content-Type: text/plain; format=flowed; delsp=yes\n",
        "Content-Disposition: attachment; filename*0*=utf-8''a%FF; filename*1=b\n", "Content-Type: ;;=\n",
        "words here ",
        "<div class=gmail_quote>", "<blockquote type=cite>", "<p>Hello there", "> quoted", "-- \n", "unsubscribe",
        "é", "\x00",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
        "Content-Type: text/plain; charset=x\n",
        "Content-Type: application/pdf; name=\"a.pdf\"\n", "From x Mon\n", "Begin forwarded message:\n",
        "<table><tr><td>x",
    ),
}  # fmt: skip
HEADS = {"text/plain": "", "text/markdown": "", "message/rfc822": "From: a@b.c\nDate: Mon, 1 Jan 2024 10:00:00 +0000\n"}


@pytest.mark.parametrize("media_type", sorted(PIECES))
def test_only_input_errors_leave_a_format(media_type: str) -> None:
    reader = Reader(config.Fetch())
    pieces = st.lists(st.one_of(st.sampled_from(PIECES[media_type]), st.text(max_size=8)), max_size=40).map("".join)
    bodies = st.one_of(
        pieces.map(lambda text: (HEADS[media_type] + text).encode("utf-8", "replace")), st.binary(max_size=300)
    )

    @settings(max_examples=CASES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(body=bodies)
    def run(body: bytes) -> None:
        source = Source(origin="pasted text", media_type=media_type, body=body, fetched_at=datetime.now(UTC))
        with contextlib.suppress(InputError):
            if detect.media_type(source) != media_type:
                return
            document = reader.document(source)
            assert document.title.strip()
            assert document.receipt.total == len(document.blocks)
            assert all(0 <= s.start < s.end <= len(b.text) for b in document.blocks for s in b.spans)
        with contextlib.suppress(InputError):
            reader.attached(source)

    run()
