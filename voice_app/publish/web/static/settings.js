/**
 * What was chosen for this browser, in the one cookie that the server reads, too (`publish/settings.py`). The page's
 * `<html>` has each setting that is not the usual one as a `data-` attribute, so that styles go by it.
 */

const COOKIE = "settings";
const KEPT_SECONDS = 400 * 24 * 3600;

function read() {
  const found = document.cookie.split("; ").find((part) => part.startsWith(`${COOKIE}=`));
  return new URLSearchParams(found?.slice(COOKIE.length + 1).replace(/^"|"$/g, ""));
}

let shown = [...read().keys()];

function show(values) {
  const root = document.documentElement;
  for (const name of shown) root.removeAttribute(`data-${name}`);
  shown = [...values.keys()];
  for (const [name, value] of values) root.setAttribute(`data-${name}`, value);
}

// a page that the browser had put aside, and shows again on the way back, may be older than the settings
addEventListener("pageshow", ({ persisted }) => persisted && show(read()));

export const settings = {
  /** The value, or the usual one. */
  get: (name, usual) => read().get(name) ?? usual,

  /** Remember it. The usual one is forgotten, so that it may change. */
  set(name, value, usual) {
    const values = read();
    if (String(value) === String(usual)) values.delete(name);
    else values.set(name, value);
    const age = values.size ? KEPT_SECONDS : 0;
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${COOKIE}=${values}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
    show(values);
  },
};
