/** Times as a person says them ("2 minutes 3 seconds", as `tongue.length` does) and as a clock shows them ("2:03"). */

import { gettext, language } from "./texts.js";

const units = ["hour", "minute", "second"].map(
  (unit) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }),
);

function parts(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
}

export function spoken(seconds) {
  const said = parts(seconds).flatMap((number, index) => (number ? [units[index].format(number)] : []));
  if (!said.length) return units[2].format(0);
  return said.reduce((first, rest) => gettext("%(first)s %(rest)s", { first, rest }));
}

export function clock(seconds) {
  const [hours, minutes, rest] = parts(seconds);
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
