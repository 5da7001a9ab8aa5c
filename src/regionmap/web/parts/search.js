// One box for places, coordinates and industries: suggestions while typing, chosen by pointer, finger or arrow keys.
const PAUSE = 120;

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const box = parentElement.querySelector(".search");
  const input = box.querySelector("input"), list = box.querySelector("ul"), said = box.querySelector(".said");
  const state = box.regionmap || (box.regionmap = { active: -1, timer: 0, told: 0, open: false, waiting: false });
  state.send = setTriggerValue;
  state.data = data;
  input.placeholder = data.placeholder;
  input.setAttribute("aria-label", data.label);
  list.setAttribute("aria-label", data.label);
  if (!state.bound) { state.bound = true; bind(); }
  draw();

  // What is sent of a text: one character more than a name may have tells that it is too long.
  function typed() { return [...input.value.trim()].slice(0, state.data.longest + 1).join(""); }

  function ask() {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => {
      const text = typed();
      if (text) { state.send("typed", text); } else { close(); }
    }, PAUSE);
  }

  function bind() {
    input.addEventListener("input", () => { state.open = true; state.active = -1; ask(); });
    input.addEventListener("focus", () => { if (input.value.trim()) { state.open = true; draw(); } });
    input.addEventListener("blur", () => setTimeout(close, 150));
    input.addEventListener("keydown", (event) => {
      const count = list.children.length, fresh = state.data.asked === typed();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!count) { return; }
        const step = event.key === "ArrowDown" ? 1 : -1;
        state.active = (state.active + step + count + (state.active < 0 && step < 0 ? 1 : 0)) % count;
        state.open = true;
        mark();
      } else if (event.key === "Enter" && !event.isComposing) {
        if (fresh && state.open && count) { choose(Math.max(state.active, 0)); }
        else if (typed()) { clearTimeout(state.timer); state.waiting = !fresh; state.send("typed", typed()); }
      } else if (event.key === "Escape") {
        if (state.open) { close(); } else { input.value = ""; }
      } else { return; }
      event.preventDefault();
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const one = event.target.closest("li");
      if (one) { choose(Number(one.dataset.index)); }
    });
  }

  function draw() {
    const fresh = state.data.asked === typed() && typed() !== "";
    if (!state.open || !fresh) {
      if (!state.open) { hide(); }
      return;
    }
    list.replaceChildren(...state.data.found.map((one, index) => {
      const item = document.createElement("li");
      item.id = `rm-suggestion-${index}`;
      item.dataset.index = index;
      item.setAttribute("role", "option");
      const kind = document.createElement("i"), head = document.createElement("b"), more = document.createElement("small");
      kind.textContent = one.what;
      head.textContent = one.head;
      more.textContent = one.more;
      item.append(kind, head, more);
      return item;
    }));
    said.textContent = state.data.said;
    box.classList.toggle("none", !state.data.found.length);
    list.hidden = !state.data.found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (state.active >= list.children.length) { state.active = -1; }
    mark();
    if (state.waiting) {
      state.waiting = false;
      if (state.data.found.length) { choose(0); }
    }
  }

  function mark() {
    [...list.children].forEach((one, index) => one.setAttribute("aria-selected", String(index === state.active)));
    const active = list.children[state.active];
    if (active) {
      input.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function choose(index) {
    const one = state.data.found[index];
    input.value = "";
    close();
    state.send("chosen", { kind: one.kind, value: one.value });
  }

  function close() { state.open = false; state.active = -1; hide(); }

  function hide() {
    list.hidden = true;
    box.classList.remove("none");
    said.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
}
