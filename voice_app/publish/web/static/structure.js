/** Sentences, paragraphs, headings and chapters of the text, and where the next one of a kind begins. */

const BLOCKS = "p, li, tr, caption, .code, h1, h2, h3, h4, h5, h6";
const HEADINGS = "h1, h2, h3, h4, h5, h6";
const NEAR_SECONDS = 0.1;

/** The paragraph, item, row or heading that a sentence is part of. */
export const blockOf = (element) => element.closest(BLOCKS) ?? element;

/** The heading that a sentence is part of, or null. */
export const headingOf = (element) => element.closest(HEADINGS);

export class Structure {
  #follow;
  #chapters;

  constructor(follow, chapters) {
    this.#follow = follow;
    this.#chapters = chapters;
  }

  /** The sentence at a time, or null before the first. */
  at(seconds) {
    return this.#follow.at(seconds);
  }

  /**
   * The sentence with which the next part of a kind begins, or the last such one. Back from inside a part leads to its
   * own beginning. Null when there is none. Forward from before the first sentence leads to the first, but for chapters:
   * there the listener is in the first one already.
   */
  step(unit, isForward, seconds) {
    const at = this.#follow.at(seconds);
    const beside = (steps) => this.#follow.beside(steps, seconds);
    if (!at) {
      const first = isForward ? beside(1) : null;
      return first && unit === "chapter" ? this.step(unit, true, first.start) : first;
    }
    const way = isForward ? 1 : -1;
    for (let steps = way, last = at; ; steps += way) {
      const sentence = beside(steps);
      if (!sentence || sentence === last) return null;
      const before = beside(steps - 1);
      if (before === sentence || this.#isBeginning(unit, sentence, before)) return sentence;
      last = sentence;
    }
  }

  #isBeginning(unit, { element, start }, before) {
    if (unit === "sentence") return true;
    if (unit === "chapter") {
      return this.#chapters.starts.some((at) => before.start < at - NEAR_SECONDS && start >= at - NEAR_SECONDS);
    }
    if (blockOf(element) === blockOf(before.element)) return false;
    return unit === "paragraph" || headingOf(element) !== null;
  }
}
