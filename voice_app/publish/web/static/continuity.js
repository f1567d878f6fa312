/**
 * The listener's other devices: the newest place of any of them is where Play begins, and the one that lost to it is
 * offered until somebody chooses or has come past it. And what comes when an article ends, if that is chosen.
 */

import { catchUp, sendActs, tell } from "./later.js";
import { APART_SECONDS, memory, secondsOf, send, theirs } from "./memory.js";
import "./onward.js";
import { gettext } from "./texts.js";
import { spoken } from "./words.js";

const box = () => document.querySelector("[data-player]");
const audioOf = (player) => player.querySelector("audio");

/** Ask the site where the listener was, after telling it what it does not know yet. */
async function news(slug) {
  await sendActs();
  if (memory.place(slug)?.sent === false) return send(slug);
  if (!document.querySelector("article[data-listener]")) return null;
  try {
    const answer = await fetch(`/api/places/${slug}`);
    return answer.ok ? answer.json() : null;
  } catch {
    return null;
  }
}

async function meet() {
  const player = box();
  if (!player) return;
  const { slug } = player.dataset;
  const before = memory.place(slug);
  const found = await news(slug);
  if (found?.place) takeIn(player, slug, before, found);
  offer(player, slug);
}

/** The newest place is gone to, unless somebody listens here already: then it is the one that is offered. */
function takeIn(player, slug, before, { place, other }) {
  if (other) memory.keepOther(slug, other);
  if (before && (place.here || isNear(before, place))) {
    memory.put(slug, { ...memory.place(slug), known: place.at });
    return;
  }
  const isPlaying = !audioOf(player).paused || memory.place(slug)?.made !== before?.made;
  if (isPlaying) {
    memory.put(slug, { ...memory.place(slug), known: place.at });
    memory.keepOther(slug, place.finished ? null : place);
    return;
  }
  if (!other && before && !before.finished && !place.finished && before.seconds > 1) {
    memory.keepOther(slug, { ...before, device: "" });
  }
  memory.put(slug, theirs(place));
  player.dispatchEvent(new CustomEvent("resume"));
}

const isNear = (one, other) =>
  Boolean(one) && Boolean(one.finished) === other.finished && Math.abs(one.seconds - other.seconds) <= APART_SECONDS;

/** Show the other place with a button that leads there. It is said once. */
function offer(player, slug) {
  close();
  const shown = document.querySelector("[data-also]");
  const other = memory.other(slug);
  if (!shown || !other || isNear(memory.place(slug), { finished: false, ...other })) return;
  const time = spoken(secondsOf(slug, other));
  const text = document.createElement("p");
  text.textContent = other.device
    ? gettext("You were also at %(time)s, on %(device)s.", { time, device: other.device })
    : gettext("On this device you were also at %(time)s.", { time });
  shown.replaceChildren(
    text,
    button(gettext("Go to %(time)s", { time }), () => choose(player, slug, other)),
    button(gettext("Stay here"), () => stay(slug)),
  );
  shown.hidden = false;
  say(text.textContent);
  document.addEventListener("timeupdate", () => overtaken(slug), { capture: true, signal: listening.signal });
}

let listening = new AbortController();

function button(label, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.addEventListener("click", action);
  return made;
}

function close() {
  listening.abort();
  listening = new AbortController();
  const shown = document.querySelector("[data-also]");
  if (!shown || shown.hidden) return;
  const isFocused = shown.contains(document.activeElement);
  shown.hidden = true;
  shown.replaceChildren();
  if (isFocused) box()?.querySelector("[data-play]")?.focus();
}

/** Go there. The place that is left is offered in turn until the page is left, so that a slip costs nothing. */
function choose(player, slug, { seconds, sentence, length }) {
  const left = memory.place(slug);
  forgetOther(slug);
  memory.keepPosition(slug, seconds, { sentence, length: left?.length || length || 0 });
  player.dispatchEvent(new CustomEvent("resume"));
  send(slug);
  close();
  if (!left) return;
  const shown = document.querySelector("[data-also]");
  const time = spoken(secondsOf(slug, left));
  shown.replaceChildren(button(gettext("Back to %(time)s", { time }), () => choose(player, slug, left)));
  shown.hidden = false;
  box()?.querySelector("[data-play]")?.focus();
}

function stay(slug) {
  forgetOther(slug);
  close();
}

function forgetOther(slug) {
  memory.keepOther(slug, null);
  tell("stay", slug);
}

/** Somebody has come to the other place by listening. */
function overtaken(slug) {
  const other = memory.other(slug);
  const { currentTime, paused } = audioOf(box());
  if (!paused && other && Math.abs(secondsOf(slug, other) - currentTime) <= 1) stay(slug);
}

function say(text) {
  const region = document.querySelector(".options [data-news]");
  if (region) region.textContent = text;
}

/** Begin anew for the article that the page shows now. */
export const begin = meet;

begin().finally(catchUp);
addEventListener("pageshow", (event) => event.persisted && meet());
