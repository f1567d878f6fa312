/**
 * What a listener does with the text itself: which mark goes along with the sound, how kinds of structure are heard, and
 * playing from a sentence by a click, by keys, or from a selection. All of it is chosen in the player's options.
 */

import { Choose } from "./choose.js";
import { Selection, sentenceAt } from "./selection.js";
import { settings } from "./settings.js";
import { Skipping } from "./skipping.js";

const CONTROLS = "a, button, input, select, textarea, summary, label, audio";

export class Along {
  #player;
  #skipping;

  /** `player` has: `box` and `page`, elements; `audio`; `follow`; `isTimed`, a promise that is kept once each sentence has
   * its time; `seek(seconds)` and `playFrom(seconds)`. */
  constructor(player) {
    const { page, audio, follow } = player;
    this.#player = player;
    this.#skipping = new Skipping(audio, follow, (seconds) => player.seek(seconds));
    for (const control of page.querySelectorAll("[data-setting]")) this.#setting(control);
    this.#apply();
    const prose = page.querySelector(".prose");
    if (prose) this.#places(prose);
    this.#clicks();
    page.classList.add("playable");
  }

  /** What begins at a place in the text that was chosen or selected. */
  #places(prose) {
    const { page, audio, follow } = this.#player;
    const choose = page.querySelector("[data-choose]");
    const chooser = new Choose(choose, prose, follow, (seconds) => this.#player.playFrom(seconds));
    choose.addEventListener("click", () => this.#player.isTimed.then(() => chooser.begin(audio.currentTime)));
    new Selection(prose, page.querySelector("[data-from-selection]"), (element) => this.#play(element));
  }

  /** A control of the options that is a setting of this browser's. A box is "on" or "off". */
  #setting(control) {
    const { setting: name, usual } = control.dataset;
    const isBox = control.type === "checkbox";
    const value = settings.get(name, usual);
    if (isBox) control.checked = value === "on";
    else control.value = value;
    control.addEventListener("change", () => {
      settings.set(name, isBox ? (control.checked ? "on" : "off") : control.value, usual);
      this.#apply();
    });
  }

  #apply() {
    const { page, follow } = this.#player;
    const chosen = (control) => settings.get(control.dataset.setting, control.dataset.usual);
    const kinds = page.querySelectorAll("[data-skips] [data-setting]");
    this.#skipping.choose(Object.fromEntries([...kinds].map((one) => [one.dataset.setting, chosen(one)])));
    follow.mode = settings.get("follow", "sentence");
    follow.doesScroll = settings.get("scroll", "on") === "on";
    follow.update();
  }

  #play(element) {
    this.#player.isTimed.then(() => {
      const sentence = this.#player.follow.of(element.closest(".sentence[data-start]"));
      if (sentence) this.#player.playFrom(sentence.start);
    });
  }

  /** Any sentence starts the sound there, unless the click was for a link or chose text. So does Enter where the
   * cursor of a browser that has one in pages stands, or where a selection begins. */
  #clicks() {
    const { box, page, audio } = this.#player;
    let wasPaused = true;
    document.addEventListener("click", (event) => {
      if (!box.isConnected) return; // another player took its place
      if (event.defaultPrevented || event.button !== 0 || !getSelection().isCollapsed) return;
      const place = event.target.closest(CONTROLS) ? null : event.target.closest(".sentence");
      if (!place) return;
      wasPaused = audio.paused;
      this.#play(place);
    });
    document.addEventListener("dblclick", (event) => {
      if (wasPaused && event.target.closest?.(".sentence")) audio.pause(); // it was to choose a word
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.defaultPrevented || event.target.closest?.(CONTROLS) || !box.isConnected) return;
      const selection = getSelection();
      const place = selection.rangeCount && sentenceAt(page, selection.getRangeAt(0));
      if (!place) return;
      event.preventDefault();
      this.#play(place);
    });
  }
}
