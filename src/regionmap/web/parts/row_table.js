// A table whose rows can be found, sorted and chosen, by pointer, finger or keyboard. Drawn as it is scrolled. Where it
// is narrow the style sheet makes a card of each row; roles are said, since a reader for the blind takes a table that is
// laid out otherwise for none.
const STEP = 120;
const SHORT = 115;  // pixels: two cells of columns that are narrower stand side by side on a card
const HAN = /([\p{Script=Han}\u3000-\u303f\uff00-\uffef]+)/u;

export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const root = parentElement.querySelector(".rows");
  const state = root.regionmap || (root.regionmap = { find: "", sort: -1, down: false, told: "" });
  const told = JSON.stringify([data.header, data.rows, data.words]);
  const anew = state.told !== told;
  if (anew) {
    const other = state.head !== JSON.stringify(data.header);
    Object.assign(state, { told: told, head: JSON.stringify(data.header), at: 0 });
    if (other) { Object.assign(state, { find: "", sort: -1, down: false }); }
    build();
  }
  state.selected = data.selected;
  mark();
  if (anew) { reveal(); }

  // Chinese that is left on a page in English is told to be Chinese.
  function marked(words) {
    if (data.language !== "en") { return [words]; }
    return words.split(HAN).filter(Boolean).map((part, at) =>
      HAN.test(part) ? element("span", { lang: "zh-Hans", textContent: part }) : part);
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function order() {
    const wanted = state.find.trim().toLowerCase();
    const found = data.rows.map((row, index) => index)
      .filter((index) => !wanted || data.rows[index].join(" ").toLowerCase().includes(wanted));
    if (state.sort >= 0) {
      const numbers = new Intl.Collator(data.language, { numeric: true });
      found.sort((a, b) => numbers.compare(data.rows[a][state.sort], data.rows[b][state.sort]) || a - b);
      if (state.down) { found.reverse(); }
    }
    return found;
  }

  function build() {
    const find = element("input", { type: "search", placeholder: data.words.find, value: state.find });
    find.setAttribute("aria-label", data.words.find);
    const count = element("span", { className: "count" });
    count.setAttribute("role", "status");
    find.addEventListener("input", () => { state.find = find.value; fill(); });
    const sort = (column, down) => { Object.assign(state, { sort: column, down }); fill(); };
    const heads = data.header.map((words, column) => {
      const button = element("button", { type: "button", textContent: words });
      const head = element("th", { scope: "col", role: "columnheader" }, button);
      button.addEventListener("click", () => sort(column, state.sort === column && !state.down));
      return head;
    });
    const sorts = element("select", {}, element("option", { value: "-1 ", textContent: data.words.order }),
      ...data.header.flatMap((words, column) => ["↑", "↓"].map((arrow, down) =>
        element("option", { value: `${column} ${down || ""}`, textContent: `${words} ${arrow}` }))));
    sorts.setAttribute("aria-label", data.words.order);
    sorts.addEventListener("change", () => {
      const [column, down] = sorts.value.split(" ");
      sort(Number(column), Boolean(down));
    });
    const columns = element("colgroup", {}, ...data.widths.map((width) => {
      const one = element("col", {});
      one.style.width = `${width}px`;
      return one;
    }));
    const body = element("tbody", {});
    const head = element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads));
    const table = element("table", { role: data.choose ? "grid" : "table" }, columns, head, body);
    body.setAttribute("role", "rowgroup");
    table.style.setProperty("--least", `${data.widths.reduce((sum, one) => sum + one, 0)}px`);
    table.setAttribute("aria-label", data.label);
    const box = element("div", { className: "box" }, table);
    box.style.setProperty("--most", `${data.height}px`);
    box.tabIndex = data.choose ? -1 : 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", data.label);
    box.addEventListener("scroll", () => {
      if (box.scrollTop + box.clientHeight > box.scrollHeight - 400) { more(); }
    });
    body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (row && data.choose) { focusOn(row); choose(row); }
    });
    body.addEventListener("keydown", keys);
    root.replaceChildren(element("div", { className: "top" }, find, sorts, count), box);
    Object.assign(state, { heads, body, count, box, sorts });
    fill();
  }

  function fill() {
    state.order = order();
    state.body.replaceChildren();
    state.heads.forEach((head, column) => head.setAttribute(
      "aria-sort", column !== state.sort ? "none" : state.down ? "descending" : "ascending"));
    state.sorts.value = `${state.sort} ${state.down ? 1 : ""}`;
    state.count.textContent = data.words.count.replace("{shown}", state.order.length)
      .replace("{total}", data.rows.length);
    state.box.scrollTop = 0;
    more();
    if (!state.order.length) { state.body.append(element("tr", {}, element("td", {
      colSpan: data.header.length, textContent: data.words.none }))); }
    mark();
  }

  function more() {
    const drawn = state.body.querySelectorAll("tr[data-index]").length;
    state.order.slice(drawn, drawn + STEP).forEach((index, place) => {
      const row = element("tr", { role: "row" }, ...data.rows[index].map((words, column) => {
        const role = data.choose ? "gridcell" : "cell";
        const cell = element("td", { title: words, role, className: data.widths[column] < SHORT ? "short" : "" });
        cell.append(...marked(words));
        cell.dataset.head = data.header[column];
        return cell;
      }));
      row.dataset.index = index;
      if (data.choose) { row.tabIndex = drawn + place === 0 ? 0 : -1; }
      state.body.append(row);
    });
    mark();
  }

  function mark() {
    if (!state.body || !data.choose) { return; }
    for (const row of state.body.querySelectorAll("tr[data-index]")) {
      row.setAttribute("aria-selected", String(Number(row.dataset.index) === state.selected));
    }
  }

  function focusOn(row) {
    state.body.querySelectorAll("tr[tabindex='0']").forEach((one) => { one.tabIndex = -1; });
    row.tabIndex = 0;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  // A row that a link chose may be the thousandth: its table is scrolled to it, the page stays where it is.
  function reveal() {
    const place = state.order.indexOf(state.selected);
    if (place < 0 || !data.choose) { return; }
    let row = null;
    while (!(row = state.body.querySelector(`tr[data-index="${state.selected}"]`))) { more(); }
    const top = row.offsetTop - state.box.scrollTop;
    if (top + row.offsetHeight > state.box.clientHeight) {
      state.box.scrollTop = row.offsetTop - state.box.clientHeight / 2;
    }
  }

  function choose(row) {
    state.selected = Number(row.dataset.index);
    mark();
    setTriggerValue("chosen", state.selected);
  }

  function keys(event) {
    const row = event.target.closest("tr[data-index]");
    if (!row || !data.choose) { return; }
    const rows = [...state.body.querySelectorAll("tr[data-index]")];
    const at = rows.indexOf(row);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: rows.length - 1 };
    if (event.key === "Enter" || event.key === " ") {
      choose(row);
    } else if (event.key in to) {
      focusOn(rows[Math.max(0, Math.min(rows.length - 1, to[event.key]))]);
    } else {
      return;
    }
    event.preventDefault();
  }
}
