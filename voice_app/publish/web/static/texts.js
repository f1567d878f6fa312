/**
 * The page's own words in its language. English is the texts themselves; of another language, the page carries what
 * the scripts say. `gettext` and `ngettext` mark a text, so that it is collected for translation: give them the text as it stands.
 */

const data = document.getElementById("texts");
const { texts, plurals } = data ? JSON.parse(data.textContent) : { texts: {}, plurals: ["one", "other"] };
/** The page's language, for dates and numbers. Their digits are those of clocks and addresses, also in Arabic. */
export const language = `${document.documentElement.lang || "en"}-u-nu-latn`;
const rules = new Intl.PluralRules(language);

const isRtl = document.documentElement.dir === "rtl";
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** With invisible marks around what is written the other way, so that the text's own order stays. */
function apart(value) {
  const isOther = (String(value).match(/\p{L}/gu) ?? []).some((letter) => RTL.test(letter) !== isRtl);
  return isOther ? `\u2068${value}\u2069` : value;
}

const fill = (text, values) =>
  text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? apart(values[name]) : whole));

/** A text in the page's language, its `%(name)s` filled in. */
export const gettext = (text, values = {}) => fill(texts[text]?.[0] || text, values);

/** A text for one or many; `%(num)s` is the number. */
export function ngettext(one, many, number, values = {}) {
  const form = plurals.indexOf(rules.select(number));
  const text = texts[one]?.at(form < 0 ? -1 : form) || (number === 1 ? one : many);
  return fill(text, { num: number.toLocaleString(language, { useGrouping: "always" }), ...values });
}
