/** The field that goes to a time. What it cannot understand it says once, and beside the field as long as it stands. */

import { parse } from "./moment.js";

export class Jump {
  /** `length` gives the sound's length, `go` is told the time, `say` what is wrong. */
  constructor(form, { length, go, say }) {
    const field = form.querySelector("input");
    const wrong = form.querySelector("[data-wrong]");
    const show = (problem) => {
      wrong.textContent = problem;
      if (problem) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      try {
        const seconds = parse(field.value, length());
        show("");
        go(seconds);
      } catch (problem) {
        if (!(problem instanceof RangeError)) throw problem;
        show(problem.message);
        say(problem.message);
      }
    });
  }
}
