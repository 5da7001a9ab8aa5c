// What the page itself needs and Streamlit does not do: its language, Enter in a date field, controls that unfold.
const FIELD = "[data-testid=stDateInputField]";

export default function (component) {
  document.documentElement.lang = component.data.language;
  if (window.regionmapKeys) { return; }
  window.regionmapKeys = true;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing && event.target.closest?.(FIELD)) { confirm(event.target); }
  }, true);
  document.addEventListener("focusout", (event) => {
    // A click into a map: its frame takes the focus, and no element of the page does.
    const field = event.target.closest?.(FIELD);
    if (!field || event.relatedTarget) { return; }
    setTimeout(() => {
      const frame = document.activeElement;
      if (frame?.tagName === "IFRAME") { confirm(event.target, frame); }
    }, 0);
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".rm-unfold");
    if (!button) { return; }
    const open = document.documentElement.classList.toggle("rm-unfolded");
    button.setAttribute("aria-expanded", String(open));
  });
}

// Streamlit takes a typed date over when the focus goes to another element of the page, and only then.
function confirm(part, back = part) {
  const other = document.createElement("span");
  other.tabIndex = -1;
  other.style.cssText = "position: fixed; top: 0; left: 0; width: 1px; height: 1px; outline: none";
  document.body.append(other);
  part.focus({ preventScroll: true });
  other.focus({ preventScroll: true });
  setTimeout(() => { back.focus({ preventScroll: true }); other.remove(); }, 30);
}
