/* What the page marks on its map: a point, an outline and names. The page leaves it in its own window, as the message
   of the map would else be another with every click, and be sent again with all areas. */
(function (regionmap) {
    "use strict";

    let map = null, group = null, drawn = "";

    /* Only the map of the map page is marked; others look like it, or stand on pages of another origin. */
    function asked() {
        try {
            const ours = window.frameElement && window.frameElement.closest(".st-key-rm-marked");
            return (ours && window.parent.regionmapMarked) || {};
        } catch (error) {
            return {};
        }
    }

    regionmap.marks = function (made) {
        map = made;
        group = L.layerGroup().addTo(map);
        regionmap.mark();
    };

    regionmap.mark = function () {
        if (!map) { return; }
        const wanted = asked(), said = JSON.stringify(wanted);
        Object.values(map.regionmapAreas || {}).forEach(function (areas) { areas.outline(wanted.chosen || ""); });
        if (said === drawn) { return; }
        drawn = said;
        map.regionmapInstead = new Set(wanted.instead || []);
        group.clearLayers();
        regionmap.labels(group, wanted.labels || [], "rmlabel rmnear");
        if (wanted.point) { regionmap.point(group, wanted.point); }
        map.fire("regionmapnames");
    };
})(window.regionmap);
