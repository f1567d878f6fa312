"""Money that the normaliser leaves half done, and large counts: scales, ranges, cents, codes, foreign figures."""

from __future__ import annotations

import re

from voice_app.script.rules.rule import Rule

_CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₹": "rupees"}
_COUNTRIES = {"US": "US", "C": "Canadian", "CA": "Canadian", "A": "Australian", "AU": "Australian",
              "NZ": "New Zealand", "HK": "Hong Kong", "S": "Singapore"}  # fmt: skip
_CODES = {
    "EUR": "euros", "USD": "US dollars", "GBP": "pounds", "CHF": "Swiss francs", "JPY": "yen", "INR": "rupees",
    "CAD": "Canadian dollars", "AUD": "Australian dollars", "CNY": "yuan", "RMB": "yuan", "SEK": "Swedish kronor",
    "NOK": "Norwegian kroner", "DKK": "Danish kroner", "PLN": "zloty", "BRL": "reais", "ZAR": "rand",
}  # fmt: skip
_SMALL = {"$": ("cent", "cents"), "€": ("cent", "cents"), "£": ("penny", "pence")}
_SCALES = {
    "k": "thousand", "K": "thousand", "thousand": "thousand", "m": "million", "mn": "million", "mln": "million",
    "M": "million", "million": "million", "bn": "billion", "B": "billion", "billion": "billion", "tn": "trillion",
    "T": "trillion", "trillion": "trillion", "lakh": "lakh", "crore": "crore",
}  # fmt: skip
_THINGS = {
    "deal", "plan", "project", "grant", "contract", "fund", "budget", "lawsuit", "investment", "loan", "house",
    "home", "bridge", "fine", "prize", "program", "programme", "upgrade", "campaign", "settlement", "facility",
    "study", "donation", "gift", "bill", "coin", "note", "ticket", "fee", "bonus", "company", "industry", "market",
    "Series", "round", "stake", "stimulus", "acquisition", "merger", "valuation", "bond", "jackpot", "penalty", "bet",
    "salary", "takeover", "surplus", "deficit", "debt", "bailout", "package", "tax", "mansion", "apartment", "flat",
    "reward", "business",
}  # fmt: skip
# what is counted in millions and never stands behind a length in meters
_COUNTED = (
    "people|patients|users|homes|jobs|copies|adults|children|views|followers|subscribers|customers|members|households|"
    "visitors|viewers|voters|votes|deaths|cases|workers|downloads|readers|records|residents|inhabitants|students|women|"
    "men|girls|boys|families|tourists|passengers|cars|vehicles|devices|accounts|Americans|Britons|Europeans|citizens|"
    "refugees|migrants|employees|listeners|streams|transistors|neurons|stars|galaxies|sales|units|tons|tonnes|barrels|acres|hectares|animals|species|years|"
    "euros|dollars|pounds|rubles|roubles|rupees|pesos|francs|yuan|yen|crowns|kronor|riyals|dirhams|parameters|tokens|words|items|doses|tests|visits|visitors|clicks|likes|messages|shares|fans|"
    "players|books|others|births|km|kilometers|kilometres|miles|liters|litres|"
    "gallons|infections|victims|pupils|shoppers|drivers|owners|barrels|soldiers|of them"
)
_SORT = (
    "more|new|other|fewer|extra|additional|active|registered|unique|paying|regular|monthly|weekly|daily|annual|young|"
    "older|adult|living|US|UK|British|American|European|Chinese|Indian|German|French|electric|confirmed"
)
_COUNT = re.compile(rf"(?:\s(?:{_SORT})){{0,2}}[\s-](?:{_COUNTED})\b(?!['’])|-(?:strong|year-old)\b")
_ANOTHER = re.compile(r"(?:\s?[–-]\s?| to | and | or )\d[\d.,]*\s?[mMBkK]")
_CHEMISTRY = re.compile(
    r"\b(?:solutions?|molar|molarity|concentrations?|buffer|pH|acid|NaCl|HCl|NaOH|KCl|dissolved?|titrat\w+|urea)\b"
)
_MILLIONS = re.compile(r"[\d.,](?<!\b3)M\b")
_REAGENT = re.compile(r"\s(?:\w+(?:ium|ide|ose)\b|Tris|(?!US|UK|EU)[A-Z][a-z]?[A-Z])")
_LABELS = re.compile(
    r"\b(?:call|tel|telephone|phone|dial|fax|text|ring|mobile|isbn|id|no|number|code|account|ref|reference|order|case|"
    r"pin|zip|ticket|model|serial|invoice)s?\b\W{0,3}(?:(?:is|was|at|on|us)\W{1,2})?$",
    re.IGNORECASE,
)
_COUNTRY = rf"(?P<country>\b(?:{'|'.join(_COUNTRIES)}))"
_SIGN = f"(?P<sign>[{''.join(_CURRENCIES)}])"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SCALE = rf"(?:\s|-)?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b"
_TO = rf"(?:\s?[–-]\s?(?:(?P=sign))?(?P<to>{_NUMBER}))"


def _is_counted(text: str, at: int) -> bool:
    """Whether something that is counted in millions stands there, or behind another number."""
    another = _ANOTHER.match(text, at)
    return bool(_COUNT.match(text, at) or (another and _COUNT.match(text, another.end())))


def _scale(match: re.Match[str]) -> str:
    scale = match.group("scale")
    return f" {_SCALES[scale]}" if len(scale) > 1 or _is_counted(match.string, match.end()) else match.group()


def _thing(match: re.Match[str]) -> str:
    thing = match.group("thing")
    return _money(match) if thing in _THINGS or thing.removesuffix("s") in _THINGS else match.group()


def _in_thousands(match: re.Match[str]) -> str:
    """A whole number with commas, unless a word before it says that it is a label; round ones are none."""
    if match.group("odd") and not (_COUNT.match(match.string, match.end()) or match.group("unit")):
        return match.group()
    figures = match.group().replace(" ", "")
    is_label = _LABELS.search(match.string[max(0, match.start() - 30) : match.start()])
    return match.group() if is_label and not figures.endswith("000") else f"{int(figures):,}"


def _european(match: re.Match[str]) -> str:
    whole, _, cents = match.group("number").partition(",")
    return f"{int(re.sub('[. ]', '', whole)):,}" + (f".{cents}" if cents.strip("0") else "")


def _coded(match: re.Match[str]) -> str:
    if match["code"] not in _CODES:
        return match.group()
    to, scale = match.group("to"), match.group("scale")
    words = [match.group("number"), f"to {to}" if to else "", _SCALES[scale] if scale else "", _CODES[match["code"]]]
    return " ".join(word for word in words if word)


def _small(match: re.Match[str]) -> str:
    number = int(match.group("number"))
    return f"{number} {_SMALL[match.group('sign')][number != 1]}" if number else match.group()


def _molar(match: re.Match[str]) -> str:
    if match.group(1) == "3" and not _MILLIONS.search(match.string):
        return "three M"  # the company
    is_molar = _CHEMISTRY.search(match.string) or _REAGENT.match(match.string, match.end())
    return match.group() if is_molar else f"{match.group(1)} million"


def _money(match: re.Match[str]) -> str:
    parts = match.groupdict()
    country = parts.get("country")
    words = [
        parts["number"],
        f"to {parts['to']}" if parts.get("to") else "",
        _SCALES[parts["scale"]] if parts.get("scale") else "",
        _COUNTRIES[country] if country else "",
        _CURRENCIES[parts["sign"]].removesuffix("s" if parts.get("thing") else "-"),
        parts.get("thing"),
    ]
    return " ".join(word for word in words if word)


_EUROPEAN = r"(?P<number>\d{1,3}(?:[. ]\d{3})+(?:,\d\d)?|\d+,\d\d?)(?![.,]?\d)"
_CODE = "(?P<code>[A-Z]{3})"
_UP_TO = rf"(?:\s?[–-]\s?(?P<to>{_NUMBER}))?"

RULES = (
    Rule(
        name="amounts as the continent writes them, behind the sign",
        pattern=re.compile(
            rf"(?:(?<=€)|(?<=€\s)|(?<=\bEUR\s)){_EUROPEAN}(?!\s?(?:per|an?|/)\s?(?:l|litre|liter|gallon|kWh|kg)\b)"
        ),
        say=_european,
        examples=(
            ("costs €1.299,00 now", "costs €1,299 now"),
            ("€12.500", "€12,500"),
            ("EUR 3,50", "EUR 3.50"),
            ("€1.299 per litre", "€1.299 per litre"),
            ("€1,299.50", "€1,299.50"),
        ),
    ),
    Rule(
        name="amounts as the continent writes them, before the sign",
        pattern=re.compile(rf"(?<![\w.,$£])(?<!€){_EUROPEAN}(?=\s?(?:€|EUR\b|euros?\b))"),
        say=_european,
        examples=(
            ("3,50 € each", "3.50 € each"),
            ("for 12.500 EUR", "for 12,500 EUR"),
            ("5 000 euros", "5,000 euros"),
            ("12,500 euros", "12,500 euros"),
        ),
    ),
    Rule(
        name="thousands with blanks between them",
        pattern=re.compile(
            r"(?<![\w.,/+-])(?<!\d )[1-9]\d{0,2}(?:(?: \d{3}){2,}| 000|(?P<odd> \d{3})(?=(?P<unit>\s(?:km|kg|m)\b)?))"
            r"(?!\d| \d|[.,-]\d)"
        ),
        say=_in_thousands,
        examples=(
            ("1 000 000 of them", "1,000,000 of them"),
            ("12 500 people", "12,500 people"),
            ("up to 300 000.", "up to 300,000."),
            ("call 612 345 678", "call 612 345 678"),
            ("+44 20 7946 0958", "+44 20 7946 0958"),
        ),
    ),
    Rule(
        name="long numbers without commas",
        pattern=re.compile(
            r"(?<![\w.,/:#=+-])[1-9](?:\d{1,6}000|(?<=1)000|(?P<odd>\d{4,9})(?P<unit>))(?![\w/:-]|–|[.,]\d)"
        ),
        say=_in_thousands,
        examples=(
            ("1000000.", "1,000,000."),
            ("12500 people", "12,500 people"),
            ("from 1000 to", "from 1,000 to"),
            ("the ZIP code 90210", "the ZIP code 90210"),
            ("in 2000 it", "in 2000 it"),
        ),
    ),
    Rule(
        name="so many of them",
        pattern=re.compile(r"(?<=\d)\s?(?P<scale>bn|tn|mln|mn|[mMBkK])\b"),
        say=_scale,
        examples=(
            ("about 2.8m people", "about 2.8 million people"),
            ("1.2M active users", "1.2 million active users"),
            ("2m–3m people", "2 million–3 million people"),
            ("some 8bn in all", "some 8 billion in all"),
            ("2.8m tall", "2.8m tall"),
            ("the 100m women's final", "the 100m women's final"),
        ),
    ),
    Rule(
        name="millions in a capital letter",
        pattern=re.compile(r"(?<![\w.,$£¥])(?<![€₹])(\d[\d,]*(?:\.\d+)?)M(?=\+?(?:[.,;:!?)\s]|$))"),
        say=_molar,
        examples=(
            ("from 1.2M to 3M.", "from 1.2 million to 3 million."),
            ("2M meals", "2 million meals"),
            ("6M potassium", "6M potassium"),
            ("a drug of 3M was", "a drug of three M was"),
            ("a solution of 2M in water", "a solution of 2M in water"),
            ("the M25 and M1", "the M25 and M1"),
        ),
    ),
    Rule(
        name="losses in brackets",
        pattern=re.compile(rf"(?P<sign>[$€£])\((?P<number>{_NUMBER})\)(?:{_SCALE})?"),
        say=lambda m: f"minus {_money(m)}",
        examples=(
            ("a profit of $(1.2)m", "a profit of minus 1.2 million dollars"),
            ("€(500)", "minus 500 euros"),
            ("$1.2m (2023)", "$1.2m (2023)"),
        ),
    ),
    Rule(
        name="amounts below nought",
        pattern=re.compile(r"(?:(?<=[\s(])|^)[-−–](?=[$€£]\d)"),
        say="minus ",
        examples=(("fell by -$5", "fell by minus $5"), ("(−€2m)", "(minus €2m)"), ("$5-$10", "$5-$10")),
    ),
    Rule(
        name="rupees",
        pattern=re.compile(rf"\bRs\.?\s?(?P<number>{_NUMBER})(?:{_SCALE})?(?P<sign>)"),
        say=lambda m: " ".join(filter(None, [m["number"], _SCALES.get(m["scale"] or ""), "rupees"])),
        examples=(("Rs. 500 crore", "500 crore rupees"), ("Rs 20", "20 rupees"), ("the three Rs", "the three Rs")),
    ),
    Rule(
        name="pence",
        pattern=re.compile(
            r"(?<![\w.,:/$£-])(?<![€–])((?:\d{1,2}p?[–-])?"
            r"(?:\d{1,2}|\d{1,3}\.\d{1,2}|\d{3}(?=p(?:/| a | per )share)))p\b(?![.-]?\w)(?:\.(?= [a-z]))?"
        ),
        say=lambda m: f"{m.group(1).replace('p', '')} {'penny' if m.group(1) == '1' else 'pence'}",
        examples=(
            ("50p off", "50 pence off"),
            ("at 112.6p.", "at 112.6 pence."),
            ("for 1p.", "for 1 penny."),
            ("1080p video", "1080p video"),
        ),
    ),
    Rule(
        name="codes of currencies",
        pattern=re.compile(rf"(?<![\w/]){_CODE}\s?(?P<number>{_NUMBER}){_UP_TO}(?:{_SCALE})?"),
        say=_coded,
        examples=(
            ("EUR 250", "250 euros"),
            ("USD 30bn", "30 billion US dollars"),
            ("in EUR", "in EUR"),
        ),
    ),
    Rule(
        name="codes of currencies behind the amount",
        pattern=re.compile(rf"(?<![\w.,])(?P<number>{_NUMBER}){_UP_TO}(?:{_SCALE})?\s?{_CODE}\b(?!-)"),
        say=_coded,
        examples=(
            ("12,500 EUR", "12,500 euros"),
            ("3 million CHF", "3 million Swiss francs"),
            ("the 2 EUR-zone banks", "the 2 EUR-zone banks"),
            ("GBP fell", "GBP fell"),
        ),
    ),
    Rule(
        name="a price and the same elsewhere",
        pattern=re.compile(r"(?<=\d)/(?=[$€£]\d)"),
        say=" or ",
        examples=(("under $5/£4", "under $5 or £4"), ("€20/$22", "€20 or $22"), ("$5/day", "$5/day")),
    ),
    Rule(
        name="the sign behind the amount",
        pattern=re.compile(rf"(?<![\d.,])(?P<number>{_NUMBER})(?:{_SCALE})?\s?(?P<sign>[€£])(?!\d)"),
        say=_money,
        examples=(("20 € a month", "20 euros a month"), ("5M€.", "5 million euros."), ("€20", "€20")),
    ),
    Rule(
        name="a thing of so much money",
        pattern=re.compile(rf"{_SIGN}(?P<number>{_NUMBER})(?:{_SCALE})?(?:\s|-)(?P<thing>[A-Za-z]+)\b"),
        say=_thing,
        examples=(
            ("a $5 million deal", "a 5 million dollar deal"),
            ("the £20 note", "the 20 pound note"),
            ("€5 for a plan", "€5 for a plan"),
        ),
    ),
    Rule(
        name="so much money a day",
        pattern=re.compile(
            rf"{_SIGN}(?P<number>{_NUMBER})(?:{_SCALE})?-(?P<thing>(?:an?|per)-(?:day|week|month|year|night|hour|head))\b"
        ),
        say=lambda m: _money(m).replace("-", " "),
        examples=(
            ("a $20-a-day habit", "a 20 dollar a day habit"),
            ("£2m-a-year pay", "2 million pound a year pay"),
            ("$20 a day", "$20 a day"),
        ),
    ),
    Rule(
        name="from one amount with a scale to another",
        pattern=re.compile(
            rf"{_SIGN}\s?(?P<number>{_NUMBER}){_SCALE}\s?[–-]\s?(?P=sign)?(?=\d[\d,.]*[\s-]?(?:{'|'.join(_SCALES)})\b)"
        ),
        say=lambda m: f"{m['number']} {_SCALES[m['scale']]} to {m['sign']}",
        examples=(
            ("$1.5 million–$2 million", "1.5 million to $2 million"),
            ("€500m-1bn", "500 million to €1bn"),
            ("$2 million", "$2 million"),
        ),
    ),
    Rule(
        name="less than one dollar, euro or pound",
        pattern=re.compile(rf"(?<!\w){_SIGN.replace('¥₹', '')}0?\.(?P<number>\d\d)(?![\d/-]|\s?–)(?!{_SCALE})"),
        say=_small,
        examples=(
            ("Price: $0.99.", "Price: 99 cents."),
            ("only £0.50", "only 50 pence"),
            ("€0.01", "1 cent"),
            ("$0.5 million", "$0.5 million"),
            ("$0.25 billion", "$0.25 billion"),
        ),
    ),
    Rule(
        name="money with a scale",
        pattern=re.compile(rf"{_COUNTRY}?{_SIGN}\s?(?P<number>{_NUMBER}){_TO}?{_SCALE}"),
        say=_money,
        examples=(
            ("worth €4.7 million", "worth 4.7 million euros"),
            ("£2.5bn", "2.5 billion pounds"),
            ("a budget of $250k", "a budget of 250 thousand dollars"),
            ("$5–10 million", "5 to 10 million dollars"),
            ("US$3m", "3 million US dollars"),
            ("a $5 map", "a $5 map"),
        ),
    ),
    Rule(
        name="money from one amount to another",
        pattern=re.compile(rf"{_COUNTRY}?{_SIGN}\s?(?P<number>{_NUMBER}){_TO}(?![\d-])"),
        say=_money,
        examples=(("$10-$15", "10 to 15 dollars"), ("€20–30.", "20 to 30 euros."), ("$12.50", "$12.50")),
    ),
    Rule(
        name="dollars of a country",
        pattern=re.compile(rf"{_COUNTRY}{_SIGN}\s?(?P<number>{_NUMBER})"),
        say=_money,
        examples=(("US$500", "500 US dollars"), ("A$2,000", "2,000 Australian dollars"), ("$500", "$500")),
    ),
    Rule(
        name="exact prices",
        pattern=re.compile(r"(?<!\w)(?P<sign>[$€£])(?P<number>\d+\.\d{3,})(?![\d,])"),
        say=_money,
        examples=(("worth $1.0875", "worth 1.0875 dollars"), ("€1.299", "1.299 euros"), ("$1.09", "$1.09")),
    ),
    Rule(
        name="yen and rupees",
        pattern=re.compile(rf"(?P<sign>[¥₹])\s?(?P<number>{_NUMBER})"),
        say=_money,
        examples=(("¥2,000", "2,000 yen"), ("₹50", "50 rupees"), ("2,000 yen", "2,000 yen")),
    ),
    Rule(
        name="cents",
        pattern=re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s?¢"),
        say=lambda m: f"{m.group(1)} cent{'s' * (m.group(1) != '1')}",
        examples=(("75¢ each", "75 cents each"), ("1¢", "1 cent"), ("¢", "¢")),
    ),
    Rule(
        name="the American pension",
        pattern=re.compile(r"(?<![\w.,$£-])(?<!€)401(?:k\b|\(k\))"),
        say="four oh one K",
        examples=(("a 401(k) plan", "a four oh one K plan"), ("his 401k", "his four oh one K"), ("501k", "501k")),
    ),
    Rule(
        name="thousands as k",
        pattern=re.compile(r"(?<![\w.,-])(\d{2,3}|\d\.\d)[kK]\b(?! (?:run|race|walk|in \d+:))"),
        say=r"\1 thousand",
        examples=(("200k soldiers", "200 thousand soldiers"), ("a 10k run", "a 10k run"), ("4K video", "4K video")),
    ),
)
