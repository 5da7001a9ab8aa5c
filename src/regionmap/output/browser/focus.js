/* Keyboard, focus, the colours of a dark page, and names that do not cover one another. */
(function (regionmap) {
    "use strict";

    /* Leaflet gives the map the focus at every click. Where the window is shorter than the map, the browser would then
       scroll the page between the two halves of a click, and the click land somewhere else. */
    regionmap.focus = function (map) {
        // A path that listens for focus is a stop of the Tab key in Chromium: nobody gets past hundreds of areas.
        L.Layer.include({_addFocusListenersOnLayer: function () {}});
        const box = map.getContainer(), focus = box.focus;
        box.focus = function (how) { focus.call(box, Object.assign({}, how, {preventScroll: true})); };
        box.setAttribute("role", "application");
        box.setAttribute("aria-label", "地图：方向键移动，+ − 缩放，回车选取中心 · " +
            "Map: arrow keys move, + and − zoom, Enter chooses the middle");
        [["in", "放大 · Zoom in"], ["out", "缩小 · Zoom out"]].forEach(function (one) {
            const button = box.querySelector(".leaflet-control-zoom-" + one[0]);
            if (button) { button.title = one[1]; button.setAttribute("aria-label", one[1]); }
        });
        // Enter or Space choose what lies in the middle, which a cross marks while the keyboard is in use.
        box.addEventListener("keydown", function (event) {
            if (event.target === box && (event.key === "Enter" || event.key === " ")) {
                event.preventDefault();
                map.fire("click", {latlng: map.getCenter(), containerPoint: map.getSize().divideBy(2)});
            }
        });
    };

    /* streamlit-folium is told the theme and does not hand it on. */
    regionmap.dress = function () {
        function dress(theme) {
            document.documentElement.classList.toggle("rm-dark", !!theme && theme.base === "dark");
        }
        window.addEventListener("message", function (event) {
            if (event.data && event.data.type === "streamlit:render") { dress(event.data.theme); }
        });
        try {
            const page = window.parent.document.querySelector("[data-testid=stApp]");
            dress({base: page && getComputedStyle(page).colorScheme === "dark" ? "dark" : "light"});
        } catch (error) { /* a page of another origin: the next message tells the theme */ }
    };

    /* Where two names would overlap, the first one is written; at every zoom anew. */
    regionmap.names = function (map) {
        let timer = 0;
        function part() {
            const written = [];
            document.querySelectorAll(".rmlabel span").forEach(function (one) {
                const box = one.getBoundingClientRect();
                const over = written.some(function (other) {
                    return box.left < other.right && other.left < box.right &&
                        box.top + 2 < other.bottom && other.top + 2 < box.bottom;
                });
                one.classList.toggle("rm-over", over);
                if (!over) { written.push(box); }
            });
        }
        map.on("zoomend layeradd resize", function () { clearTimeout(timer); timer = setTimeout(part, 30); });
    };
})(window.regionmap);
