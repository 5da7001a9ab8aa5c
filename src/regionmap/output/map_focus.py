"""Keyboard and focus on a folium map: no scrolling at the first click, one stop for the Tab key, a dark page's colours.

Leaflet focuses its container on mousedown. Where the window is shorter than the map, the browser then scrolls the page
between the two halves of a click, and the click lands somewhere else.
"""

from __future__ import annotations

from branca.element import MacroElement
from folium.template import Template


class MapFocus(MacroElement):
    """Added to a map, it takes focus without scrolling, keeps areas out of the order of Tab, and takes Enter.

    Enter or Space choose what lies in the middle, which a cross marks while the keyboard is in use. On a dark page the
    surroundings are dark and areas a little dimmed; streamlit-folium is told the theme and does not hand it on.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <style>
        .leaflet-container:focus { outline: none; }
        .leaflet-container:focus-visible { outline: 3px solid #1d5a73; outline-offset: -3px; }
        .leaflet-container:focus-visible::after { content: "+"; position: absolute; left: 50%; top: 50%; z-index: 900;
          transform: translate(-50%, -50%); font: 300 34px/1 sans-serif; color: #1d2730; pointer-events: none;
          text-shadow: 0 0 3px #fff, 0 0 3px #fff; }
        .rm-dark .leaflet-container { background: #10181f; }
        .rm-dark .leaflet-pane svg, .rm-dark .leaflet-pane canvas { filter: brightness(.86); }
        .rm-dark .leaflet-bar a { background: #26323c; color: #e8edf1; border-color: #3b4954; }
        .rm-dark .leaflet-container .leaflet-control-attribution { background: rgba(16, 24, 31, .8); color: #c3ced6; }
        .rm-dark .leaflet-tooltip.rmtip { background: #26323c; color: #e8edf1; }
        .rm-dark .leaflet-container:focus-visible { outline-color: #7cc0dc; }
        </style>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        {# A path that listens for focus is a stop of the Tab key in Chromium: nobody gets past hundreds of areas. #}
        L.Layer.include({_addFocusListenersOnLayer: function () {}});
        (function (map) {
            var box = map.getContainer(), focus = box.focus;
            box.focus = function (how) { focus.call(box, Object.assign({}, how, {preventScroll: true})); };
            box.setAttribute("role", "application");
            box.setAttribute("aria-label", "地图：方向键移动，+ − 缩放，回车选取中心 · " +
                "Map: arrow keys move, + and − zoom, Enter chooses the middle");
            [["in", "放大 · Zoom in"], ["out", "缩小 · Zoom out"]].forEach(function (one) {
                var button = box.querySelector(".leaflet-control-zoom-" + one[0]);
                if (button) { button.title = one[1]; button.setAttribute("aria-label", one[1]); }
            });
            box.addEventListener("keydown", function (event) {
                if (event.target === box && (event.key === "Enter" || event.key === " ")) {
                    event.preventDefault();
                    map.fire("click", {latlng: map.getCenter(), containerPoint: map.getSize().divideBy(2)});
                }
            });
            function dress(theme) {
                var dark = !!theme && theme.base === "dark";
                document.documentElement.classList.toggle("rm-dark", dark);
            }
            window.addEventListener("message", function (event) {
                if (event.data && event.data.type === "streamlit:render") { dress(event.data.theme); }
            });
            try {
                var page = window.parent.document.querySelector("[data-testid=stApp]");
                dress({base: page && getComputedStyle(page).colorScheme === "dark" ? "dark" : "light"});
            } catch (error) { /* a page of another origin: the next message tells the theme */ }
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MapFocus"
