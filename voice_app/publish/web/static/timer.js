/**
 * The sleep timer. It stops the sound at the end of a part of the text, or fades it out after some minutes of listening.
 * It never speaks by itself, as it would wake the one it is for: the time left is written, and "Where am I?" tells it.
 */

import { gettext, ngettext } from "./texts.js";
import { spoken } from "./words.js";

const NAME = "voice-app.slept";
const FADE_MS = 15000;
const MORE_MINUTES = 5;
const MINUTE_MS = 60000;
const NEAR_SECONDS = 0.6; // timeupdate comes four times a second

export class SleepTimer {
  #audio;
  #structure;
  #volume;
  #tell;
  #select;
  #extend;
  #left;
  #unit = ""; // a part of the text, or "minutes", or nothing
  #leftMs = 0;
  #end = null; // the sentence that is not played any more; null when the sound ends before
  #ticked = 0;
  #stop = 0;
  #slug;

  /** `tell` has `news` (a sentence for the user) and `stopped` (the place to go on from). */
  constructor(page, audio, slug, structure, volume, tell) {
    this.#audio = audio;
    this.#slug = slug;
    this.#structure = structure;
    this.#volume = volume;
    this.#tell = tell;
    this.#select = page.querySelector("[data-sleep]");
    this.#extend = page.querySelector("[data-extend]");
    this.#left = page.querySelector("[data-left]");
    if (!this.#select) return;
    this.#select.addEventListener("change", () => this.#set(this.#select.value));
    this.#extend.addEventListener("click", () => this.#more());
    for (const event of ["timeupdate", "play", "seeked", "ratechange", "pause"]) {
      audio.addEventListener(event, () => this.#tick(event));
    }
    audio.addEventListener("ended", () => this.#set(""));
  }

  /** What the next Play does, after it stopped the sound. */
  static note(place) {
    return gettext("The sleep timer stopped the sound. Play continues from %(time)s.", { time: spoken(place) });
  }

  /** Whether it was this that ended the last listening to this article, there. */
  didStopAt(place) {
    try {
      const [slug, seconds] = JSON.parse(localStorage.getItem(NAME)) ?? [];
      return slug === this.#slug && Math.abs(seconds - place) < 0.5;
    } catch {
      return false; // storage may be switched off
    }
  }

  /** What there is to tell of it, or nothing. */
  get words() {
    if (this.#unit === "minutes") {
      const minutes = Math.ceil(this.#leftMs / MINUTE_MS);
      return ngettext("The sound stops in %(num)s minute.", "The sound stops in %(num)s minutes.", minutes);
    }
    const parts = this.#parts;
    return {
      "": "",
      sentence: ngettext(
        "The sound stops after %(num)s sentence.",
        "The sound stops after %(num)s sentences.",
        parts,
      ),
      paragraph: ngettext(
        "The sound stops after %(num)s paragraph.",
        "The sound stops after %(num)s paragraphs.",
        parts,
      ),
      chapter: ngettext(
        "The sound stops after %(num)s chapter.",
        "The sound stops after %(num)s chapters.",
        parts,
      ),
    }[this.#unit];
  }

  /** Go on where the timer of another player was, whose place this one's takes. */
  takeOver(other) {
    if (!other.#unit || !this.#select) return;
    this.#set(other.#select.value);
    this.#leftMs = other.#leftMs;
    this.#show();
  }

  #set(value) {
    const minutes = Number(value);
    this.#unit = minutes ? "minutes" : value;
    this.#leftMs = minutes * MINUTE_MS;
    this.#select.value = value;
    this.#extend.hidden = !value;
    this.#extend.textContent = {
      minutes: ngettext("Stop %(num)s minute later", "Stop %(num)s minutes later", MORE_MINUTES),
      sentence: gettext("Stop one sentence later"),
      paragraph: gettext("Stop one paragraph later"),
      chapter: gettext("Stop one chapter later"),
    }[this.#unit] ?? "";
    this.#ticked = performance.now();
    this.#aim();
    this.#volume.fade(1);
    this.#show();
  }

  #more() {
    if (this.#unit === "minutes") this.#leftMs += MORE_MINUTES * MINUTE_MS;
    else if (this.#end) this.#end = this.#part(this.#end.start);
    clearTimeout(this.#stop);
    this.#volume.fade(1);
    this.#show();
    this.#tell.news(this.words);
  }

  /** Where the part that is heard now ends. */
  #aim() {
    clearTimeout(this.#stop);
    this.#end = ["", "minutes"].includes(this.#unit)
      ? null
      : this.#part(this.#audio.currentTime);
  }

  /** How many parts are still heard, the present one with them. */
  get #parts() {
    let count = 1;
    for (let at = this.#part(this.#audio.currentTime); at && at !== this.#end; at = this.#part(at.start)) count += 1;
    return count;
  }

  #part(after) {
    return this.#structure.step(this.#unit, true, after + 0.01);
  }

  #tick(event) {
    const now = performance.now();
    const passed = event === "play" ? 0 : now - this.#ticked;
    this.#ticked = now;
    clearTimeout(this.#stop);
    if (!this.#unit) return;
    if (event === "seeked" && !(this.#audio.currentTime < this.#end?.start)) this.#aim();
    if (event === "pause") this.#volume.fade(1);
    if (this.#audio.paused) return;
    if (this.#unit === "minutes") this.#count(passed);
    else this.#watch();
  }

  #count(passed) {
    this.#leftMs -= passed;
    this.#volume.fade(Math.min(1, Math.max(0, this.#leftMs / FADE_MS)));
    this.#show();
    if (this.#leftMs > 0) return;
    const faded = this.#audio.currentTime - (FADE_MS / 1000) * this.#audio.playbackRate; // half asleep already
    this.#over(this.#structure.at(faded)?.start ?? 0);
  }

  #watch() {
    if (!this.#end) return;
    const left = (this.#end.start - this.#audio.currentTime) / this.#audio.playbackRate;
    if (left < NEAR_SECONDS) this.#stop = setTimeout(() => this.#over(this.#end.start), Math.max(0, 1000 * left));
  }

  #over(place) {
    this.#audio.pause();
    this.#set("");
    try {
      localStorage.setItem(NAME, JSON.stringify([this.#slug, place]));
    } catch {
      /* then it is not remembered why the sound stopped, only where */
    }
    this.#tell.stopped(place);
  }

  #show() {
    const words = this.#unit === "minutes" ? this.words : "";
    if (this.#left.textContent !== words) this.#left.textContent = words;
  }
}
