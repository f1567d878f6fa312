"""Abbreviations that a voice would spell or stop at, and numbers in Roman letters."""

from __future__ import annotations

import re

from voice_app.script.rules.en.words import before, either, written_out
from voice_app.script.rules.rule import Rule

_WORDS = {
    "e.g.": "for example", "i.e.": "that is", "vs.": "versus", "vs": "versus", "approx.": "approximately",
    "incl.": "including", "excl.": "excluding", "est.": "established", "max.": "maximum", "min.": "minimum",
    "avg.": "average", "dept.": "department", "govt.": "government", "univ.": "university", "assn.": "association",
    "intl.": "international", "natl.": "national", "cf.": "compare", "viz.": "namely", "w/o": "without", "w/": "with",
    "ph.d.": "PhD", "a.k.a.": "also known as", "a.k.a": "also known as", "aka": "also known as",
    "misc.": "miscellaneous", "temp.": "temperature", "depts.": "departments", "w/in": "within",
    "w/out": "without", "c/o": "care of", "b/c": "because", "esp.": "especially",
    "gov't": "government", "int'l": "international", "nat'l": "national", "dep't": "department",
    "etc.": "et cetera", "i.v.": "I V", "ph.d.s": "PhDs",
    "b.sc.": "B S C", "m.sc.": "M S C", "d.phil.": "D Phil",
    "m.p.h.": "miles per hour", "k.p.h.": "kilometers per hour",
    "p.a.": "per annum", "a.s.l.": "above sea level", "agg.": "aggregate", "encl.": "enclosed", "appt.": "appointment",
    "appts.": "appointments", "i.m.": "I M", "sp. nov.": "new species", "spp.": "species", "hrs.": "hours",
    "yrs.": "years", "rtn.": "return",
    "wk.": "week", "wkt.": "wicket", "doz.": "dozen", "wt.": "weight", "ea.": "each", "mkt.": "market",
    "max./day": "maximum per day", "n/a": "not applicable", "ref. range": "reference range",
    "y/y": "year on year", "q/q": "quarter on quarter", "m/m": "month on month",
}  # fmt: skip
_SHORT = either(_WORDS).replace("'", "['’]")
_FOUNDED = re.compile(r" (?:1\d|20)\d\d(?! [a-z]{4})| (?:in|by|since|as|c\.|ca\.|around|about)(?!\w)| [A-Z]|[,;.]|$")
_COUNTED = re.compile(r"(?:\d|\d[BMKbmk%]|dollars|euros|pounds|percent|illion) $")
_BY_WHAT = {"w": "weight", "v": "volume"}
_LEADS_TO_A_SAINT = re.compile(r"\b(?:to|in|at|of|from|near|for|with|by|the|and) $")
_LETTERED = {"app": "Appendix ", "fig": "figure ", "tab": "table "}
_NOT_WORDS = {"B/C", "EA.", "EST.", "Aka", "ESP.", "CF."}  # a time zone, a name, a sixth sense
_BEFORE_NUMBER = {
    "no": "number", "nos": "numbers", "p": "page", "pp": "pages", "pg": "page", "fig": "figure", "figs": "figures",
    "vol": "volume", "vols": "volumes", "ch": "chapter", "chs": "chapters", "chap": "chapter", "ca": "about",
    "sec": "section", "secs": "sections", "eq": "equation", "eqs": "equations", "ref": "reference",
    "refs": "references", "ext": "extension", "para": "paragraph", "paras": "paragraphs", "apt": "apartment",
    "bldg": "building", "qty": "quantity", "sc": "scene", "op": "opus", "tab": "table", "pop": "population",
    "amend": "amendment",
}  # fmt: skip
_BEFORE_NUMBER = {f"{short}.": said for short, said in _BEFORE_NUMBER.items()}
_BEFORE_NUMBER |= {short.capitalize(): said for short, said in _BEFORE_NUMBER.items()} | {
    "c.": "about", "v.": "version", "Art.": "article", "Arts.": "articles", "Rm.": "room", "Rte.": "route",
    "Hwy.": "highway", "Ste.": "suite", "Op.": "opus", "ver.": "version", "Ver.": "version",
    "ll.": "lines",
    "col.": "column", "l.": "line", "bk.": "book", "Bk.": "book", "Cat.": "category", "pt.": "part", "Pt.": "part",
}  # fmt: skip
_AFTER_NAME = {
    "Inc.": "Incorporated", "Ltd.": "Limited", "Corp.": "Corporation", "Co.": "Company", "Bros.": "Brothers",
    "Jr.": "Junior", "Sr.": "Senior", "Utd": "United",
}  # fmt: skip
_TITLES = {
    "Ms.": "Miz", "Ms": "Miz", "Messrs.": "Messers", "Messrs": "Messers", "Sen.": "Senator", "Sens.": "Senators",
    "Rep.": "Representative", "Reps.": "Representatives", "Gov.": "Governor", "Pres.": "President", "Adm.": "Admiral",
    "Cmdr.": "Commander", "Pvt.": "Private", "Supt.": "Superintendent", "Det.": "Detective", "Msgr.": "Monsignor",
    "Atty.": "Attorney", "Fr.": "Father", "Ste.": "Saint", "Dir.": "Director", "Insp.": "Inspector", "Sgt.": "Sergeant",
    "Cpl.": "Corporal", "Maj.": "Major", "Pfc.": "Private First Class", "Spc.": "Specialist", "Wm.": "William",
    "Rt. Hon.": "Right Honorable",
    "Jos.": "Joseph", "Chas.": "Charles", "Geo.": "George", "Thos.": "Thomas", "Asst.": "Assistant",
}  # fmt: skip


def _like(model: str, said: str) -> str:
    return said[0].upper() + said[1:] if model[0].isupper() else said


def _postscript(match: re.Match[str]) -> str:
    return "P S," if match.string[match.end() :][:1] == " " else "P S"


def _latin(match: re.Match[str]) -> str:
    short = match.group("short")
    is_a_name = short in {"Max.", "Min."} and match.string[: match.start()].rstrip()[-1:].islower()
    if short in _NOT_WORDS or is_a_name:
        return short
    is_counted = _COUNTED.search(match.string, max(0, match.start() - 10), match.start())
    if short.lower() == "est." and match.string.startswith(" of ", match.end()):
        return _like(short, "estimate")
    is_guessed = short.lower() == "est." and (is_counted or not _FOUNDED.match(match.string, match.end()))
    return written_out(match, _like(short, "estimated" if is_guessed else _WORDS[short.lower().replace("’", "'")]))


def _against(match: re.Match[str]) -> str:
    """Between two names only, as "v" may be a speed."""
    before = match.string[: match.start()].rstrip().rpartition(" ")[2].lstrip("(“\"'")
    return "versus" if match.group() == "v." or before[:1].isupper() else match.group()


RULES = (
    Rule(
        name="vitamins cut short",
        pattern=re.compile(r"\b([Vv])it\.? (?=[A-K]\d{0,2}\b)"),
        say=r"\1itamin ",
        examples=(("Vit. C 500 mg", "Vitamin C 500 mg"), ("vit D3", "vitamin D3"), ("a vit. of", "a vit. of")),
    ),
    Rule(
        name="letters with stops",
        pattern=re.compile(r"\b((?:[A-Z]\.){2,})"),
        say=lambda m: written_out(m, m.group(1).replace(".", "")) if m.group(1) != "P.S." else _postscript(m),
        examples=(
            ("P.S. Bring cake", "P S, Bring cake"),
            ("in the U.S. today", "in the US today"),
            ("made in the U.K.", "made in the UK."),
            ("J. Smith", "J. Smith"),
        ),
    ),
    Rule(
        name="Latin and shop abbreviations",
        pattern=re.compile(rf"(?<![\w.&/-])(?P<short>{_SHORT})(?!\.?\w)", re.IGNORECASE),
        say=_latin,
        examples=(
            ("fruit, e.g. apples", "fruit, for example apples"),
            ("I.e. never", "That is never"),
            ("cats vs. dogs", "cats versus dogs"),
            ("coffee w/ milk", "coffee with milk"),
            ("tea (est. 1995)", "tea (established 1995)"),
            ("an est. 300 people", "an estimated 300 people"),
            ("$1.2B vs. $1.1B est.", "$1.2B versus $1.1B estimated."),
            ("Prince, a.k.a. Joe", "Prince, also known as Joe"),
            ("the gov’t plan", "the government plan"),
            ("Max. speed", "Maximum speed"),
            ("I met Max.", "I met Max."),
            ("see aka.example", "see aka.example"),
            ("at noon EST.", "at noon EST."),
            ("the egg", "the egg"),
        ),
    ),
    Rule(
        name="from year to year",
        pattern=re.compile(r"(?<=% )(?:([Yy])-?o-?[Yy]|([Qq])-?o-?[Qq]|[Mm]-?o-?[Mm])\b"),
        say=lambda m: (" on ".join(2 * ["year" if m[1] else "quarter" if m[2] else "month"])),
        examples=(
            ("(+14% YoY, +3% QoQ)", "(+14% year on year, +3% quarter on quarter)"),
            ("2% mom.", "2% month on month."),
            ("my mom", "my mom"),
        ),
    ),
    Rule(
        name="parts by weight or volume",
        pattern=re.compile(r"(?<=% )\(?([wv])/([wv])\b\)?"),
        say=lambda m: f"{_BY_WHAT[m[1]]} by {_BY_WHAT[m[2]]}",
        examples=(
            ("70% v/v ethanol", "70% volume by volume ethanol"),
            ("a 5% (w/w) cream", "a 5% weight by weight cream"),
            ("w/o it", "w/o it"),
        ),
    ),
    Rule(
        name="pictures and appendices with a letter",
        pattern=re.compile(r"\b(App|[Ff]ig|Tab)\. (?=[A-Z]\b(?!['’]))"),
        say=lambda m: _LETTERED[m[1].lower()],
        examples=(("see App. B", "see Appendix B"), ("Fig. C.", "figure C."), ("the App. A", "the Appendix A"),
                  ("an App. It", "an App. It")),
    ),
    Rule(
        name="generations",
        pattern=re.compile(r"\bGen\. (?=(?:[XYZ]|Alpha|Beta)\b(?!\. ?[A-Z]))"),
        say="Gen ",
        examples=(
            ("for Gen. Z and Gen. Alpha", "for Gen Z and Gen Alpha"),
            ("Gen. X.", "Gen X."),
            ("Gen. Y. Ito and Gen. Zhukov", "Gen. Y. Ito and Gen. Zhukov"),
        ),
    ),
    Rule(
        name="a work and its number",
        pattern=re.compile(r"(?<=\b[Oo]p\. )(\d{1,3})/(\d{1,2})(?![\w/])"),
        say=r"\1, number \2",
        examples=(("Op. 27/2", "Op. 27, number 2"), ("op. 9/1.", "op. 9, number 1."), ("Op. 27", "Op. 27")),
    ),
    Rule(
        name="saints",
        pattern=re.compile(
            r"\bSt\.? (?=[A-Z][a-z]+)(?!(?:The|It|He|She|We|They|In|At)\b)"
        ),
        say=lambda m: "Saint " if _LEADS_TO_A_SAINT.search(before(m)) else m.group(),
        examples=(("bus 42 to St. Pancras", "bus 42 to Saint Pancras"), ("of St John", "of Saint John"),
                  ("on Baker St. The", "on Baker St. The")),
    ),
    Rule(
        name="abbreviations before numbers",
        pattern=re.compile(
            r"(?<![\w.])(?P<short>[A-Za-z]{1,6}\.)\s?"
            r"(?=(?:(?<!P\. )[A-Z])?\d|\(\d{1,3}[a-z]?\)|(?:[IVX]{2,5}|[VX]|I[–-][IVX]{1,5})\b)"
        ),
        say=lambda m: f"{said} " if (said := _BEFORE_NUMBER.get(m.group("short"))) else m.group(),
        examples=(
            ("No. 5 is alive", "number 5 is alive"),
            ("pp. 12-15", "pages 12-15"),
            ("Fig. 3 shows", "figure 3 shows"),
            ("Eq. (4) and Fig. S2", "equation (4) and figure S2"),
            ("his Op. 27, no. 2", "his opus 27, number 2"),
            ("I said no. 5 people", "I said number 5 people"),
            ("Oh no. He left", "Oh no. He left"),
            ("No. I did not", "No. I did not"),
        ),
    ),
    Rule(
        name="abbreviations after names",
        pattern=re.compile(rf"(?<=[A-Za-z,&.] )(?P<short>{either(_AFTER_NAME)})(?!\w)"),
        say=lambda m: written_out(m, _AFTER_NAME[m.group("short")]),
        examples=(
            ("Acme Inc. was sold", "Acme Incorporated was sold"),
            ("Smith & Co. left", "Smith & Company left"),
            ("Leeds Utd won", "Leeds United won"),
            ("owned by Acme Corp.", "owned by Acme Corporation."),
            ("Inc. magazine", "Inc. magazine"),
        ),
    ),
    Rule(
        name="titles",
        pattern=re.compile(rf"(?<![\w.'-])(?<!’)(?P<short>{either(_TITLES)})(?= [A-Z](?:\w*[^\W\d]|[.'’]))"),
        say=lambda m: _TITLES[m.group("short")],
        examples=(
            ("Ms. Lane spoke", "Miz Lane spoke"),
            ("for Sen. J. Hill", "for Senator J. Hill"),
            ("Messrs. Day and Knight", "Messers Day and Knight"),
            ("with MS. It", "with MS. It"),
            ("a Rep. for Ohio", "a Rep. for Ohio"),
        ),
    ),
    Rule(
        name="one title and another",
        pattern=re.compile(r"(?<=[MDr][rs]\.) & (?=[A-Z])"),
        say=" and ",
        examples=(("Mr. & Mrs. Day", "Mr. and Mrs. Day"), ("Dr. & Mr. Day", "Dr. and Mr. Day"), ("Q. & A.", "Q. & A.")),
    ),
    Rule(
        name="one against another",
        pattern=re.compile(r"(?:(?<=[A-Za-z.] )|(?<=\) ))v\.?(?= [A-Z])"),
        say=_against,
        examples=(
            ("Roe v. Wade", "Roe versus Wade"),
            ("England v France", "England versus France"),
            ("Day v. The State", "Day versus The State"),
            ("a speed v A", "a speed v A"),
            ("v. 2", "v. 2"),
        ),
    ),
    Rule(
        name="and the pages that follow",
        pattern=re.compile(r"(?<=\d)\s?ff\.?(?!\w)"),
        say=lambda m: written_out(m, " and following"),
        examples=(
            ("pages 3 ff. say", "pages 3 and following say"),
            ("pages 12ff.", "pages 12 and following."),
            ("the staff. 3 left", "the staff. 3 left"),
        ),
    ),
    Rule(
        name="secretaries",
        pattern=re.compile(r"\bSec\.(?= of (?:State|Defense|Labor|the)\b)"),
        say="Secretary",
        examples=(
            ("as Sec. of State", "as Secretary of State"),
            ("the Sec. of the Navy", "the Secretary of the Navy"),
            ("Sec. 5", "Sec. 5"),
        ),
    ),
    Rule(
        name="the number of",
        pattern=re.compile(r"\b[Nn]o\.(?= of\b|:)"),
        say="number",
        examples=(("the no. of cases", "the number of cases"), ("Model no.: 5", "Model number: 5"),
                  ("Oh no. Of", "Oh no. Of")),
    ),
    Rule(
        name="a stop before a comma",
        pattern=re.compile(
            r"\b(minutes?|hours?|seconds?|years?|pounds?|feet|foot|inches|yards|miles|months|weeks)"
            r"\.(?=[,;:)]| \d{1,2} (?:in\b|s\b|ounces|minutes|seconds))"
        ),
        say=r"\1",
        examples=(
            ("30 minutes., that is", "30 minutes, that is"),
            ("(5 pounds.)", "(5 pounds)"),
            ("6 feet. 2 in. tall", "6 feet 2 in. tall"),
            ("30 minutes. Then", "30 minutes. Then"),
        ),
    ),
    Rule(
        name="and/or",
        pattern=re.compile(r"\b(and)/(or)\b", re.IGNORECASE),
        say="and or",
        examples=(("cats and/or dogs", "cats and or dogs"), ("AND/OR", "and or"), ("candor", "candor")),
    ),
)  # fmt: skip
