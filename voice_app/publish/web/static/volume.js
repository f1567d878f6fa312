/** How loud the sound is: by the listener's hand, and fading when the sleep timer wants it. */

import { gettext } from "./texts.js";

export class Volume {
  #audio;
  #mute;
  #level = 1;
  #share = 1;

  constructor(audio, page) {
    this.#audio = audio;
    this.#mute = page.querySelector("[data-do=mute]");
    const range = page.querySelector("[data-volume]");
    if (range) this.#range(range);
    audio.addEventListener("volumechange", () => this.#show());
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

  #range(range) {
    const tell = () => range.setAttribute("aria-valuetext", `${range.value} %`);
    tell();
    range.addEventListener("input", () => {
      this.#level = Number(range.value) / 100;
      this.#audio.muted = false;
      this.#set();
      tell();
    });
    this.#audio.volume = 0.5; // iPhones leave it to their own keys, and a control that does nothing is a trap
    range.closest("[data-level]").hidden = this.#audio.volume !== 0.5;
    this.#set();
  }

  #set() {
    this.#audio.volume = this.#level * this.#share;
  }

  #show() {
    const label = this.#mute?.querySelector("[data-label]");
    const word = this.#audio.muted ? gettext("Unmute") : gettext("Mute");
    if (label && label.textContent !== word) label.textContent = word;
  }
}
