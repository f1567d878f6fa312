/**
 * The words of sentences, when each sounds, and the mark on the one being spoken. It is a highlight of the browser and
 * changes nothing in the page. A browser that has none, and a voice that cannot tell its words, leave it to the sentence.
 */

const NAME = "spoken";
const RETRY_MS = 1000;
const canMark = Boolean(globalThis.Highlight && globalThis.CSS?.highlights);

export class WordMark {
  #address;
  #known = new Map(); // sentence's id -> its words, in order
  #asked = new Map(); // sentence's id -> when it was asked for
  #came;

  /** `address` has `{id}` for the sentence from which on words are asked for; `came` is called when some are there. */
  constructor(address, came) {
    this.#address = address;
    this.#came = came;
  }

  goTo(address) {
    if (address === this.#address) return;
    this.#address = address;
    this.#known.clear();
    this.#asked.clear();
  }

  /** The word that sounds, with its `range` in the text and when the `next` begins. Null when that is not known. */
  at(sentence, seconds, following) {
    if (!canMark || !this.#address) return null;
    const words = this.#of(sentence.element);
    if (following && words) this.#of(following.element);
    if (!words?.length) return null;
    const inside = seconds - sentence.start + 0.01;
    const index = Math.max(0, words.findLastIndex(({ start }) => start <= inside));
    const word = words[index];
    word.range ??= rangeOf(sentence.element, word.first, word.last);
    return { range: word.range, next: index + 1 < words.length ? sentence.start + words[index + 1].start : Infinity };
  }

  show(range) {
    if (!canMark) return;
    if (range) CSS.highlights.set(NAME, new Highlight(range));
    else CSS.highlights.delete(NAME);
  }

  /** A sentence's words. Those of a table's row or an announcement are not in the text, so it has none. */
  #of(element) {
    if (element.localName !== "span") return [];
    const id = element.id.slice(2);
    if (!this.#known.has(id)) this.#ask(id);
    return this.#known.get(id);
  }

  async #ask(id) {
    if (performance.now() - (this.#asked.get(id) ?? -Infinity) < RETRY_MS) return;
    this.#asked.set(id, performance.now());
    const address = this.#address;
    const answer = await fetch(address.replace("{id}", id)).catch(() => null);
    if (!answer || address !== this.#address) return;
    if (answer.status === 404) this.#known.set(id, []); // the sound is another one by now
    if (!answer.ok) return;
    for (const [one, timing] of Object.entries(await answer.json())) this.#known.set(one, wordsOf(timing));
    this.#came();
  }
}

/** Words out of four numbers each: characters since the last word, its own, milliseconds since then, its own. */
function wordsOf(timing) {
  const numbers = timing ? timing.split(" ").map(Number) : [];
  const words = [];
  let last = 0;
  let end = 0;
  for (let at = 0; at < numbers.length; at += 4) {
    const [gap, length, wait, sound] = numbers.slice(at, at + 4);
    words.push({ first: last + gap, last: last + gap + length, start: (end + wait) / 1000 });
    last += gap + length;
    end += wait + sound;
  }
  return words;
}

/** Characters [first, last) of an element's text. They are counted as the server counts them: a sign beyond the first
 * 65,536 of Unicode is one. */
function rangeOf(element, first, last) {
  const range = new Range();
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let at = 0;
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    const characters = [...node.data];
    const offset = (place) => characters.slice(0, place - at).join("").length;
    const end = at + characters.length;
    if (first >= at && first < end) range.setStart(node, offset(first));
    if (last > at && last <= end) range.setEnd(node, offset(last));
    at = end;
  }
  return range;
}
