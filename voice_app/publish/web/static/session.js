/** The keys for media: on keyboards, headsets, lock screens and in cars. */

const STANDING = 1e-6; // the speed while paused: Firefox lets the desktop's clock run on, and none at all is refused

export class Session {
  static #heard = null; // of several on one page, the one that played last is told of: another one stops after it began
  #audio;

  /** `actions` maps the names of the Media Session standard to functions. Those a browser does not know are left out. */
  constructor(audio, actions) {
    this.#audio = audio;
    if (!("mediaSession" in navigator)) return;
    for (const [name, action] of Object.entries(actions)) {
      try {
        navigator.mediaSession.setActionHandler(name, action);
      } catch {
        /* an action that this browser does not know */
      }
    }
    for (const event of ["play", "pause", "seeked", "ratechange", "loadedmetadata", "durationchange"]) {
      audio.addEventListener(event, () => {
        if (event === "play") Session.#heard = this;
        if (!Session.#heard || Session.#heard === this) this.#tell();
      });
    }
  }

  /** `chapter` is the title of the one that is heard, where there are several; `chapters` are all with their times. */
  about({ title, artist, album, artwork, chapter, chapters = [] }) {
    if (!("mediaSession" in navigator)) return;
    const images = artwork ? [{ src: new URL(artwork, location.href).href, type: "image/jpeg" }] : [];
    const whole = chapter && chapter !== title ? `${chapter} - ${title}` : title;
    const chapterInfo = chapters.map((one) => ({ title: one.title, startTime: one.start, artwork: images }));
    navigator.mediaSession.metadata = new MediaMetadata({ title: whole, artist, album, artwork: images, chapterInfo });
  }

  #tell() {
    const { duration, currentTime, playbackRate, paused } = this.#audio;
    navigator.mediaSession.playbackState = paused ? "paused" : "playing";
    if (!Number.isFinite(duration) || duration <= 0) return;
    const position = Math.min(currentTime, duration);
    navigator.mediaSession.setPositionState?.({ duration, position, playbackRate: paused ? STANDING : playbackRate });
  }
}
