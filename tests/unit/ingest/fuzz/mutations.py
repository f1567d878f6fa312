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

MARKS = """
< > & " ' /> </p> <p> <p ]]> <![CDATA[ <!-- --> <?x &#0; &#x110000; &#99999999999; &a; # ../ %2e%2e%2f % :// -1 1e9 0
99999999999999999999 id="n1" href="#n1" <h1> </h2> <ol> <li> <table><tr><td> <ul><li><ul><li> xmlns="x" xmlns:w="y"
<w:p> </w:p> <w:r> <w:tbl> <w:tc> <w:t>x</w:t> <w:numPr> <w:sdt> <m:oMath><m:f/> <mc:AlternateContent> w:val=""
encoding="utf-16" encoding="idna"
"""
TAGS = """
<!DOCTYPE x [
<a href="#n1"><sup>1</sup></a>
<w:fldChar w:fldCharType="begin"/>
<w:fldChar w:fldCharType="end"/>
<w:hyperlink r:id="x">
<w:footnoteReference w:id="1"/>
<w:sym w:char="zz"/>
"""
BYTES = [b"\x00", b"\xff\xfe", b"\xc3\x28", b"\xe2\x80\xae", b" "]
TOKENS = [*MARKS.encode().split(), *TAGS.encode().strip().split(b"\n"), *BYTES]

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
