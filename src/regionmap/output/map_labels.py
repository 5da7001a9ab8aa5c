"""Names on a folium map that do not cover one another: where two would overlap, the first one is written."""

from __future__ import annotations

from branca.element import MacroElement
from folium.template import Template


class MapLabels(MacroElement):
    """Added to a map, it hides the words of class ``rmlabel`` that would overlap earlier ones, at every zoom anew."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <style>
        .rmlabel span.rm-over { visibility: hidden; }
        </style>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        (function (map) {
            var timer = 0;
            function part() {
                var written = [];
                document.querySelectorAll(".rmlabel span").forEach(function (one) {
                    var box = one.getBoundingClientRect();
                    var over = written.some(function (other) {
                        return box.left < other.right && other.left < box.right &&
                            box.top + 2 < other.bottom && other.top + 2 < box.bottom;
                    });
                    one.classList.toggle("rm-over", over);
                    if (!over) { written.push(box); }
                });
            }
            function later() { clearTimeout(timer); timer = setTimeout(part, 30); }
            map.on("zoomend layeradd resize", later);
        })({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "MapLabels"
