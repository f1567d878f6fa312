/** Sizes as a person says them: "34.2 megabytes". */

import { language } from "./texts.js";

const UNITS = ["megabyte", "gigabyte"].map(
  (unit) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 1 }),
);

export const size = (bytes) => (bytes < 1e9 ? UNITS[0].format(bytes / 1e6) : UNITS[1].format(bytes / 1e9));
