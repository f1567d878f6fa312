"""Ways to spoil a file: edits of its bytes, and of the files inside an archive."""

from __future__ import annotations

import io
import os
import warnings
import zipfile
from collections.abc import Mapping, Sequence

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

CASES = int(os.environ.get("FUZZ_CASES", "150"))  # `make fuzz` sets more
is_quick = CASES <= 1000
settings.register_profile(
    "fuzz",
    max_examples=CASES,
    deadline=None,
    database=None,
    derandomize=is_quick,  # the quick suite tries the same cases each time, the long one new ones
    phases=[Phase.generate, Phase.shrink] if is_quick else [Phase.generate],
    suppress_health_check=list(HealthCheck),
)
FUZZ = settings.get_profile("fuzz")

TOKENS = [
    b"<", b">", b"&", b"\"", b"'", b"/>", b"</p>", b"<p>", b"<p", b"]]>", b"<![CDATA[", b"<!DOCTYPE x [", b"<!--",
    b"-->", b"<?x", b"\x00", b"\xff\xfe", b"\xc3\x28", b"&#0;", b"&#x110000;", b"&#99999999999;", b"&a;", b"\xe2\x80\xae", b"#",
    b"../", b"%2e%2e%2f", b"%", b"://", b"-1", b"99999999999999999999", b"1e9", b"0", b" ", b"id=\"n1\"",
    b"href=\"#n1\"", b"<a href=\"#n1\"><sup>1</sup></a>", b"<h1>", b"</h2>", b"<ol>", b"<li>", b"<table><tr><td>", 
    b"<ul><li><ul><li>",
    b"<w:p>", b"</w:p>", b"<w:r>", b"<w:tbl>", b"<w:tc>", b"<w:t>x</w:t>", b"<w:numPr>", b"<w:sdt>", b"<m:oMath><m:f/>",
    b"<w:fldChar w:fldCharType=\"begin\"/>", b"<w:fldChar w:fldCharType=\"end\"/>", b"w:val=\"\"", 
    b"<w:hyperlink r:id=\"x\">", b"<mc:AlternateContent>", b"<w:footnoteReference w:id=\"1\"/>", b"<w:sym w:char=\"zz\"/>", b"encoding=\"utf-16\"",
    b"encoding=\"idna\"", b"xmlns=\"x\"", b"xmlns:w=\"y\"",
]  # fmt: skip

Edit = tuple[str, float, float, bytes]
edits = st.lists(
    st.tuples(
        st.sampled_from(["cut", "put", "turn", "double", "shift", "end"]),
        st.floats(0, 1),
        st.floats(0, 1),
        st.one_of(st.sampled_from(TOKENS), st.binary(max_size=4)),
    ),
    min_size=1,
    max_size=6,
)


def applied(data: bytes, wanted: Sequence[Edit]) -> bytes:
    """The data after the edits, one by one. Places are shares of its length."""
    for kind, place, size, token in wanted:
        at = int(place * len(data))
        length = int(size * size * 200)
        if kind == "cut":
            data = data[:at] + data[at + length :]
        elif kind == "put":
            data = data[:at] + token + data[at:]
        elif kind == "turn":
            data = data[:at] + token + data[at + len(token) :]
        elif kind == "double":
            data = data[: at + length] + data[at : at + length] + data[at + length :]
        elif kind == "shift":
            data = data[:at] + data[at + length : at + 2 * length] + data[at : at + length] + data[at + 2 * length :]
        elif kind == "end" and size < 0.1:
            data = data[:at]
    return data


def inside(names: Sequence[str]) -> st.SearchStrategy[list[tuple[str, list[Edit], str]]]:
    """Edits of files of an archive: which, how, and what becomes of its name."""
    fate = st.sampled_from(["same"] * 8 + ["gone", "renamed", "twice", "other"])
    return st.lists(st.tuples(st.sampled_from(sorted(names)), edits, fate), min_size=1, max_size=3)


def rebuilt(files: Mapping[str, bytes], wanted: Sequence[tuple[str, list[Edit], str]]) -> bytes:
    """An archive of the files after the edits."""
    changed, twice = dict(files), []
    for name, changes, fate in wanted:
        if name not in changed:
            continue
        changed[name] = applied(changed[name], changes)
        if fate == "gone":
            del changed[name]
        elif fate == "renamed":
            changed[name.swapcase()] = changed.pop(name)
        elif fate == "twice":
            twice.append(name)
        elif fate == "other":
            changed[name] = files[min(files)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two files of one name are meant
        for name in [*changed, *(name for name in twice if name in changed)]:
            archive.writestr(name, changed[name])
    return out.getvalue()


def opened(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
