// What the page itself needs and Streamlit does not do: its language, Enter in a date field, controls that unfold.
export default function (component) {
  document.documentElement.lang = component.data.language;
  if (!window.regionmapKeys) {
    window.regionmapKeys = true;
    document.addEventListener("keydown", (event) => {
      const field = event.target.closest?.("[data-testid=stDateInputField]");
      if (event.key !== "Enter" || !field || event.isComposing) { return; }
      // Streamlit takes a typed date over when the field loses focus, and only then.
      const part = event.target;
      part.blur();
      setTimeout(() => part.focus({ preventScroll: true }), 0);
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.(".rm-unfold");
      if (!button) { return; }
      const open = document.documentElement.classList.toggle("rm-unfolded");
      button.setAttribute("aria-expanded", String(open));
    });
  }
}
