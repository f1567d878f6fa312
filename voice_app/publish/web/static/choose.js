/**
 * Choosing a sentence by keys: one place to tab to that goes from sentence to sentence with the arrows. Enter plays,
 * Escape goes back to the button. Only while this lasts is a sentence a control, and only the one that has the focus, so
 * that nobody else meets two hundred of them.
 */

import { gettext } from "./texts.js";

const FACTS = ["role", "tabindex", "aria-label", "aria-valuemin", "aria-valuemax", "aria-valuenow", "aria-valuetext"];

export class Choose {
  #button;
  #prose;
  #follow;
  #playFrom;
  #sentences = []; // those of the text: what stands above the player is not part of it
  #here = null;

  constructor(button, prose, follow, playFrom) {
    this.#button = button;
    this.#prose = prose;
    this.#follow = follow;
    this.#playFrom = playFrom;
    prose.addEventListener("keydown", (event) => event.target === this.#here?.element && this.#key(event));
    prose.addEventListener("focusout", ({ target }) => target === this.#here?.element && this.#leave());
  }

  /** Begin at a time, with its sentence. */
  begin(seconds) {
    this.#sentences = this.#follow.sentences.filter(({ element }) => this.#prose.contains(element));
    const here = this.#follow.at(seconds);
    if (this.#sentences.length) this.#go(this.#sentences.includes(here) ? here : this.#sentences[0]);
  }

  #go(sentence) {
    if (sentence === this.#here) return;
    this.#unname();
    this.#here = sentence;
    const { element } = sentence;
    element.tabIndex = 0;
    // A row, a paragraph or an item stays what it is; a run of text is nothing that a screen reader would name.
    if (element.localName === "span") this.#name(element, this.#sentences.indexOf(sentence) + 1);
    this.#prose.setAttribute("role", "application"); // else the arrows would be the screen reader's
    this.#prose.setAttribute("aria-label", gettext("Choose a sentence"));
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
  }

  /** One of a row of values, its name the sentence: screen readers leave the arrows to that. */
  #name(element, number) {
    const count = this.#sentences.length;
    const facts = {
      role: "spinbutton",
      "aria-label": element.textContent.trim(),
      "aria-valuemin": 1,
      "aria-valuemax": count,
      "aria-valuenow": number,
      "aria-valuetext": gettext("%(number)s of %(count)s", { number, count }),
    };
    for (const [name, value] of Object.entries(facts)) element.setAttribute(name, value);
  }

  #unname() {
    for (const name of FACTS) this.#here?.element.removeAttribute(name);
    this.#here = null;
  }

  #leave() {
    this.#unname();
    this.#prose.removeAttribute("role");
    this.#prose.removeAttribute("aria-label");
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const sentences = this.#sentences;
    const index = sentences.indexOf(this.#here);
    const isRtl = getComputedStyle(this.#here.element).direction === "rtl";
    const onwards = { ArrowDown: 1, ArrowUp: -1, ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key];
    if (onwards || event.key === "Home" || event.key === "End") {
      const to = onwards ? index + onwards : event.key === "Home" ? 0 : sentences.length - 1;
      this.#go(sentences[Math.min(Math.max(to, 0), sentences.length - 1)]);
    } else if (event.key === "Enter" || event.key === " ") this.#playFrom(this.#here.start);
    else if (event.key === "Escape") this.#button.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
