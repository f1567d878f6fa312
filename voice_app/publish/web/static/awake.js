/** Keeps the screen on while there is something to press. Browsers that cannot, and sites without https, go without. */

let isWanted = false;
let lock = null;

export function stayAwake(isOn) {
  isWanted = isOn;
  if (!isOn) lock?.release();
  else if (!lock) hold();
}

async function hold() {
  const held = await navigator.wakeLock?.request("screen").catch(() => null);
  if (!held) return;
  lock = held;
  held.addEventListener("release", () => (lock = null));
  if (!isWanted) held.release();
}

document.addEventListener("visibilitychange", () => document.hidden || (isWanted && !lock && hold()));
