/** What every player here does with an audio element. */

import { gettext } from "./texts.js";

/** Move to a time, also before the sound is opened. Gives back where it ended up. */
export function moveTo(audio, seconds, length) {
  const time = Math.min(Math.max(0, seconds), Math.max(0, length - 0.05));
  audio.currentTime = time;
  return time;
}

/** A button that says what it will do: Play or Pause. */
export function playButton(button, audio) {
  const label = button.querySelector("[data-label]");
  const show = () => {
    const isPlaying = !audio.paused && !audio.ended;
    button.classList.toggle("playing", isPlaying);
    const word = isPlaying ? gettext("Pause") : gettext("Play");
    if (label.textContent !== word) label.textContent = word;
  };
  for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, show);
  button.addEventListener("click", () => toggle(audio));
  show();
}

export const toggle = (audio) => (audio.paused ? start(audio) : audio.pause());

/** Play, and let the element's own error event speak of what went wrong. After one, it is tried anew from there. */
export function start(audio) {
  if (audio.error && audio.getAttribute("src") && !audio.src.startsWith("blob:")) {
    const place = audio.currentTime;
    audio.load();
    audio.currentTime = place;
  }
  return audio.play().catch(() => {});
}

/** Why a finished file could not be loaded, as a sentence for the user. */
export async function whyNot(audio) {
  try {
    const answer = await fetch(audio.currentSrc || audio.src, { method: "HEAD", cache: "no-store" });
    if (answer.ok) return gettext("The sound could not be played. Press Play to try again.");
    if ([404, 410].includes(answer.status)) {
      return gettext("This sound is not there any more. Reload the page: the article was narrated again, or deleted.");
    }
    return gettext("The site could not give the sound. Press Play to try again in a moment.");
  } catch {
    return gettext("The site does not answer. Check the connection, then press Play.");
  }
}
