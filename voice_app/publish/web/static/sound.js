/** What every player here does with an audio element. */

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
    const word = isPlaying ? "Pause" : "Play";
    if (label.textContent !== word) label.textContent = word;
  };
  for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, show);
  button.addEventListener("click", () => toggle(audio));
  show();
}

export const toggle = (audio) => (audio.paused ? start(audio) : audio.pause());

/** Play, and let the element's own error event speak of what went wrong. */
export function start(audio) {
  return audio.play().catch(() => {});
}

/** Tell the library that an article was heard. True when it was told. */
export async function markHeard(address, isHeard = true) {
  try {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify({ heard: isHeard }) });
    return answer.ok;
  } catch {
    return false;
  }
}
