/** The keys for media: on keyboards, headsets, lock screens and in cars. */

export class Session {
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
      audio.addEventListener(event, () => this.#tell());
    }
  }

  about({ title, artist, album, artwork }) {
    if (!("mediaSession" in navigator)) return;
    const images = artwork ? [{ src: new URL(artwork, location.href).href, type: "image/jpeg" }] : [];
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist, album, artwork: images });
  }

  #tell() {
    const { duration, currentTime, playbackRate, paused } = this.#audio;
    navigator.mediaSession.playbackState = paused ? "paused" : "playing";
    if (!Number.isFinite(duration) || duration <= 0) return;
    navigator.mediaSession.setPositionState?.({ duration, playbackRate, position: Math.min(currentTime, duration) });
  }
}
