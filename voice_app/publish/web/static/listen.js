/**
 * The page with one big button. `menu.js` says what a press does; this plays and shows it. The button's name never
 * changes and nothing here is live, so that a screen reader is silent while the menu speaks.
 */

import { stayAwake } from "./awake.js";
import { catchUp, tell, untold } from "./later.js";
import { Live } from "./live.js";
import { memory, theirs } from "./memory.js";
import { Menu } from "./menu.js";
import { Record } from "./record.js";
import { Session } from "./session.js";
import { settings } from "./settings.js";
import { gettext } from "./texts.js";
import { Voice } from "./voice.js";

const SKIP_SECONDS = 15;
const SAME_MS = 2000; // two clocks, and the way from here to the site
const LOOK_EVERY_MS = 60_000;
const OFFER_SECONDS = 1.5;
const WAIT_SECONDS = "5";
const SOUNDING = ["headline", "playing", "offering"];
const KEYS = { MediaPlayPause: "press", MediaTrackNext: "next", MediaTrackPrevious: "back" };

/** One article that can be heard, as its card in the list says. */
class Item {
  constructor(card) {
    Object.assign(this, card.dataset);
    this.isHeard = untold("heard", this.slug) === true; // the site is told just now
    this.seconds = Number(card.dataset.seconds);
    this.isKept = "kept" in card.dataset;
    this.src = card.querySelector("audio")?.src;
    const { lang, dir } = card.querySelector("[dir]");
    Object.assign(this, { lang, dir });
    this.#meet();
  }

  /** Another device may have come further. */
  #meet() {
    const place = this.place && theirs(JSON.parse(this.place));
    if (place && place.made > (memory.place(this.slug)?.made ?? 0) + SAME_MS) memory.put(this.slug, place);
  }

  get sound() {
    return this.src ?? this.live;
  }

  get isBegun() {
    const place = memory.position(this.slug);
    return place > 1 && !(this.seconds && place >= this.seconds);
  }
}

class Station {
  #items = [];
  #records = new Map();
  #record = null;
  #lookedAt = 0;

  constructor(box, list) {
    this.box = box;
    this.list = list;
    this.button = box.querySelector("[data-press]");
    this.menu = new Menu(this);
    const tell = {
      over: () => this.#over(),
      interrupted: () => this.menu.interrupted(),
      failed: () => this.menu.failed(),
    };
    this.tell = tell;
    this.voice = new Voice(Number(box.dataset.silence), tell);
    this.actions = {
      play: () => this.menu.press(),
      pause: () => this.menu.press(),
      nexttrack: () => this.menu.next(),
      previoustrack: () => this.menu.back(),
      seekbackward: () => this.menu.skip(-SKIP_SECONDS),
      seekforward: () => this.menu.skip(SKIP_SECONDS),
      stop: () => this.menu.interrupted(),
    };
    this.session = new Session(this.voice.audio, this.actions);
    this.#controls();
    this.#take(list);
  }

  // the stage of the menu

  items() {
    return this.#items;
  }

  enter(state, item, number) {
    if (state !== "playing") this.#record?.pause();
    const words = this.#words(state, item, number);
    if (words) this.voice.say(words, state === "offering" ? OFFER_SECONDS : this.wait, memory.speed());
    else this.voice.hush();
    if (state === "playing") this.#play(item);
    stayAwake(SOUNDING.includes(state));
    this.#show(state, item, number);
    if (item) this.session.about({ ...item, album: this.box.dataset.album });
    const { following } = this.menu;
    if (state === "headline" && following) this.voice.prepare(this.#words("headline", following.item, following.number));
  }

  heard(item) {
    item.isHeard = true;
    tell("heard", item.slug);
    this.list.querySelector(`[data-slug="${item.slug}"]`)?.classList.add("heard");
  }

  skip(seconds) {
    this.#record.skip(seconds);
  }

  // what is heard

  get wait() {
    return Number(settings.get("wait", WAIT_SECONDS));
  }

  #words(state, item, number) {
    const call = item?.isKept ? "kept" : `headline-${Math.max(1, number)}`;
    const name = {
      headline: item && `${item.isBegun ? "begun" : call}/${item.slug}`,
      offering: "going-on",
      all: "all",
      nothing: "nothing",
      trouble: "trouble",
    }[state];
    return name && `${this.box.dataset.say}${name}.mp3`;
  }

  #play(item) {
    let record = this.#records.get(item.sound);
    if (!record) {
      record = new Record(item, this.tell);
      this.#records.set(item.sound, record);
      new Session(record.audio, this.actions);
    }
    this.#record = record;
    record.play(memory.speed());
  }

  #over() {
    this.menu.over();
    if (!SOUNDING.includes(this.menu.state)) stayAwake(false);
  }

  // the page

  #controls() {
    const { box, button, menu } = this;
    button.addEventListener("click", () => menu.press());
    // A finger that shakes slides, which is no click: it counts wherever on the button it ends.
    let isDown = false;
    button.addEventListener("pointerdown", (event) => (isDown = event.button === 0));
    document.addEventListener("pointerup", (event) => {
      if (isDown && isOver(button, event)) menu.press();
      isDown = false;
    });
    box.querySelector("[data-skip]").addEventListener("click", () => menu.skip(-SKIP_SECONDS));
    box.querySelector("[data-next]").addEventListener("click", () => menu.next());
    box.querySelector("[data-headlines]").addEventListener("click", () => menu.headlines());
    box.addEventListener("contextmenu", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => this.#key(event));
    setInterval(() => this.#look(), LOOK_EVERY_MS);
    document.addEventListener("visibilitychange", () => document.hidden || this.#look());
  }

  #key(event) {
    const isPress = event.key === " " || event.key === "Enter";
    if (isPress && event.repeat && event.target === this.button) event.preventDefault(); // held down, it is one press
    const isLost = isPress && event.target === document.body; // a touch beside the button took the focus from it
    const action = isLost ? "press" : KEYS[event.key];
    if (!action || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) this.menu[action]();
    if (isLost) this.button.focus({ preventScroll: true });
  }

  #show(state, item, number) {
    const { box } = this;
    const [word, hint] = told(state, item, number);
    const isAbout = item && !["all", "nothing", "silent"].includes(state);
    box.dataset.state = state;
    box.querySelector("[data-word]").textContent = word;
    const title = box.querySelector("[data-now]");
    title.textContent = isAbout ? item.title : "";
    Object.assign(title, { lang: item?.lang ?? "", dir: item?.dir ?? "auto" });
    if (!item) title.removeAttribute("lang"); // nothing is in no language
    box.querySelector("[data-hint]").textContent = hint;
    for (const sign of this.list.querySelectorAll("[data-playing]")) {
      sign.hidden = state !== "playing" || sign.closest("[data-slug]").dataset.slug !== item.slug;
    }
  }

  /** While nothing is heard, see what is new: this page may stay open for weeks. */
  async #look() {
    const isQuiet = () => ["silent", "all", "nothing"].includes(this.menu.state) && !this.list.contains(document.activeElement);
    if (document.hidden || !isQuiet() || Date.now() - this.#lookedAt < LOOK_EVERY_MS / 2) return;
    this.#lookedAt = Date.now();
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!isQuiet()) return;
    this.list.replaceChildren(...page.querySelector("[data-list]").children);
    this.#take();
  }

  #take() {
    const cards = [...this.list.querySelectorAll("[data-slug]")];
    for (const sound of this.list.querySelectorAll("audio")) sound.hidden = true;
    this.#items = cards.map((card) => new Item(card)).filter(({ src }) => src || Live.isPossible);
    this.voice.forget();
    this.voice.prepare(this.#words("trouble"));
  }

  /** Show this instead of the browser's own players. It fills the screen, with the focus on the one button. */
  begin() {
    this.box.hidden = false;
    this.#show("silent");
    this.button.focus({ preventScroll: true });
    this.box.scrollIntoView({ block: "start", behavior: "instant" });
  }
}

const isOver = (element, { clientX, clientY }) => element.contains(document.elementFromPoint(clientX, clientY));

/** What is heard and what a press does, for the eye. */
function told(state, item, number) {
  return {
    silent: ["", gettext("Press to hear what there is.")],
    headline: item?.isBegun
      ? [gettext("You were in the middle of this one"), gettext("Press to go on.")]
      : [gettext("Headline %(number)s", { number }), gettext("Press to play it.")],
    playing: [gettext("Playing"), gettext("Press to pause.")],
    paused: [gettext("Paused"), gettext("Press to go on, or for the headlines.")],
    offering: [gettext("Going on"), gettext("Press for the headlines.")],
    all: [gettext("That was all"), gettext("Press to hear them again.")],
    nothing: [gettext("You have heard everything"), gettext("Press to look for something new.")],
    trouble: [gettext("The sound could not be loaded"), gettext("Press to try again.")],
  }[state];
}

const [box, list] = ["[data-station]", "[data-list]"].map((name) => document.querySelector(name));
const kept = list.querySelector("[data-kept]");
if (kept) await (await import("./keptlist.js")).fill(kept, box.dataset.album);
new Station(box, list).begin();
catchUp();
