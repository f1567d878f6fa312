/**
 * Where each article was left. It is kept in this browser, so that it is there at once and without the site, and sent to
 * the site, so that the listener's other devices have it, too. The sentence is the truth; the seconds are the fall-back,
 * as another recording has other times.
 */

import { settings } from "./settings.js";
import { bound, names, read, readJson, write } from "./store.js";

const POSITION = "position.";
const OTHER = "other.";
const MOST_PLACES = 500;
export const APART_SECONDS = 10;

export const memory = {
  /** Where to go on, in seconds of the sound that the page has now; 0 is the beginning. */
  position: (slug) => secondsOf(slug, memory.place(slug)),

  /** `more` may have `sentence`, `length` and `finished`. What is kept is sent soon. */
  keepPosition(slug, seconds, more = {}) {
    const known = memory.place(slug)?.known ?? null;
    memory.put(slug, { sentence: "", length: 0, finished: false, ...more, seconds, made: Date.now(), sent: false, known });
  },

  /**
   * { seconds, sentence, length, finished, made, sent, known }, or null. `made` is by this browser's clock; `known` is
   * the time, by the site's, of the newest place of any device that this one knew of.
   */
  place(slug) {
    const found = readJson(POSITION + slug);
    if (typeof found === "number") return { seconds: found, sentence: "", length: 0, made: 0, sent: true, known: null };
    return typeof found?.seconds === "number" ? found : null;
  },
  put(slug, place) {
    const isNew = read(POSITION + slug) === null;
    write(POSITION + slug, JSON.stringify(place));
    if (isNew) bound(POSITION, MOST_PLACES, byWorth);
  },

  /** The place that lost to another device's newer one: { seconds, sentence, device }, or null. */
  other: (slug) => readJson(OTHER + slug),
  keepOther: (slug, place) => write(OTHER + slug, place && JSON.stringify(place)),

  unsent: () => names(POSITION).filter((slug) => memory.place(slug)?.sent === false),
  forget() {
    for (const slug of names(POSITION)) write(POSITION + slug, null);
    for (const slug of names(OTHER)) write(OTHER + slug, null);
  },

  speed: () => Number(settings.get("speed", "1")),
};

/** What the site has goes before what it has not, and the oldest before the newest. */
const byWorth = (one, other) => (one?.sent === false) - (other?.sent === false) || (one?.made ?? 0) - (other?.made ?? 0);

const timed = () => document.querySelectorAll(".sentence[data-start]");
const isShown = (slug) => document.querySelector("[data-player]")?.dataset.slug === slug;

/** A place's seconds in the sound of this page: where its sentence begins, unless it lies inside of it. */
export function secondsOf(slug, place) {
  if (!place || place.finished) return 0;
  const sentence = place.sentence && isShown(slug) ? document.getElementById(`s-${place.sentence}`) : null;
  if (!sentence?.dataset.start) return place.seconds;
  const [start, end] = [Number(sentence.dataset.start), Number(sentence.dataset.end)];
  return place.seconds >= start && place.seconds <= end + 2 ? place.seconds : start; // the pause after it is its own
}

/** The id of the sentence that sounds then, as far as this page knows. */
function sentenceAt(slug, seconds) {
  if (!isShown(slug)) return "";
  let found = null;
  for (const sentence of timed()) {
    const start = Number(sentence.dataset.start);
    if (start <= seconds + 0.01 && !(start < found?.start)) found = { start, id: sentence.id.slice(2) };
  }
  return found?.id ?? "";
}

/** A place as the site tells it, to be put. */
export const theirs = ({ seconds, sentence, length, finished, at, seconds_ago }) => ({
  seconds,
  sentence,
  length,
  finished,
  made: Date.now() - 1000 * seconds_ago,
  sent: true,
  known: at,
});

/* sending */

const sending = new Map();

/**
 * Send a place, and take in what the site says of it. Gives back { place, other } as the site has them; null when it
 * could not be sent, which is tried again later. One at a time for each article: what was kept meanwhile goes next.
 */
export async function send(slug, { keepalive = false } = {}) {
  const running = sending.get(slug);
  if (running && !keepalive) {
    const found = await running;
    return memory.place(slug)?.sent === false ? send(slug) : found;
  }
  const work = put(slug, keepalive).finally(() => sending.delete(slug));
  sending.set(slug, work);
  return work;
}

async function put(slug, keepalive) {
  const place = memory.place(slug);
  if (!place || !navigator.cookieEnabled) return null; // without its cookie, each place would be a new listener's
  const { seconds, sentence, length, finished, known, made } = place;
  const body = { seconds, sentence, length, finished, known, seconds_ago: Math.max(0, (Date.now() - made) / 1000) };
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`/api/places/${slug}`, { method: "PUT", keepalive, headers, body: JSON.stringify(body) });
    if (answer.status === 429 || answer.status >= 500) return null;
    const found = answer.ok ? await answer.json() : null;
    const now = memory.place(slug);
    if (now?.made === made) memory.put(slug, { ...now, sent: true, known: found?.place?.here ? found.place.at : now.known });
    else if (now && found?.place?.here) memory.put(slug, { ...now, known: found.place.at });
    return found;
  } catch {
    return null; // the site is away
  }
}

/** Send all that could not be sent before. True when something was. */
export async function sendPlaces() {
  let isSent = false;
  for (const slug of memory.unsent()) isSent = Boolean(await send(slug)) || isSent;
  return isSent;
}

/* keeping while something plays */

const KEEP_EVERY_MS = 5000;
const SEND_EVERY_MS = 12000;
const SEND_AFTER_MS = 1000;
const NEAR_END_SECONDS = 3;
const SAME_SECONDS = 0.3;

/**
 * Keeps the place of one article while it plays.
 * `slug` is a function, because the listening page plays several.
 */
export function rememberPlace(audio, slug) {
  let keptAt = 0;
  let sentAt = Date.now();
  let timer = 0;
  const keep = () => {
    const { currentTime, duration, ended } = audio;
    if (audio.readyState === 0 && currentTime === 0) return; // not opened yet: what was kept is still right
    keptAt = Date.now();
    const name = slug();
    const length = Number.isFinite(duration) ? duration : Number(audio.closest("[data-seconds]")?.dataset.seconds) || 0;
    const finished = ended || (length > 0 && length - currentTime < NEAR_END_SECONDS);
    const before = memory.place(name);
    if (before && before.finished === finished && Math.abs(before.seconds - currentTime) < SAME_SECONDS) return;
    if (!before && currentTime < SAME_SECONDS) return;
    memory.keepPosition(name, currentTime, { sentence: sentenceAt(name, currentTime), length, finished });
  };
  const sendNow = (options) => {
    clearTimeout(timer);
    sentAt = Date.now();
    if (memory.place(slug())?.sent === false) send(slug(), options);
  };
  const keepAndSend = () => {
    keep();
    clearTimeout(timer);
    timer = setTimeout(sendNow, SEND_AFTER_MS); // jumps come fast
  };
  for (const event of ["pause", "seeked", "ended"]) audio.addEventListener(event, keepAndSend);
  audio.addEventListener("timeupdate", () => {
    if (audio.paused) return;
    if (Date.now() - keptAt > KEEP_EVERY_MS) keep();
    if (Date.now() - sentAt > SEND_EVERY_MS) sendNow();
  });
  const leave = () => {
    keep();
    sendNow({ keepalive: true });
  };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  return keep;
}
