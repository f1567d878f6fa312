/**
 * Keeps the player in reach at the window's top, where there is room for it, and keeps what has the focus out from under
 * it: browsers are told how much of the window it covers, and what they leave covered all the same is brought out.
 */

const MOST_OF_WINDOW = 1 / 3;
const GAP = 8;
const SMOOTH_MS = 1000;

export class Bar {
  #box;
  #region;

  /** `region` is what may hang under the box. */
  constructor(box, region) {
    this.#box = box;
    this.#region = region;
    const sizes = new ResizeObserver(() => this.#measure());
    for (const one of [box, region, document.documentElement]) sizes.observe(one);
    addEventListener("resize", () => this.#measure());
    addEventListener("scroll", () => this.#stick(), { passive: true });
    document.addEventListener("focusin", ({ target }) => {
      const now = AbortSignal.timeout(SMOOTH_MS); // a scroll that comes later is the reader's own
      addEventListener("scrollend", () => this.#uncover(target), { once: true, signal: now });
      requestAnimationFrame(() => this.#uncover(target));
    });
    this.#measure();
  }

  /** How much of the window's top is under the player. */
  get #covered() {
    if (!this.#box.isConnected || !this.#box.classList.contains("sticky")) return 0;
    const hangs = this.#box.classList.contains("stuck") ? this.#region.offsetHeight : 0;
    return GAP + this.#box.offsetHeight + (hangs > 1 ? hangs + GAP : 0);
  }

  #measure() {
    if (!this.#box.classList.contains("stuck")) {
      this.#box.classList.toggle("sticky", this.#box.offsetHeight < innerHeight * MOST_OF_WINDOW);
    }
    document.documentElement.style.setProperty("--bar", `${GAP + this.#box.offsetHeight}px`);
    document.documentElement.style.setProperty("--covered", `${this.#covered}px`);
  }

  #stick() {
    const { classList } = this.#box;
    const isStuck = classList.contains("sticky") && this.#box.getBoundingClientRect().top <= GAP;
    if (isStuck === classList.contains("stuck")) return;
    classList.toggle("stuck", isStuck);
    this.#measure();
  }

  /** Bring out what a keyboard's focus is on. What is higher than the room below the bar may go under it. */
  #uncover(element) {
    const covered = this.#covered;
    if (!covered || !element.isConnected || !element.matches(":focus-visible") || this.#box.contains(element)) return;
    const { top, height } = element.getBoundingClientRect();
    const over = covered + GAP - top;
    if (over > 0 && height < innerHeight - covered) scrollBy({ top: -over, behavior: "instant" });
  }
}
