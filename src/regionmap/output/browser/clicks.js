/* A click is told at once: streamlit-folium waits a quarter of a second before it tells one, for maps that tell every
   move. What it would send then is what it has sent by its own account, and it does not send it again. */
(function (regionmap) {
    "use strict";

    regionmap.clicks = function (map) {
        map.on("click", function (event) {
            const told = window.__GLOBAL_DATA__, server = window.Streamlit;
            if (!told || !server || JSON.stringify(told.returned_objects) !== '["last_clicked"]') { return; }
            const spot = event.latlng && told.wrap_longitude ? map.wrapLatLng(event.latlng) : event.latlng;
            const value = {last_clicked: spot};
            if (JSON.stringify(value) === JSON.stringify(told.previous_data)) { return; }
            told.previous_data = value;
            server.setComponentValue(value);
        });
    };
})(window.regionmap);
