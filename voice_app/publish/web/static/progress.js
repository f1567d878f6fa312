/**
 * Asks how far the narrations on this page are, and shows it quietly. What a screen reader is told is in a region of
 * its own, at each quarter at most. A finished narration brings its player into the page without moving the reader, and
 * without taking the sound from somebody who listens: it waits for a pause.
 */

import { begin } from "./player.js";
import { gettext } from "./texts.js";

const ASK_EVERY_MS = 2000;
const ASK_LESS_MS = 15000;
const QUARTERS = [
  "",
  gettext("A quarter is narrated."),
  gettext("Half is narrated."),
  gettext("Three quarters are narrated."),
];
const SETTLED = ["done", "problem"];
const CHANGING = ".player, .options, .after"; // what a finished narration brings anew

class Narration {
  #box;
  #address;
  #quarter = 0;
  #first = null;

  constructor(box) {
    this.#box = box;
    this.#address = box.dataset.busy;
    this.isBusy = true;
  }

  async ask() {
    const answer = await fetch(this.#address);
    if (!answer.ok) throw new Error(answer.statusText);
    const article = await answer.json();
    const isFirst = !this.#first;
    this.#first ??= article;
    this.#show(article, isFirst);
    this.isBusy = article.busy;
    if (SETTLED.includes(article.state) || this.#hasText(article)) await this.#swap(article);
  }

  #show(article, isFirst) {
    const { status, spoken, sentences } = article;
    const line = this.#box.querySelector("[data-status]");
    if (line.textContent !== status) line.textContent = status;
    const bar = this.#box.querySelector("progress");
    if (bar && sentences) {
      bar.hidden = false;
      bar.max = sentences;
      bar.value = spoken;
    }
    const quarter = sentences ? Math.floor((4 * spoken) / sentences) : 0;
    if (quarter > this.#quarter && !isFirst) this.#news(QUARTERS[quarter]); // the page says what was before
    this.#quarter = Math.max(quarter, this.#quarter);
  }

  /** The text has come since the page was opened. */
  #hasText({ state }) {
    return state !== this.#first.state && ["waiting", "reading"].includes(this.#first.state);
  }

  #news(text) {
    const region = this.#box.querySelector("[data-news]");
    const isListening = document.querySelector(".player audio")?.paused === false;
    if (region && text && !isListening) region.textContent = text;
  }

  async #swap(article) {
    const isReader = this.#box.closest("article.reading");
    if (!isReader) {
      this.#box.querySelector("progress")?.remove();
      this.#box.querySelector("[data-status]").className = `state ${article.state}`;
      return;
    }
    // A page without its text has nothing to lose. One that is being read keeps its place.
    if (article.state !== "done" || !isReader.querySelector(".prose")) {
      location.reload();
      return;
    }
    const sound = isReader.querySelector("audio");
    let html = "";
    while (!html || (sound && !sound.paused)) {
      if (sound && !sound.paused) await paused(sound);
      html = await (await fetch(location.href)).text();
    }
    this.#bringPlayer(html);
  }

  #bringPlayer(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const parts = fresh.querySelectorAll(".player, .options");
    if (!parts.length) {
      location.reload();
      return;
    }
    for (const timed of fresh.querySelectorAll(".sentence[data-start]")) {
      Object.assign(document.getElementById(timed.id)?.dataset ?? {}, timed.dataset);
    }
    const [told, shown] = [fresh, document].map((one) => one.querySelector("[data-answer]"));
    const news = told && shown && shown.textContent !== told.textContent ? `${told.textContent} ` : "";
    if (news) shown.textContent = told.textContent;
    const old = document.querySelectorAll(".player, .options");
    const now = document.activeElement;
    const focused = [this.#box, ...document.querySelectorAll(CHANGING)].some((one) => one.contains(now));
    const sign = focused && signOf(now);
    const drawers = [...document.querySelectorAll(`:is(${CHANGING}) details[open] > summary`)].map(signOf);
    const text = document.querySelector(".prose");
    const before = text.getBoundingClientRect().top;
    for (const one of old) close(one);
    this.#box.replaceWith(...parts);
    const foot = fresh.querySelector("article.reading > footer");
    if (foot) document.querySelector("article.reading > footer").replaceWith(foot);
    for (const drawer of drawers) beside(drawer)?.parentElement.setAttribute("open", "");
    begin();
    const moved = text.getBoundingClientRect().top - before;
    if (before < 0) scrollBy({ top: moved, behavior: "instant" });
    if (focused) takeUp(beside(sign) ?? document.querySelector("[data-play]"), now);
    setTimeout(() => {
      document.querySelector(".options [data-news]").textContent = `${news}${gettext("The sound is ready.")}`;
    }, 500);
  }
}

const paused = (sound) => new Promise((done) => sound.addEventListener("pause", done, { once: true }));

/** What a control is called, to find the same one of another player. */
const signOf = (control) => 
  control.getAttribute("aria-label") ?? (control.textContent.trim() || control.labels?.[0]?.textContent.trim());

const beside = (sign) =>
  [...document.querySelectorAll(`:is(${CHANGING}) :is(a, button, input, select, summary)`)].find(
    (control) => signOf(control) === sign,
  );

/** Go on where the focus was, with what was typed there. */
function takeUp(control, before) {
  if (before.matches("input[type=text]") && control.type === "text") control.value = before.value;
  control.focus();
}

/** Take a player away, its sound first, so that it keeps no place any more. */
function close(part) {
  const sound = part.querySelector("audio");
  if (sound) {
    sound.replaceChildren();
    sound.removeAttribute("src");
    sound.load();
  }
  part.remove();
}

async function watch(narrations) {
  let wait = ASK_EVERY_MS;
  try {
    if (!document.hidden) await Promise.all(narrations.map((narration) => narration.ask()));
  } catch {
    wait = ASK_LESS_MS; // the site is not there just now
  }
  const busy = narrations.filter((narration) => narration.isBusy);
  if (busy.length) setTimeout(() => watch(busy), wait);
}

watch([...document.querySelectorAll("[data-busy]")].map((box) => new Narration(box)));
