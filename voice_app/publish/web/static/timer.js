/**
 * The sleep timer. It stops the sound at the end of a part of the text, or fades it out after some minutes of listening.
 * It never speaks by itself, as it would wake the one it is for: the time left is written, and "Where am I?" tells it.
 */

import { gettext, ngettext } from "./texts.js";

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

  /** `tell` has `news` (a sentence for the user) and `stopped` (the place to go on from). */
  constructor(page, audio, structure, volume, tell) {
    this.#audio = audio;
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

  /** What there is to tell of it, or nothing. */
  get words() {
    if (this.#unit === "minutes") {
      const minutes = Math.ceil(this.#leftMs / MINUTE_MS);
      return ngettext("The sound stops in %(num)s minute.", "The sound stops in %(num)s minutes.", minutes);
    }
    return {
      "": "",
      sentence: gettext("The sound stops at the end of a sentence."),
      paragraph: gettext("The sound stops at the end of a paragraph."),
      chapter: gettext("The sound stops at the end of a chapter."),
    }[this.#unit];
  }

  #set(value) {
    const minutes = Number(value);
    this.#unit = minutes ? "minutes" : value;
    this.#leftMs = minutes * MINUTE_MS;
    this.#select.value = value;
    this.#extend.hidden = !value;
    this.#extend.textContent = {
      minutes: ngettext("%(num)s minute more", "%(num)s minutes more", MORE_MINUTES),
      sentence: gettext("One sentence more"),
      paragraph: gettext("One paragraph more"),
      chapter: gettext("One chapter more"),
    }[this.#unit] ?? "";
    this.#ticked = performance.now();
    this.#aim();
    this.#volume.fade(1);
    this.#show();
  }

  #more() {
    if (this.#unit === "minutes") this.#leftMs += MORE_MINUTES * MINUTE_MS;
    else if (this.#end) this.#end = this.#structure.step(this.#unit, true, this.#end.start + 0.01);
    clearTimeout(this.#stop);
    this.#volume.fade(1);
    this.#show();
    this.#tell.news(this.#unit === "minutes" ? this.words : this.#extend.textContent);
  }

  /** Where the part that is heard now ends. */
  #aim() {
    clearTimeout(this.#stop);
    this.#end = ["", "minutes"].includes(this.#unit)
      ? null
      : this.#structure.step(this.#unit, true, this.#audio.currentTime + 0.01);
  }

  #tick(event) {
    const now = performance.now();
    const passed = event === "play" ? 0 : now - this.#ticked;
    this.#ticked = now;
    clearTimeout(this.#stop);
    if (!this.#unit) return;
    if (event === "seeked") this.#aim();
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
    this.#tell.stopped(place);
  }

  #show() {
    const words = this.#unit === "minutes" ? this.words : "";
    if (this.#left.textContent !== words) this.#left.textContent = words;
  }
}
