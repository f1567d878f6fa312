/** The article's chapters: a button for each, and a word beside the one where the listener is. */

import { clock } from "./words.js";

const EARLY_SECONDS = 0.1;

export class Chapters {
  #buttons;
  #shown = null;

  /** `play` is given the time where a chosen chapter begins. */
  constructor(page, play) {
    this.#buttons = [...page.querySelectorAll("[data-chapter]")];
    for (const button of this.#buttons) button.addEventListener("click", () => play(Number(button.dataset.chapter)));
  }

  get length() {
    return this.#buttons.length;
  }

  get starts() {
    return this.#buttons.map((button) => Number(button.dataset.chapter));
  }

  get titles() {
    return this.#buttons.map((button) => button.querySelector("[data-title]").textContent);
  }

  /** The number of the chapter at a time, from 0; -1 when there are none. */
  at(seconds) {
    return this.starts.findLastIndex((start) => start <= seconds + EARLY_SECONDS);
  }

  /** Say beside a button that the listener is there. Its name stays, as it may have the focus. */
  show(number) {
    const button = this.#buttons[number] ?? null;
    if (button === this.#shown) return;
    this.#mark(this.#shown, false);
    this.#mark(button, true);
    this.#shown = button;
  }

  #mark(button, isHere) {
    const item = button?.closest("li");
    if (!item) return;
    item.classList.toggle("current", isHere);
    item.querySelector("[data-here]").hidden = !isHere;
  }

  /** Chapters begin elsewhere than was thought: their numbers, from 1, with their times. */
  move(times) {
    for (const [number, start] of times) {
      const button = this.#buttons[number - 1];
      if (!button || button.dataset.chapter === start.toFixed(3)) continue;
      button.dataset.chapter = start.toFixed(3);
      button.querySelector(".clock").textContent = clock(start);
    }
  }
}
