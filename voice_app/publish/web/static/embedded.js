/**
 * The player in a frame on another site's page. Like the article page's, it is silent but for what its user does. It
 * tells the page around it two things: how high it is, and what it is called.
 */

import { Session } from "./session.js";
import { Slider } from "./slider.js";
import { moveTo, playButton, start } from "./sound.js";
import { gettext } from "./texts.js";
import { spoken } from "./words.js";

const SKIP_SECONDS = 15;
const EDGES_PX = 2;

class Frame {
  constructor(box, Live) {
    this.box = box;
    this.seconds = Number(box.dataset.seconds);
    this.audio = box.querySelector("audio");
    this.slider = new Slider(box.querySelector(".seek"), box, this.seconds, (to) => this.seek(to));
    playButton(box.querySelector("[data-play]"), this.audio);
    this.#controls();
    this.#session(box.dataset);
    if (Live) this.#live(Live);
    this.audio.removeAttribute("controls");
    box.querySelector("[data-controls]").hidden = false;
  }

  seek(seconds) {
    const time = moveTo(this.audio, seconds, this.seconds);
    this.slider.show(time);
    return time;
  }

  /** Skip a few seconds. Paused, the new place is said; playing, it is heard. */
  skip(seconds) {
    const time = this.seek(this.audio.currentTime + seconds);
    if (this.audio.paused) this.tell(spoken(time));
  }

  tell(text) {
    this.box.querySelector("[data-news]").textContent = text;
  }

  #controls() {
    const { audio, box } = this;
    for (const button of box.querySelectorAll("[data-skip]")) {
      button.addEventListener("click", () => this.skip(Number(button.dataset.skip)));
    }
    const speed = box.querySelector("[data-speed]");
    audio.preservesPitch = true;
    speed.addEventListener("change", () => {
      audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
    });
    audio.addEventListener("timeupdate", () => this.slider.show(audio.currentTime));
    audio.addEventListener("playing", () => this.tell(""));
    audio.addEventListener("error", () => this.tell(gettext("The sound could not be loaded. Reload the page and try again.")));
  }

  #session({ title, artist, album, artwork }) {
    const { audio } = this;
    const session = new Session(audio, {
      play: () => start(audio),
      pause: () => audio.pause(),
      seekbackward: () => this.skip(-SKIP_SECONDS),
      seekforward: () => this.skip(SKIP_SECONDS),
      seekto: (details) => this.seek(details.seekTime),
    });
    audio.addEventListener("play", () => session.about({ title, artist, album, artwork }));
  }

  #live(Live) {
    new Live(this.audio, this.box.dataset.live, {
      line: (line) => {
        this.seconds = this.slider.seconds = line.seconds;
      },
      news: (text) => this.tell(text),
      failed: (why) => this.tell(why),
    });
  }
}

/** A frame cannot fit itself to what is in it; the script that made it can. */
function fit() {
  const height = Math.ceil(document.body.getBoundingClientRect().height) + EDGES_PX;
  parent.postMessage({ voiceApp: { height, title: document.title } }, "*");
}

async function begin() {
  const box = document.querySelector("[data-player]");
  if (!box) return;
  const Live = box.dataset.live ? (await import("./live.js")).Live : null;
  if (Live && !Live.isPossible) return; // the browser's own controls play the stream
  new Frame(box, Live);
}

begin();
if (parent !== window) new ResizeObserver(fit).observe(document.body);
