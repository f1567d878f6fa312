"""Where sentences end."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from voice_app.script.sentences import MAX_CHARACTERS, sentences, whole


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, "en")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. We left.", ["It rained.", "We left."]),
        ("Dr. Lane left. He ran.", ["Dr. Lane left.", "He ran."]),
        ("Cats vs. Dogs is on. Watch it.", ["Cats vs. Dogs is on.", "Watch it."]),
        ("See Fig. 3 and No. 5. Then stop.", ["See Fig. 3 and No. 5.", "Then stop."]),
        ("J. Smith wrote it. We read it.", ["J. Smith wrote it.", "We read it."]),
        ("Some use drugs (DMTs) These are strong.", ["Some use drugs (DMTs)", "These are strong."]),
        ("It cost $3.50. Cheap!", ["It cost $3.50.", "Cheap!"]),
        ("The car ran at 80 km/h. It stopped.", ["The car ran at 80 km/h.", "It stopped."]),
        ("Walk 500 m. Then rest 90 s. Everyone may.", ["Walk 500 m.", "Then rest 90 s.", "Everyone may."]),
        ("Heat it to 90 °C. Stir.", ["Heat it to 90 °C.", "Stir."]),
        ("In 2019 J. Smith met Dr. A. Jones. They won.", ["In 2019 J. Smith met Dr. A. Jones.", "They won."]),
        ("John F. Kennedy lived in the U.S. He died there.", ["John F. Kennedy lived in the U.S.", "He died there."]),
        ("Eat vitamin C. Oranges have it.", ["Eat vitamin C.", "Oranges have it."]),
        ("See Eq. (4) and Vol. 3, No. 2. It is so.", ["See Eq. (4) and Vol. 3, No. 2.", "It is so."]),
        ("Approx. 30 min. are left. Est. 1995.", ["Approx. 30 min. are left.", "Est. 1995."]),
        ("Is it safe? No. Doctors warn.", ["Is it safe?", "No.", "Doctors warn."]),
        ("Tel.: (555) 123. Open Mon.–Sat., 10–6.", ["Tel.: (555) 123.", "Open Mon.–Sat., 10–6."]),
        ("We met at 5 p.m. EST. She left.", ["We met at 5 p.m. EST.", "She left."]),
        ("We met at 5 p.m. She left.", ["We met at 5 p.m.", "She left."]),
        ("Use C++, C#, .NET and F#. Go.", ["Use C++, C#, .NET and F#.", "Go."]),
        ("It rained.We left.", ["It rained.", "We left."]),
        (
            "He lives on Elm St. It is quiet. St. Paul is near.",
            ["He lives on Elm St.", "It is quiet.", "St. Paul is near."],
        ),
        ("It was 1 Cor. 13:4. Then Ps. 23:1. All sat.", ["It was 1 Cor. 13:4.", "Then Ps. 23:1.", "All sat."]),
        ("I met Tim. 13 others came.", ["I met Tim.", "13 others came."]),
        ("Under ss. 3-5 and Sch. 2, it is so. Go.", ["Under ss. 3-5 and Sch. 2, it is so.", "Go."]),
        ("It lies at lat. 51.5° N, long. 0.1° W. It is big.", ["It lies at lat. 51.5° N, long. 0.1° W.", "It is big."]),
        ("The wait was long. 51 came.", ["The wait was long.", "51 came."]),
        ("See App. B. Then stop.", ["See App. B.", "Then stop."]),
        ("At Pt. Reyes, run ./setup.sh now. Wait.", ["At Pt. Reyes, run ./setup.sh now.", "Wait."]),
        (
            "Press Next. /queue sorts it. Jan. / Feb. is late.",
            ["Press Next.", "/queue sorts it.", "Jan. / Feb. is late."],
        ),
        ("Open at 3:30 p.m. Oct. 18. It is so.", ["Open at 3:30 p.m. Oct. 18.", "It is so."]),
        ("Open 9 a.m.–5 p.m. Mon.–Fri. Come.", ["Open 9 a.m.–5 p.m. Mon.–Fri.", "Come."]),
        ("Reply by 30 Sept. Yours truly, Ann.", ["Reply by 30 Sept.", "Yours truly, Ann."]),
        ("Why? Because.", ["Why?", "Because."]),
        ("   \n ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_long_sentence_is_cut_after_a_clause() -> None:
    clause = "the dough rests for a while, "
    parts = cut("At first " + clause * 30 + "and then it is done.")
    assert len(parts) > 1
    assert all(len(part) <= MAX_CHARACTERS for part in parts)
    assert all(part.endswith(",") for part in parts[:-1])


@pytest.mark.parametrize("unit", ["word ", "x", "Yes. ", "a, ", "(", "1.", "A. ", '"No." ', "<a "])
@pytest.mark.parametrize("cutter", [lambda text: sentences(text, "en"), whole], ids=["paragraph", "heading"])
def test_a_line_of_100_000_characters_is_cut_in_bounded_time(unit: str, cutter) -> None:  # type: ignore[no-untyped-def]
    text = (unit * 100_000)[:100_000]
    began = time.perf_counter()
    places = cutter(text)
    assert time.perf_counter() - began < 5
    assert all(0 < end - start <= MAX_CHARACTERS for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    said = "".join(text[start:end] for start, end in places)
    assert "".join(said.split()) == "".join(text.split())
