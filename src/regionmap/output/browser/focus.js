/* Keyboard, focus, the colours of a dark page, names that do not cover one another, and a legend that gives way. */
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
        // The browser takes the focus that Leaflet gives after a click for one of the keyboard.
        box.addEventListener("pointerdown", function () { box.classList.add("rm-pointed"); });
        box.addEventListener("blur", function () { box.classList.remove("rm-pointed"); });
        box.addEventListener("keydown", function (event) {
            box.classList.remove("rm-pointed");
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

    /* A tooltip stays inside its map: on a phone Leaflet would let it begin beyond the edge. */
    regionmap.tips = function () {
        const put = L.Tooltip.prototype._setPosition;
        L.Tooltip.include({_setPosition: function (spot) {
            put.call(this, spot);
            const box = this._container.getBoundingClientRect();
            const held = this._map.getContainer().getBoundingClientRect();
            const x = Math.max(held.left + 4 - box.left, Math.min(0, held.right - 4 - box.right));
            const y = Math.max(held.top + 4 - box.top, Math.min(0, held.bottom - 4 - box.bottom));
            if (x || y) {
                L.DomUtil.setPosition(this._container, L.DomUtil.getPosition(this._container).add([x, y]));
            }
        }});
        regionmap.tips = function () { };
    };

    /* Where two names would overlap, the first one is written, and those around a chosen place before all others; a smaller one
       is not written at the very place of one that was left out (Macao for Guangdong). At every zoom anew. */
    regionmap.names = function (map) {
        let timer = 0;
        function part() {
            const written = [], left = [], instead = map.regionmapInstead || new Set();
            const near = [...document.querySelectorAll(".rmnear span")], said = new Set(instead);
            near.forEach(function (one) { said.add(one.textContent); });
            const others = [...document.querySelectorAll(".rmlabel:not(.rmnear) span")];
            near.concat(others).forEach(function (one, at) {
                const box = one.getBoundingClientRect();
                const told = at >= near.length && said.has(one.textContent);
                const over = told || written.some(function (other) {
                    return box.left < other.right && other.left < box.right &&
                        box.top + 2 < other.bottom && other.top + 2 < box.bottom;
                }) || left.some(function (other) {
                    return box.left < other.x && other.x < box.right && Math.abs(box.top + box.height / 2 - other.y) < 0.6 * box.height;
                });
                one.classList.toggle("rm-over", over);
                if (!over) { written.push(box); } else if (!told) { left.push({x: box.left + box.width / 2, y: box.top + box.height / 2}); }
            });
        }
        map.on("zoomend layeradd layerremove resize regionmapnames", function () { clearTimeout(timer); timer = setTimeout(part, 30); });
    };

    /* The page lays its legend over the map: where a tooltip comes to lie under it, the legend gives way. */
    regionmap.legend = function (map) {
        function give(way) {
            try {
                const frame = window.frameElement, box = frame && frame.closest(".st-key-rm-map");
                const legend = box && box.querySelector(".rm-key");
                if (!legend) { return; }
                const tip = way && document.querySelector(".leaflet-tooltip.rmtip");
                const at = frame.getBoundingClientRect(), held = legend.getBoundingClientRect();
                const found = tip && tip.getBoundingClientRect();
                legend.classList.toggle("rm-under", !!found && found.left + at.left < held.right &&
                    held.left < found.right + at.left && found.top + at.top < held.bottom &&
                    held.top < found.bottom + at.top);
            } catch (error) { /* a page of another origin has no legend of ours */ }
        }
        map.on("tooltipopen mousemove", function () { requestAnimationFrame(function () { give(true); }); });
        map.on("tooltipclose mouseout", function () { give(false); });
    };
})(window.regionmap);
