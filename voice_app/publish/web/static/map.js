/**
 * The chapters on the track of the position, each as wide as it is long, the part that was played filled. It is for the
 * eye: the position above it is what is moved, and the list of chapters is the way for everybody.
 */

const MOST = 60;

export class ChapterMap {
  #parts = [];
  #lengths = [];

  constructor(map, chapters) {
    this.map = map;
    if (chapters.length < 2 || chapters.length > MOST) return;
    this.#parts = chapters.starts.map(() => document.createElement("span"));
    map.replaceChildren(...this.#parts);
    map.parentElement.classList.add("parted");
  }

  /** The first chapter begins where the sound does. */
  show(seconds, whole, starts, here) {
    for (const [number, part] of this.#parts.entries()) {
      const start = number ? starts[number] : 0;
      const length = Math.max(0, (starts[number + 1] ?? whole) - start);
      if (this.#lengths[number] !== length) part.style.flexGrow = length;
      this.#lengths[number] = length;
      const played = length ? Math.min(1, Math.max(0, (seconds - start) / length)) : 0;
      part.style.setProperty("--part", played.toFixed(4));
      part.classList.toggle("current", number === here);
    }
  }
}
