/** How fast the voice speaks, its pitch kept. It is a setting of this browser, the same for all articles. */

import { settings } from "./settings.js";
import { gettext, language } from "./texts.js";

const USUAL = "1";

export class Speed {
  #audio;
  #select;
  #speeds;

  /** `speeds` are those there are, the slowest first, as texts. */
  constructor(audio, select, speeds) {
    this.#audio = audio;
    this.#select = select;
    this.#speeds = speeds;
    const kept = settings.get("speed", USUAL);
    this.#play(speeds.includes(kept) ? kept : USUAL);
    select?.addEventListener("change", () => this.#set(select.value));
  }

  get value() {
    return this.#audio.playbackRate;
  }

  /** Go so many steps faster, and say how fast it is then. */
  change(steps) {
    const place = this.#speeds.indexOf(String(this.value)) + steps;
    this.#set(this.#speeds[Math.min(Math.max(place, 0), this.#speeds.length - 1)]);
    return this.words;
  }

  get words() {
    if (this.value === 1) return gettext("Normal speed");
    return gettext("%(times)s times", { times: this.value.toLocaleString(language) });
  }

  #set(value) {
    this.#play(value);
    settings.set("speed", value, USUAL);
  }

  #play(value) {
    const audio = this.#audio;
    audio.preservesPitch = true;
    audio.defaultPlaybackRate = audio.playbackRate = Number(value);
    if (this.#select) this.#select.value = value;
  }
}
