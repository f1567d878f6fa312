/** The form that lists the keys and changes them. What is refused is said once and stands beside its field. */

import { WHERE, keep, kept } from "./keys.js";
import { settings } from "./settings.js";
import { gettext } from "./texts.js";

const SIGN = /^[\x21-\x7e]$/;

export class KeyForm {
  #fields;
  #keys;
  #say;
  #signs = {};

  /** Sets the signs of `keys`, now and when they are changed. */
  constructor(form, keys, say) {
    this.#keys = keys;
    this.#say = say;
    this.#fields = [...form.querySelectorAll("[data-usual]")];
    const own = kept();
    for (const field of this.#fields) field.value = own[field.name] ?? field.dataset.usual;
    this.#apply();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
    form.querySelector("[data-usual-keys]").addEventListener("click", () => {
      for (const field of this.#fields) field.value = field.dataset.usual;
      this.#save();
    });
    const where = form.querySelector("[data-keys-where]");
    where.value = keys.where;
    where.addEventListener("change", () => settings.set("keys", where.value, WHERE[0]));
  }

  #apply() {
    this.#signs = Object.fromEntries(this.#fields.map((field) => [field.name, signOf(field)]));
    this.#keys.signs = this.#signs;
  }

  #save() {
    const problems = this.#fields.map((field) => this.#problem(field));
    this.#fields.forEach((field, index) => show(field, problems[index]));
    const first = problems.findIndex(Boolean);
    if (first >= 0) {
      this.#fields[first].focus(); // which says what is wrong with it
      return;
    }
    const changed = this.#fields.filter((field) => signOf(field) !== field.dataset.usual);
    keep(Object.fromEntries(changed.map((field) => [field.name, signOf(field)])));
    this.#apply();
    this.#say(gettext("The keys are saved in this browser."), { isSeen: true });
  }

  /** Of two fields with one key, the one that was changed; else the later one. */
  #isToBlame(field, other) {
    const [isNew, isOther] = [field, other].map((one) => signOf(one) !== this.#signs[one.name]);
    return isNew === isOther ? this.#fields.indexOf(field) > this.#fields.indexOf(other) : isNew;
  }

  #problem(field) {
    const sign = signOf(field);
    if (!sign) return "";
    if (!SIGN.test(sign)) return gettext("Write one letter, digit or sign of a Latin keyboard, or nothing.");
    const other = this.#fields.find((one) => one !== field && signOf(one) === sign && this.#isToBlame(field, one));
    if (!other) return "";
    const label = other.labels[0].textContent;
    return gettext("%(key)s is the key of “%(action)s” already.", { key: sign.toUpperCase(), action: label });
  }
}

const signOf = (field) => field.value.trim().toLowerCase();

function show(field, problem) {
  document.getElementById(`${field.id}-wrong`).textContent = problem;
  if (problem) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}
