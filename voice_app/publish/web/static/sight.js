/** Whether a part of the text can be seen, and bringing it where it can. A part is an element or a range of the text. */

/** The heights between which the player covers nothing. */
function open() {
  const player = document.querySelector("[data-player]")?.getBoundingClientRect();
  const isAbove = player && player.top < innerHeight / 2;
  return {
    top: isAbove ? Math.max(0, player.bottom) : 0,
    bottom: player && !isAbove ? Math.min(innerHeight, player.top) : innerHeight,
  };
}

/** At least half of it can be seen. */
export function isInSight(part) {
  const { top, bottom } = part.getBoundingClientRect();
  const view = open();
  return bottom > view.top && top < view.bottom && bottom <= view.bottom + (bottom - top) / 2;
}

/** Bring it to the middle, or its beginning to the top when it is longer than the view. */
export function reveal(part) {
  const { top, bottom } = part.getBoundingClientRect();
  const view = open();
  const room = view.bottom - view.top - (bottom - top);
  scrollBy({ top: top - view.top - Math.max(room / 2, 0) });
}
