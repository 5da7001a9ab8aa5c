// Leaves what is marked where the map looks for it, and tells the map, if it is there already.
let last;

export default function ({ data }) {
  window.regionmapMarked = data;
  const map = document.querySelector(".st-key-rm-marked iframe")?.contentWindow?.regionmap;
  map?.mark?.();
  const chosen = JSON.stringify([data.point, data.chosen]);
  if (last !== undefined && last !== chosen && data.chosen) { show(); }
  last = chosen;
}

// On a phone the answer lies below the map: it is brought into view, with a part of the map above it.
function show() {
  if (!matchMedia("(max-width: 640px)").matches) { return; }
  let tries = 0;
  const timer = setInterval(() => {
    const place = document.querySelector(".st-key-rm-panel .rm-place[data-place]");
    if (place || ++tries > 100) { clearInterval(timer); }
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    place?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
  }, 50);
}
