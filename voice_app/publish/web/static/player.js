/**
 * The player of an article's page. All its controls are in the page, hidden; this shows them and takes the browser's
 * own controls away, so that there is one set. Silent by design: only what the user does is said, and only where the
 * sound itself does not say it. An article that is not narrated yet has the same player, its sound made as it is heard.
 */

import { Along } from "./along.js";
import { Follow } from "./follow.js";
import { memory, rememberPlace } from "./memory.js";
import { Session } from "./session.js";
import { Slider } from "./slider.js";
import { markHeard, moveTo, playButton, start, toggle } from "./sound.js";
import { clock, spoken } from "./words.js";

const SKIP_SECONDS = 15;
const NEWS_AFTER_MS = 350;
const NO_SOUND = "The sound could not be loaded. Reload the page and try again.";

class Player {
  #isSeen = false; // whether the last news is for the eye, too

  /** `Live` makes the sound while it plays; without it the element has a finished file. */
  constructor(box, page, Live) {
    const { seconds, slug } = box.dataset;
    this.box = box;
    this.page = page;
    this.seconds = Number(seconds);
    this.isTimed = Promise.resolve(); // when it is known where each sentence is
    this.audio = box.querySelector("audio");
    this.follow = new Follow(this.audio, page, box.dataset.words);
    this.slider = new Slider(box.querySelector("[data-position]"), box.querySelector("[data-now]"), this.seconds, (to) =>
      this.seek(to),
    );
    playButton(box.querySelector("[data-play]"), this.audio);
    this.#controls();
    this.#options();
    this.#session(box.dataset);
    if (Live) this.#live(Live);
    new Along(this);
    this.#resume(slug);
    this.#show();
  }

  seek(seconds, { always = false } = {}) {
    const time = moveTo(this.audio, seconds, this.seconds);
    this.slider.show(time);
    this.#resumeNote("");
    this.follow.update({ always });
    return time;
  }

  /** Skip a few seconds. Paused, the new place is said; playing, it is heard. */
  skip(seconds) {
    const time = this.seek(this.audio.currentTime + seconds);
    if (this.audio.paused) this.#news(spoken(time));
  }

  /** Step by sentences. Paused, the sentence is said to a screen reader; playing, the voice says it. */
  step(steps) {
    const sentence = this.follow.beside(steps, this.audio.currentTime);
    if (!sentence) return;
    this.seek(sentence.start, { always: true });
    if (this.audio.paused) this.#news(sentence.element.textContent);
  }

  playFrom(seconds) {
    this.seek(seconds);
    start(this.audio);
  }

  #controls() {
    const { audio, page } = this;
    for (const button of page.querySelectorAll("[data-skip]")) {
      button.addEventListener("click", () => this.skip(Number(button.dataset.skip)));
    }
    for (const button of page.querySelectorAll("[data-sentence]")) {
      button.addEventListener("click", () => this.step(Number(button.dataset.sentence)));
    }
    this.chapters = [...page.querySelectorAll("[data-chapter]")];
    for (const button of this.chapters) {
      button.addEventListener("click", () => this.playFrom(Number(button.dataset.chapter)));
    }
    audio.addEventListener("timeupdate", () => this.slider.show(audio.currentTime));
    audio.addEventListener("play", () => this.#resumeNote(""));
    audio.addEventListener("playing", () => this.#isSeen && this.#news(""));
    audio.addEventListener("error", () => this.#news(NO_SOUND, { isSeen: true }));
    audio.addEventListener("ended", () => this.#heard());
    page.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Single letters work on this player's own buttons and slider only. */
  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (!event.target.closest?.(".player button, .player input, .options button")) return;
    const action = {
      k: () => toggle(this.audio),
      j: () => this.skip(-SKIP_SECONDS),
      l: () => this.skip(SKIP_SECONDS),
      p: () => this.step(-1),
      n: () => this.step(1),
    }[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  }

  #options() {
    const { audio, page } = this;
    const speed = page.querySelector("[data-speed]");
    const setSpeed = (value) => {
      audio.preservesPitch = true;
      audio.defaultPlaybackRate = audio.playbackRate = Number(value);
    };
    speed.value = String(memory.speed());
    if (!speed.value) speed.value = "1";
    setSpeed(speed.value);
    speed.addEventListener("change", () => {
      setSpeed(speed.value);
      memory.keepSpeed(speed.value);
    });
  }

  #session({ title, artist, album, artwork }) {
    const { audio } = this;
    const chapter = (steps) => {
      const starts = this.chapters.map((button) => Number(button.dataset.chapter));
      const here = starts.findLastIndex((at) => at <= audio.currentTime + 0.5);
      const to = starts[Math.max(0, here + steps)];
      if (to !== undefined) this.seek(to);
    };
    const session = new Session(audio, {
      play: () => start(audio),
      pause: () => audio.pause(),
      seekbackward: (details) => this.seek(audio.currentTime - (details.seekOffset ?? SKIP_SECONDS)),
      seekforward: (details) => this.seek(audio.currentTime + (details.seekOffset ?? SKIP_SECONDS)),
      seekto: (details) => this.seek(details.seekTime),
      previoustrack: () => chapter(-1),
      nexttrack: () => chapter(1),
    });
    const about = () => session.about({ title, artist, album, artwork });
    about();
    audio.addEventListener("play", about);
  }

  #live(Live) {
    let known = null;
    const live = new Live(this.audio, this.box.dataset.live, {
      line: (line) => {
        if (line !== known) this.follow.goBy(line);
        known = line;
        this.#lengths(line);
      },
      news: (text) => this.#news(text, { isSeen: true }),
      failed: (why) => this.#news(why, { isSeen: true }),
    });
    this.isTimed = live.isReady.catch(() => {}); // told when somebody wants to hear it
  }

  /** What is longer or shorter than was thought. */
  #lengths(line) {
    this.seconds = this.slider.seconds = line.seconds;
    this.#remark(line.unspoken);
    for (const { number, first } of line.chapters) {
      const button = this.chapters[number - 1];
      const start = line.start(first);
      if (!button || button.dataset.chapter === start.toFixed(3)) continue;
      button.dataset.chapter = start.toFixed(3);
      button.querySelector(".clock").textContent = clock(start);
    }
  }

  /** Not announced: what is missing may be far from what is heard just now. */
  #remark(unspoken) {
    const remark = this.page.querySelector("[data-remark]");
    const sentences = unspoken === 1 ? "1 sentence" : `${unspoken} sentences`;
    const text = unspoken ? `${sentences} could not be spoken, so the sound goes on without.` : "";
    if (remark.textContent === text) return;
    remark.textContent = text;
    remark.hidden = !text;
  }

  #resume(slug) {
    rememberPlace(this.audio, () => slug);
    this.#goOn(slug);
    this.box.addEventListener("resume", () => {
      if (memory.position(slug) > 1) this.#goOn(slug); // another device was somewhere else
      else this.seek(0); // or came to the end
    });
    const at = this.audio.currentTime;
    this.isTimed.then(() => this.audio.paused && this.audio.currentTime === at && this.#goOn(slug)); // by its sentence
  }

  #goOn(slug) {
    const place = memory.position(slug);
    if (place <= 1 || place >= this.seconds) return;
    this.seek(place);
    this.#resumeNote(`Play continues from ${spoken(place)}.`);
  }

  #resumeNote(text) {
    this.page.querySelector("[data-resume]").textContent = text;
    const button = this.box.querySelector("[data-play]");
    if (text) button.setAttribute("aria-describedby", "resume");
    else button.removeAttribute("aria-describedby");
  }

  async #heard() {
    const form = this.page.querySelector("form[data-heard]");
    if (!form || form.elements.heard.value === "no" || !(await markHeard(form.dataset.heard))) return;
    form.elements.heard.value = "no";
    form.querySelector("button").textContent = "Mark as not heard";
  }

  /** Steps come fast while a key is held down: the last one is said. What the page does not show anyway is seen, too,
   * until there is sound. */
  #news(text, { isSeen = false } = {}) {
    clearTimeout(this.newsTimer);
    this.#isSeen = isSeen;
    this.newsTimer = setTimeout(() => {
      const region = this.page.querySelector(".options [data-news]");
      region.classList.toggle("unseen", !isSeen);
      region.textContent = text;
    }, NEWS_AFTER_MS);
  }

  #show() {
    this.audio.removeAttribute("controls");
    for (const part of this.page.querySelectorAll("[data-controls]")) part.hidden = false;
    for (const part of this.page.querySelectorAll("[data-plain]")) part.hidden = true;
  }
}

/** Make the page's player work. Called again when a player comes into a page that had none. */
export async function begin() {
  const box = document.querySelector("[data-player]:not([data-begun])");
  if (!box) return;
  box.dataset.begun = "";
  const Live = box.dataset.live ? (await import("./live.js")).Live : null;
  if (Live && !Live.isPossible) return; // the browser's own controls play the stream
  new Player(box, box.closest("article"), Live);
}

begin();
