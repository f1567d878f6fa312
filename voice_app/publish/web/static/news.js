/**
 * The page's one status region. It speaks of what the user did, once, and of nothing else. Steps come fast while a key
 * is held down: the last one is said.
 */

const AFTER_MS = 350;

export class News {
  #region;
  #timer = 0;
  #isSeen = false;

  constructor(region) {
    this.#region = region;
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.clear());
  }

  /** `isSeen` shows it, too: what the page does not show anyway. The region is emptied first, so that the same
   * sentence is said again when it is asked for again. */
  say(text, { isSeen = false } = {}) {
    clearTimeout(this.#timer);
    this.#isSeen = isSeen;
    this.#region.textContent = "";
    this.#region.classList.toggle("unseen", !isSeen);
    if (text) this.#timer = setTimeout(() => { this.#region.textContent = text; }, AFTER_MS);
  }

  /** Take away what is seen. What was only said needs no taking away. */
  clear() {
    if (this.#isSeen) this.say("");
  }
}
