/**
 * The player of an article's page. All its controls are in the page, hidden; this shows them and takes the browser's
 * own controls away, so that there is one set. Silent by design: only what the user does is said, and only where the
 * sound itself does not say it. An article that is not narrated yet has the same player, its sound made as it is heard.
 * Each control may be absent: the settings say which ones there are.
 */

import { Along } from "./along.js";
import { Bar } from "./bar.js";
import { Chapters } from "./chapters.js";
import { Follow } from "./follow.js";
import { Jump } from "./jump.js";
import { KeyForm } from "./keyform.js";
import { Keys } from "./keys.js";
import { tell } from "./later.js";
import { ChapterMap } from "./map.js";
import { memory, rememberPlace } from "./memory.js";
import { News } from "./news.js";
import { whereabouts } from "./place.js";
import { Session } from "./session.js";
import { Slider } from "./slider.js";
import { moveTo, playButton, start, toggle, whyNot } from "./sound.js";
import { Speed } from "./speed.js";
import { Structure } from "./structure.js";
import { gettext, ngettext } from "./texts.js";
import { SleepTimer } from "./timer.js";
import { Volume } from "./volume.js";
import { spoken } from "./words.js";

const SKIP_SECONDS = 15;

class Player {
  #chapter = null; // the number of the one that is heard

  /** `Live` makes the sound while it plays; without it the element has a finished file. */
  constructor(box, page, Live) {
    const { seconds, slug } = box.dataset;
    this.box = box;
    this.page = page;
    this.seconds = Number(seconds);
    this.isTimed = Promise.resolve(); // when it is known where each sentence is
    this.audio = box.querySelector("audio");
    this.follow = new Follow(this.audio, page, box.dataset.words);
    this.#parts();
    this.#controls();
    this.#session();
    if (Live) this.#live(Live);
    new Along(this);
    this.#resume(slug);
    this.#show();
    new Bar(box, page.querySelector(".options [data-news]"));
  }

  seek(seconds, { always = false } = {}) {
    const time = moveTo(this.audio, seconds, this.seconds);
    this.#resumeNote("");
    this.#showTime(time);
    this.follow.update({ always });
    return time;
  }

  /** Go to a time. Paused, the new place is said; playing, it is heard. `always` shows it, wherever the reader is. */
  goTo(seconds, { always = false } = {}) {
    const time = this.seek(seconds, { always });
    if (this.audio.paused) this.news.say(spoken(time));
  }

  skip(seconds) {
    this.goTo(this.audio.currentTime + seconds);
  }

  /** Step by a part of the text. Paused, its first sentence is said to a screen reader; playing, the voice says it. */
  step(unit, isForward) {
    const now = this.audio.currentTime;
    const sentence =
      unit === "sentence" ? this.follow.beside(isForward ? 1 : -1, now) : this.structure.step(unit, isForward, now);
    if (!sentence) {
      if (unit !== "sentence") this.news.say(isForward ? LATER[unit]() : EARLIER[unit]());
      return;
    }
    this.seek(sentence.start, { always: true });
    if (this.audio.paused) this.news.say(sentence.element.textContent);
  }

  playFrom(seconds) {
    this.seek(seconds);
    start(this.audio);
  }

  #parts() {
    const { audio, box, page } = this;
    this.news = new News(page.querySelector(".options [data-news]"));
    this.chapters = new Chapters(page, (to) => this.playFrom(to));
    this.structure = new Structure(this.follow, this.chapters);
    this.volume = new Volume(audio, page);
    this.speed = new Speed(audio, page.querySelector("[data-speed]"), box.dataset.speeds.split(" "));
    this.timer = new SleepTimer(page, audio, box.dataset.slug, this.structure, this.volume, {
      news: (text) => this.news.say(text),
      stopped: (place) => {
        this.seek(place);
        this.#resumeNote(SleepTimer.note(place));
      },
    });
    const seek = page.querySelector(".seek");
    if (!seek) return;
    this.slider = new Slider(seek, box, this.seconds, (to) => this.seek(to));
    this.map = new ChapterMap(seek.querySelector("[data-map]"), this.chapters);
  }

  #controls() {
    const { audio, box, page } = this;
    playButton(box.querySelector("[data-play]"), audio);
    for (const button of page.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => this.#do(button.dataset.do, button));
    }
    const field = page.querySelector("[data-goto]");
    const say = (...told) => this.news.say(...told);
    if (field) new Jump(field, { length: () => this.seconds, go: (to) => this.goTo(to, { always: true }), say });
    new KeyForm(page.querySelector("[data-keys]"), new Keys(box, (action) => this.#do(action)), say);
    audio.addEventListener("timeupdate", () => this.#showTime(audio.currentTime));
    audio.addEventListener("play", () => {
      this.#resumeNote("");
      this.#showTime(audio.currentTime);
    });
    audio.addEventListener("playing", () => this.news.clear());
    audio.addEventListener("error", async () => this.news.say(await whyNot(audio), { isSeen: true }));
    audio.addEventListener("ended", () => this.#heard());
  }

  /** Do what a button or a key stands for. `button` is the one that was pressed: it says itself what it did. */
  #do(action, button = null) {
    const [unit, way] = action.split("-");
    if (way) this.step(unit, way === "next");
    else this.#actions[action](button);
  }

  #actions = {
    play: () => toggle(this.audio),
    back: () => this.skip(-SKIP_SECONDS),
    forward: () => this.skip(SKIP_SECONDS),
    slower: () => this.news.say(this.speed.change(-1)),
    faster: () => this.news.say(this.speed.change(1)),
    mute: (button) => {
      this.volume.toggle();
      if (!button) this.news.say(this.volume.isMuted ? gettext("Sound off.") : gettext("Sound on."));
    },
    where: () => this.news.say(whereabouts(this), { isSeen: true }),
    goto: () => this.#reach("[data-goto] input"),
    sleep: () => this.#reach("[data-sleep]"),
  };

  /** Put the focus on a control, its drawer opened. */
  #reach(selector) {
    const control = this.page.querySelector(selector);
    control?.closest("details")?.setAttribute("open", "");
    control?.focus();
  }

  /** The keys for media go by chapters, and by paragraphs where there is no further chapter. */
  #session() {
    const { audio } = this;
    const part = (isForward) => {
      const step = (unit) => this.structure.step(unit, isForward, audio.currentTime);
      const to = (this.chapters.length > 1 && step("chapter")) || step("paragraph");
      if (to) this.seek(to.start);
    };
    this.session = new Session(audio, {
      play: () => start(audio),
      pause: () => audio.pause(),
      stop: () => audio.pause(),
      seekbackward: (details) => this.seek(audio.currentTime - (details.seekOffset ?? SKIP_SECONDS)),
      seekforward: (details) => this.seek(audio.currentTime + (details.seekOffset ?? SKIP_SECONDS)),
      seekto: (details) => this.seek(details.seekTime),
      previoustrack: () => part(false),
      nexttrack: () => part(true),
    });
    audio.addEventListener("play", () => this.#about());
  }

  /** What lock screens and media keys' own displays show. */
  #about() {
    const { title, artist, album, artwork } = this.box.dataset;
    const { starts, titles } = this.chapters;
    const chapters = starts.map((start, number) => ({ start, title: titles[number] }));
    this.session.about({ title, artist, album, artwork, chapter: titles[this.#chapter], chapters });
  }

  #live(Live) {
    let known = null;
    const live = new Live(this.audio, this.box.dataset.live, {
      line: (line) => {
        if (line !== known) this.follow.goBy(line);
        known = line;
        this.#lengths(line);
      },
      news: (text) => this.news.say(text, { isSeen: true }),
      failed: (why) => this.news.say(why, { isSeen: true }),
    });
    this.isTimed = live.isReady.catch(() => {}); // told when somebody wants to hear it
  }

  /** What is longer or shorter than was thought. */
  #lengths(line) {
    this.seconds = line.seconds;
    if (this.slider) this.slider.seconds = line.seconds;
    this.#remark(line.unspoken);
    this.chapters.move(line.chapters.map(({ number, first }) => [number, line.start(first)]));
  }

  /** Not announced: what is missing may be far from what is heard just now. */
  #remark(unspoken) {
    const remark = this.page.querySelector("[data-remark]");
    const text = unspoken
      ? ngettext(
          "%(num)s sentence could not be spoken, so the sound goes on without.",
          "%(num)s sentences could not be spoken, so the sound goes on without.",
          unspoken,
        )
      : "";
    if (remark.textContent === text) return;
    remark.textContent = text;
    remark.hidden = !text;
  }

  /** For the eye: the clock, the track and the chapter. Nothing of it is announced. */
  #showTime(seconds) {
    const { audio, chapters } = this;
    const here = chapters.at(seconds);
    this.slider?.show(seconds);
    this.map?.show(seconds, this.seconds, chapters.starts, here);
    chapters.show(audio.paused && !seconds ? null : here);
    if (here === this.#chapter) return;
    this.#chapter = here;
    this.#about();
  }

  #resume(slug) {
    rememberPlace(this.audio, () => slug);
    this.#showTime(0);
    this.#goOn(slug);
    this.box.addEventListener("resume", () => {
      if (memory.position(slug) > 1) this.#goOn(slug); // another device was somewhere else
      else this.seek(0); // or came to the end
    });
    const at = this.audio.currentTime;
    this.isTimed.then(() => this.audio.paused && this.audio.currentTime === at && this.#goOn(slug)); // by its sentence
  }

  #goOn(slug) {
    const place = memory.position(slug);
    if (place <= 1 || place >= this.seconds) return;
    const isSlept = this.timer.didStopAt(place);
    this.seek(place);
    this.#resumeNote(isSlept ? SleepTimer.note(place) : gettext("Play continues from %(time)s.", { time: spoken(place) }));
  }

  #resumeNote(text) {
    this.page.querySelector("[data-resume]").textContent = text;
    const button = this.box.querySelector("[data-play]");
    if (text) button.setAttribute("aria-describedby", "resume");
    else button.removeAttribute("aria-describedby");
  }

  async #heard() {
    const form = this.page.querySelector("form[data-heard]");
    const will = form?.querySelector("[name=heard]");
    if (!form || will.value === "no" || !(await tell("heard", this.box.dataset.slug))) return;
    will.value = "no";
    form.querySelector("button").textContent = gettext("Mark as not heard");
  }

  #show() {
    const hadFocus = document.activeElement === this.audio;
    this.audio.removeAttribute("controls");
    for (const part of this.page.querySelectorAll("[data-controls]")) part.hidden = false;
    // Chromium tells a screen reader no value of a list that was painted hidden, unless it is put in anew
    for (const list of this.page.querySelectorAll("[data-controls] select")) list.after(list);
    for (const part of this.page.querySelectorAll("[data-plain]")) part.hidden = true;
    if (hadFocus) this.box.querySelector("[data-play]").focus(); // who was quicker than this loses no place
  }
}

/** What is said at the ends of the text, where a step leads nowhere. */
const EARLIER = {
  paragraph: () => gettext("There is no earlier paragraph."),
  heading: () => gettext("There is no earlier heading."),
  chapter: () => gettext("There is no earlier chapter."),
};
const LATER = {
  paragraph: () => gettext("There is no later paragraph."),
  heading: () => gettext("There is no later heading."),
  chapter: () => gettext("There is no later chapter."),
};

let player = null;

/** Make the page's player work. Called again when a player comes into a page that had none. */
export async function begin() {
  const box = document.querySelector("[data-player]:not([data-begun])");
  if (!box) return;
  box.dataset.begun = "";
  const Live = box.dataset.live ? (await import("./live.js")).Live : null;
  if (Live && !Live.isPossible) return; // the browser's own controls play the stream
  const before = player;
  player = new Player(box, box.closest("article"), Live);
  if (!before) return;
  player.volume.takeOver(before.volume);
  player.timer.takeOver(before.timer);
}

begin();
