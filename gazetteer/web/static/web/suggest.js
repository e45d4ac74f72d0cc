// Suggestions while typing, for every search box with data-suggest: a combobox as the ARIA practices have it
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without it the form searches as it stands.

const WAIT = 120; // milliseconds without a key, before anything is asked

/** One search box with its list. */
class Suggestions {
  constructor(input) {
    this.input = input;
    this.asked = "";
    this.chosen = -1;
    this.list = document.createElement("ul");
    this.list.className = "suggestions";
    this.list.id = `${input.id}-suggestions`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
    this.list.hidden = true;
    this.told = document.createElement("span");
    this.told.className = "for-ears";
    this.told.setAttribute("role", "status");
    input.after(this.list, this.told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]])
      input.setAttribute(name, value);
    input.addEventListener("input", () => this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener("click", (event) => this.click(event));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const typed = this.input.value.trim();
    if (typed === this.asked) return;
    this.asked = typed;
    this.request?.abort();
    if (typed.length < 2) return this.close();
    this.request = new AbortController();
    const address = new URL(this.input.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    try {
      const answer = await fetch(address, { signal: this.request.signal, headers: { Accept: "application/json" } });
      if (answer.ok) this.show((await answer.json()).suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // no connection: the form still works
    }
  }

  show(found) {
    this.chosen = -1;
    this.list.replaceChildren(...found.map((each, number) => this.option(each, number)));
    const open = found.length > 0 && document.activeElement === this.input;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.input.removeAttribute("aria-activedescendant");
    this.told.textContent = open ? `${found.length}: ${found[0].title}` : "";
  }

  option(each, number) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${number}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = each.url;
    const name = document.createElement("bdi");
    for (const [text, isMark] of each.parts ?? [[each.title, false]]) {
      const part = isMark ? document.createElement("mark") : document.createElement("span");
      part.textContent = text;
      name.append(part);
    }
    const about = document.createElement("small");
    about.textContent = [each.label, each.about].filter(Boolean).join(" · ").slice(0, 90);
    item.append(name, about);
    return item;
  }

  key(event) {
    if (event.isComposing) return; // Japanese, Chinese, Korean: the keys belong to the writing
    const options = [...this.list.children];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      if (this.list.hidden) this.open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose((this.chosen + step + options.length + 1) % (options.length + 1)); // one past the last: the box itself
    } else if (event.key === "Enter" && !this.list.hidden && options[this.chosen]) {
      event.preventDefault();
      location.assign(options[this.chosen].dataset.url);
    } else if (event.key === "Tab") {
      this.close();
    }
  }

  choose(number) {
    const options = [...this.list.children];
    this.chosen = number === options.length ? -1 : number;
    options.forEach((option, each) => option.setAttribute("aria-selected", String(each === this.chosen)));
    const option = options[this.chosen];
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  click(event) {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.url);
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  close() {
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const input of document.querySelectorAll("input[data-suggest]")) new Suggestions(input);
