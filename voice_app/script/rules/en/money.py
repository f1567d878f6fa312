"""Money that the normaliser leaves half done: scales, ranges, cents and dollars of other countries."""

from __future__ import annotations

import re

from voice_app.script.rules.rule import Rule

_CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "₹": "rupees"}
_COUNTRIES = {"US": "US", "C": "Canadian", "CA": "Canadian", "A": "Australian", "AU": "Australian",
              "NZ": "New Zealand", "HK": "Hong Kong", "S": "Singapore"}  # fmt: skip
_EACH = {"mo": "month", "yr": "year", "hr": "hour", "kg": "kilogram"}
_SCALES = {
    "k": "thousand", "K": "thousand", "thousand": "thousand", "m": "million", "mn": "million", "mln": "million",
    "M": "million", "million": "million", "bn": "billion", "B": "billion", "billion": "billion", "tn": "trillion",
    "T": "trillion", "trillion": "trillion",
}  # fmt: skip
_THINGS = (
    "deal|plan|project|grant|contract|fund|budget|lawsuit|investment|loan|house|home|bridge|fine|prize|program|programme|"
    "upgrade|campaign|settlement|facility|study|donation|gift|bill|coin|note|ticket|fee|bonus|company|industry|market"
)
_COUNTRY = rf"(?P<country>\b(?:{'|'.join(_COUNTRIES)}))"
_SIGN = f"(?P<sign>[{''.join(_CURRENCIES)}])"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SCALE = rf"(?:\s|-)?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})\b"
_TO = rf"(?:\s?[–-]\s?(?:(?P=sign))?(?P<to>{_NUMBER}))"


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


RULES = (
    Rule(
        name="so much for each",
        pattern=re.compile(r"(?<=[\d€£])/(month|year|day|hour|week|night|person|kg|mo|yr|hr)\b", re.IGNORECASE),
        say=lambda m: f" per {_EACH.get(m.group(1).lower(), m.group(1))}",
        examples=(("$10/month", "$10 per month"), ("20 €/hr", "20 € per hour"), ("either/or", "either/or")),
    ),
    Rule(
        name="the sign behind the amount",
        pattern=re.compile(rf"(?P<number>{_NUMBER})\s(?P<sign>[€£])(?!\d)"),
        say=_money,
        examples=(("20 € a month", "20 euros a month"), ("5 £.", "5 pounds."), ("€20", "€20")),
    ),
    Rule(
        name="a thing of so much money",
        pattern=re.compile(rf"{_SIGN}(?P<number>{_NUMBER})(?:{_SCALE})?(?:\s|-)(?P<thing>{_THINGS})\b"),
        say=_money,
        examples=(
            ("a $5 million deal", "a 5 million dollar deal"),
            ("the £20 note", "the 20 pound note"),
            ("€5 for a plan", "€5 for a plan"),
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
        name="yen and rupees",
        pattern=re.compile(rf"(?P<sign>[¥₹])\s?(?P<number>{_NUMBER})"),
        say=_money,
        examples=(("¥2,000", "2,000 yen"), ("₹50", "50 rupees"), ("2,000 yen", "2,000 yen")),
    ),
    Rule(
        name="cents",
        pattern=re.compile(r"(?<![\d.])(\d+)\s?¢"),
        say=lambda m: f"{m.group(1)} cent{'s' * (m.group(1) != '1')}",
        examples=(("75¢ each", "75 cents each"), ("1¢", "1 cent"), ("¢", "¢")),
    ),
    Rule(
        name="thousands as k",
        pattern=re.compile(r"(?<![\w.,-])(\d{2,3})[kK]\b(?! (?:run|race|walk))"),
        say=r"\1 thousand",
        examples=(("200k soldiers", "200 thousand soldiers"), ("a 10k run", "a 10k run"), ("4K video", "4K video")),
    ),
)
