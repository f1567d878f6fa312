/** What this browser remembers: where each article was left, and the speed. */

const NAME = "voice-app";

/** Storage may be switched off or full; then nothing is remembered and everything else works. */
function read(key) {
  try {
    return localStorage.getItem(`${NAME}.${key}`);
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(`${NAME}.${key}`);
    else localStorage.setItem(`${NAME}.${key}`, String(value));
  } catch {
    /* see above */
  }
}

export const memory = {
  position: (slug) => Number(read(`position.${slug}`)) || 0,
  keepPosition: (slug, seconds) => write(`position.${slug}`, seconds > 0 ? seconds.toFixed(2) : null),
  speed: () => Number(read("speed")) || 1,
  keepSpeed: (speed) => write("speed", speed),
};

const KEEP_EVERY_MS = 5000;
const NEAR_END_SECONDS = 3;

/**
 * Keeps the place of one article while it plays, and gives it back as the page opens.
 * `slug` is a function, because the listening page plays several.
 */
export function rememberPlace(audio, slug) {
  let keptAt = 0;
  const keep = () => {
    if (audio.readyState === 0 && audio.currentTime === 0) return; // not opened yet: what was kept is still right
    const isOver = audio.ended || (audio.duration && audio.duration - audio.currentTime < NEAR_END_SECONDS);
    memory.keepPosition(slug(), isOver ? 0 : audio.currentTime);
    keptAt = Date.now();
  };
  for (const event of ["pause", "seeked", "ended"]) audio.addEventListener(event, keep);
  audio.addEventListener("timeupdate", () => {
    if (!audio.paused && Date.now() - keptAt > KEEP_EVERY_MS) keep();
  });
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  return keep;
}
