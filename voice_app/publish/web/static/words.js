/** Times as a person says them ("2 minutes 3 seconds") and as a clock shows them ("2:03"). */

const count = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"}`;

function parts(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
}

export function spoken(seconds) {
  const [hours, minutes, rest] = parts(seconds);
  const said = [[hours, "hour"], [minutes, "minute"], [rest, "second"]].filter(([number]) => number);
  return said.map(([number, unit]) => count(number, unit)).join(" ") || "0 seconds";
}

export function clock(seconds) {
  const [hours, minutes, rest] = parts(seconds);
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
