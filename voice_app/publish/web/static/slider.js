/**
 * The position as a slider. While it has the focus its value changes by its user's hand alone, because a screen reader
 * would read out every change; what the eye sees (the track, the clock) goes on moving.
 */

import { gettext } from "./texts.js";
import { clock, spoken } from "./words.js";

const ARROW_SECONDS = 5;
const PAGE_SECONDS = 60;
const STEPS = {
  ArrowLeft: -ARROW_SECONDS, ArrowDown: -ARROW_SECONDS, ArrowRight: ARROW_SECONDS, ArrowUp: ARROW_SECONDS,
  PageDown: -PAGE_SECONDS, PageUp: PAGE_SECONDS, Home: -Infinity, End: Infinity,
};

export class Slider {
  #input;
  #face;
  #clock;
  #seconds;
  #end;
  #at = 0;

  /** `box` holds the slider and both clocks. `face` gets the share that was played, for styles. */
  constructor(box, face, seconds, seek) {
    const input = box.querySelector("[data-position]");
    this.#input = input;
    this.#face = face;
    this.#clock = box.querySelector("[data-now]");
    this.#end = box.lastElementChild;
    this.#seconds = seconds;
    input.addEventListener("keydown", (event) => {
      const step = STEPS[event.key]; // time runs from left to right in every language
      if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const from = this.#at;
      this.#tell(seek(Math.abs(step) === Infinity ? (step > 0 ? this.#seconds : 0) : from + step));
    });
    input.addEventListener("input", () => this.#tell(seek(Number(input.value))));
  }

  /** The whole got longer or shorter. */
  set seconds(seconds) {
    this.#seconds = seconds;
    if (this.#end.textContent !== clock(seconds)) this.#end.textContent = clock(seconds);
    this.show(this.#at);
  }

  /** Show a time. */
  show(seconds) {
    this.#at = seconds;
    const share = this.#seconds ? Math.min(1, seconds / this.#seconds) : 0;
    this.#face.style.setProperty("--played", share.toFixed(4));
    if (this.#clock.textContent !== clock(seconds)) this.#clock.textContent = clock(seconds);
    if (document.activeElement === this.#input) return;
    this.#input.max = Math.round(this.#seconds);
    this.#input.value = seconds;
    this.#input.setAttribute("aria-valuetext", words(seconds, this.#seconds));
  }

  /** The user moved it: the new time alone, the whole was said when the slider was reached. */
  #tell(seconds) {
    this.show(seconds);
    this.#input.value = seconds;
    this.#input.setAttribute("aria-valuetext", spoken(seconds));
  }
}

const words = (seconds, whole) =>
  gettext("%(now)s of %(whole)s", { now: spoken(seconds), whole: spoken(Math.round(whole)) });
