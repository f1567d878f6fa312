/**
 * What this browser remembers of the site, by name. Storage may be switched off or full; then nothing is remembered and
 * everything else works.
 */

const NAME = "voice-app.";

export function read(key) {
  try {
    return localStorage.getItem(NAME + key);
  } catch {
    return null;
  }
}

/** null takes it away. */
export function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(NAME + key);
    else localStorage.setItem(NAME + key, String(value));
  } catch {
    /* see above */
  }
}

/** What was written as JSON; null when nothing was, or something else. */
export function readJson(key) {
  try {
    return JSON.parse(read(key));
  } catch {
    return null;
  }
}

/** The names that begin so, without the beginning. */
export function names(beginning) {
  const start = NAME + beginning;
  try {
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));
  } catch {
    return [];
  }
}

/** Leave `most` of those that begin so, and forget the first others by `order`, which compares two values. */
export function bound(beginning, most, order) {
  const found = names(beginning);
  if (found.length <= most) return;
  const sorted = found.map((name) => [name, readJson(beginning + name)]).sort((one, other) => order(one[1], other[1]));
  for (const [name] of sorted.slice(0, found.length - most)) write(beginning + name, null);
}
