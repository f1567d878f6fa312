/** A place in the sound as people type it: 12:30, 1:02:03, 90, 2 min 5 s, 50 %. */

import { gettext, language } from "./texts.js";
import { spoken } from "./words.js";

const UNITS = { hour: 3600, minute: 60, second: 1 };
const USUAL = { hour: ["h", "hr", "hrs"], minute: ["m", "min", "mins", "′", "'"], second: ["s", "sec", "secs", "″", '"'] };
const ZEROS = [0x0660, 0x06f0, 0x0966]; // digits of Arabic, Persian and Hindi

/** What a unit is called in the page's language and in English, in all their forms. */
const names = new Map(
  Object.keys(UNITS).flatMap((unit) =>
    [...USUAL[unit], ...["en", language].flatMap((tongue) => wordsOf(unit, tongue))].map((name) => [name, UNITS[unit]]),
  ),
);

function wordsOf(unit, tongue) {
  return ["long", "short", "narrow"].flatMap((unitDisplay) => {
    const form = new Intl.NumberFormat(tongue, { style: "unit", unit, unitDisplay });
    return [0, 1, 2, 5, 11].flatMap((number) =>
      form.formatToParts(number).filter(({ type }) => type === "unit").map(({ value }) => value.toLowerCase().replace(/\.$/, "")),
    );
  });
}

/** One writing: western digits, small letters, no spaces at the ends. */
function plain(text) {
  const digits = [...text.normalize("NFKC")].map((sign) => {
    const zero = ZEROS.find((code) => sign.codePointAt(0) >= code && sign.codePointAt(0) < code + 10);
    return zero ? String(sign.codePointAt(0) - zero) : sign;
  });
  const latin = digits.join("").replaceAll("٪", "%").replaceAll("،", ",");
  return latin.replace(/\sو\s*(?=\d)/g, " ").toLowerCase().trim(); // Arabic writes its "and" onto the number
}

/** Seconds into a sound of a length. Throws a RangeError whose message is for the user. */
export function parse(text, length) {
  const given = plain(text);
  const seconds = share(given, length) ?? clockTime(given) ?? inWords(given);
  if (seconds === null) {
    throw new RangeError(
      gettext("This is not a time. Write minutes and seconds such as 12:30, seconds such as 90, or a share such as 50 %."),
    );
  }
  if (seconds > length) {
    throw new RangeError(gettext("The sound ends at %(length)s. Write an earlier time.", { length: spoken(length) }));
  }
  return seconds;
}

function share(text, length) {
  const found = /^(\d{1,3}(?:[.,]\d+)?)\s*%$|^%\s*(\d{1,3}(?:[.,]\d+)?)$/.exec(text);
  if (!found) return null;
  const percent = Number((found[1] ?? found[2]).replace(",", "."));
  return percent > 100 ? null : (percent / 100) * length;
}

/** 90, 12:30, 1:02:03. What stands behind a colon is less than 60. */
function clockTime(text) {
  if (!/^\d{1,6}(\s*:\s*\d{1,2}){0,2}$/.test(text)) return null;
  const [first, ...rest] = text.split(":").map(Number);
  if (rest.some((part) => part > 59)) return null;
  return rest.reduce((sum, part) => 60 * sum + part, first);
}

function inWords(text) {
  if (!/^(\d{1,6}\s*[^\d\s]+[\s,]*)+$/.test(text)) return null;
  let sum = 0;
  let last = Infinity;
  for (const [, number, word] of text.matchAll(/(\d+)\s*([^\d\s,]+)/g)) {
    const unit = names.get(word.replace(/\.$/, ""));
    if (!unit || unit >= last) return null; // "5 s 2 min" may be a slip
    sum += Number(number) * unit;
    last = unit;
  }
  return sum;
}
