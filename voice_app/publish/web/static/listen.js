/** One button that plays what was not heard yet, one article after the other, and marks each as heard at its end. */

import { memory, rememberPlace } from "./memory.js";
import { Session } from "./session.js";
import { markHeard, moveTo, playButton, start } from "./sound.js";

const SKIP_SECONDS = 15;

class Station {
  #here = 0;

  constructor(box, items) {
    this.box = box;
    this.items = items;
    this.audio = new Audio();
    this.audio.preload = "none";
    this.button = box.querySelector("[data-play]");
    playButton(this.button, this.audio);
    this.keep = rememberPlace(this.audio, () => this.item.dataset.slug);
    this.session = new Session(this.audio, {
      play: () => start(this.audio),
      pause: () => this.audio.pause(),
      seekbackward: () => this.skip(-SKIP_SECONDS),
      seekforward: () => this.skip(SKIP_SECONDS),
      seekto: (details) => moveTo(this.audio, details.seekTime, Number(this.item.dataset.seconds)),
      previoustrack: () => this.go(this.#here - 1),
      nexttrack: () => this.go(this.#here + 1),
    });
    this.#listen();
    this.load(0);
  }

  get item() {
    return this.items[this.#here];
  }

  skip(seconds) {
    moveTo(this.audio, this.audio.currentTime + seconds, Number(this.item.dataset.seconds));
  }

  /** Go on to another article; if one was playing, it plays. */
  go(index) {
    if (index < 0 || index >= this.items.length) return;
    const isPlaying = !this.audio.paused;
    this.keep();
    this.load(index);
    if (isPlaying) start(this.audio);
  }

  load(index) {
    this.#here = index;
    const { title, artist, artwork, slug, seconds } = this.item.dataset;
    this.audio.src = this.item.querySelector("audio").src;
    this.audio.preservesPitch = true;
    this.audio.defaultPlaybackRate = this.audio.playbackRate = memory.speed();
    const place = memory.position(slug);
    if (place > 1 && place < Number(seconds)) this.audio.currentTime = place;
    this.session.about({ title, artist, artwork, album: this.box.dataset.album });
    this.#show();
  }

  #listen() {
    const { audio, box } = this;
    box.querySelector("[data-skip]").addEventListener("click", () => this.skip(-SKIP_SECONDS));
    box.querySelector("[data-next]").addEventListener("click", () => this.go(this.#here + 1));
    audio.addEventListener("play", () => this.#show());
    audio.addEventListener("error", () => {
      box.querySelector("[data-problem]").textContent = "This article's sound could not be loaded.";
      this.go(this.#here + 1);
    });
    audio.addEventListener("ended", () => this.#ended());
  }

  #ended() {
    const { item } = this;
    markHeard(item.dataset.heard);
    item.classList.add("heard");
    if (this.#here + 1 < this.items.length) {
      this.load(this.#here + 1);
      start(this.audio);
    } else {
      this.#show();
      this.box.querySelector("[data-then]").textContent = "That was all. You have heard everything.";
    }
  }

  /** Not announced: the voice itself begins with the article's title. */
  #show() {
    const next = this.items[this.#here + 1];
    const isUnder = !this.audio.paused || this.audio.currentTime > 0;
    this.box.querySelector("[data-word]").textContent = isUnder ? "Now" : "First";
    this.box.querySelector("[data-now]").textContent = this.item.dataset.title;
    this.box.querySelector("[data-then]").textContent = next ? `Next: ${next.dataset.title}` : "This is the last one.";
    this.box.querySelector("[data-next]").hidden = !next;
    for (const item of this.items) {
      item.querySelector("[data-playing]").hidden = item !== this.item || this.audio.paused;
    }
  }

  /** Show this instead of the browser's own players, and put the focus where the page is used. */
  begin() {
    for (const item of this.items) item.querySelector("audio").hidden = true;
    this.box.hidden = false;
    this.button.focus({ preventScroll: true });
  }
}

const items = [...document.querySelectorAll("[data-slug]")];
if (items.length) new Station(document.querySelector("[data-station]"), items).begin();
