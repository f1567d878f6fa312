/** How loud the sound is: by the listener's hand, and fading when the sleep timer wants it. */

import { gettext } from "./texts.js";

export class Volume {
  #audio;
  #mute;
  #range;
  #level = 1;
  #share = 1;

  constructor(audio, page) {
    this.#audio = audio;
    this.#mute = page.querySelector("[data-do=mute]");
    this.#range = page.querySelector("[data-volume]");
    if (this.#range) this.#listen(this.#range);
    audio.addEventListener("volumechange", () => this.#show());
  }

  /** Be as loud as another player, whose place this one's takes. */
  takeOver(other) {
    this.#level = other.#level;
    this.#audio.muted = other.#audio.muted;
    this.#set();
    this.#say();
  }

  get isMuted() {
    return this.#audio.muted;
  }

  toggle() {
    this.#audio.muted = !this.#audio.muted;
  }

  /** Play at a share of the chosen level, from 0 to 1. */
  fade(share) {
    if (share === this.#share) return;
    this.#share = share;
    this.#set();
  }

  #listen(range) {
    range.addEventListener("input", () => {
      this.#level = Number(range.value) / 100;
      this.#audio.muted = false;
      this.#set();
      this.#say();
    });
    this.#audio.volume = 0.5; // iPhones leave it to their own keys, and a control that does nothing is a trap
    range.closest("[data-level]").hidden = this.#audio.volume !== 0.5;
    this.#set();
    this.#say();
  }

  #set() {
    this.#audio.volume = this.#level * this.#share;
  }

  /** The level in words. A fade is none of the listener's doing, and is not told. */
  #say() {
    if (!this.#range) return;
    this.#range.value = 100 * this.#level;
    this.#range.setAttribute("aria-valuetext", `${this.#range.value} %`);
  }

  #show() {
    const label = this.#mute?.querySelector("[data-label]");
    const word = this.#audio.muted ? gettext("Unmute") : gettext("Mute");
    if (label && label.textContent !== word) label.textContent = word;
  }
}
