/**
 * Choosing a sentence by keys: one place to tab to that goes from sentence to sentence with the arrows. Enter plays,
 * Escape goes back to the button. Only while this lasts is a sentence a control, and only the one that has the focus, so
 * that nobody else meets two hundred of them.
 */

export class Choose {
  #button;
  #prose;
  #follow;
  #playFrom;
  #here = null;

  constructor(button, page, follow, playFrom) {
    this.#button = button;
    this.#prose = page.querySelector(".prose");
    this.#follow = follow;
    this.#playFrom = playFrom;
    page.addEventListener("keydown", (event) => event.target === this.#here?.element && this.#key(event));
    page.addEventListener("focusout", ({ target }) => target === this.#here?.element && this.#leave());
  }

  /** Begin at a time, with its sentence. */
  begin(seconds) {
    const { sentences } = this.#follow;
    if (sentences.length) this.#go(this.#follow.at(seconds) ?? sentences[0]);
  }

  #go(sentence) {
    if (sentence === this.#here) return;
    this.#leave();
    this.#here = sentence;
    const { element } = sentence;
    element.tabIndex = 0;
    // A row, a figure or an item stays what it is; a run of text is nothing that a screen reader would name.
    if (element.localName === "span") this.#name(element);
    this.#prose.setAttribute("role", "application"); // else the arrows would be the screen reader's
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: "center" });
  }

  /** A control by its words; one with links in it would hide them. */
  #name(element) {
    const hasLinks = element.querySelector("a[href]");
    element.setAttribute("role", hasLinks ? "group" : "button");
    if (hasLinks) element.ariaLabel = element.textContent.trim();
  }

  #leave() {
    const element = this.#here?.element;
    this.#here = null;
    this.#prose.removeAttribute("role");
    for (const name of ["role", "tabindex", "aria-label"]) element?.removeAttribute(name);
  }

  #key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { sentences } = this.#follow;
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
