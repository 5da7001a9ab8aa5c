/* What a map does in the browser. regionmap.output.maps and point_layer call these functions in what folium draws; the
   shapes come from files beside this one, once, and layers name them by code. CONSTANTS stands before this text. */
window.regionmap = (function (constants) {
    "use strict";

    const folder = document.currentScript.src.replace(/[^/]*$/, "");
    const files = new Map();
    const EDGE = {weight: 2.2, color: "#1d2730"};
    const CHOSEN = {weight: 2.6, color: "#1d2730"};

    /* A name holds a hash of what is in the file: what the browser kept of it is never out of date. */
    async function fetched(name, cache) {
        const answer = await fetch(folder + name, {cache: cache});
        if (!answer.ok) { throw new Error(name + ": " + answer.status); }
        return unpacked(await answer.json());
    }

    function file(name) {
        if (!files.has(name)) {
            const asked = fetched(name, "force-cache").catch(function () { return fetched(name, "reload"); });
            asked.catch(function () { files.delete(name); });  // so that it may be asked for again
            files.set(name, asked);
        }
        return files.get(name);
    }

    /* A line in a file is a flat list: its first point, then steps from each point to the next, in parts of a degree. */
    function unpacked(packed) {
        function line(steps) {
            const points = [];
            let lon = 0, lat = 0;
            for (let at = 0; at < steps.length; at += 2) {
                lon += steps[at];
                lat += steps[at + 1];
                points.push([lat / packed.scale, lon / packed.scale]);
            }
            return points;
        }
        const areas = new Map();
        Object.entries(packed.areas).forEach(function (one) {
            areas.set(one[0], one[1].map(function (polygon) { return polygon.map(line); }));
        });
        const lines = packed.lines.map(function (one) { return {kind: one[0], parts: one[1].map(line)}; });
        return {areas: areas, lines: lines, titles: packed.titles};
    }

    /* Without a shape there is no map: say so where it would be, and offer another try. */
    function failed(box, again) {
        if (box.querySelector(".rmfailed")) { return; }
        const told = box.appendChild(document.createElement("div"));
        told.className = "rmfailed";
        told.setAttribute("role", "alert");
        constants.failed.forEach(function (words) {
            told.appendChild(document.createElement("p")).textContent = words;
        });
        const button = told.appendChild(document.createElement("button"));
        button.textContent = constants.again;
        button.addEventListener("click", function () { told.remove(); again(); });
    }

    function whenLoaded(map, names, then) {
        Promise.all(names.map(file)).then(then).catch(function (error) {
            console.error(error);
            failed(map.getContainer(), function () { whenLoaded(map, names, then); });
        });
    }

    /* A script that cannot be had (this one is the first, Leaflet the second) would leave the frame blank. */
    window.addEventListener("error", function (event) {
        const box = document.getElementById("map_div");
        if (event.target instanceof HTMLScriptElement && box) {
            box.style.position = "relative";
            failed(box, function () { window.location.reload(); });
            if (window.Streamlit) { window.Streamlit.setFrameHeight(box.offsetHeight); }
        }
    }, true);
    constants.national.forEach(file);  // while Leaflet is still on its way

    function pane(map, name, order) {
        if (!map.getPane(name)) {
            map.createPane(name).style.zIndex = order;
            map.getPane(name).style.pointerEvents = "none";
        }
        return name;
    }

    /* Where the land ends in the south-west: the legend lies in the corner beyond. Latitude and longitude. */
    const CORNER = [[32.4, 78.5], [30.1, 81], [27.8, 86], [26.7, 92], [27.6, 97.2], [23.8, 97.5], [21.1, 101.2]];
    const MARGIN = 4, GAP = 8, UNKNOWN = 270;

    /* The legend that the page lays over the map: pixels from the left and from the top, null where it stands below.
       On a map too narrow for it the style sheet of the page puts it there: that width stands in both. */
    function legendOf(map) {
        const size = map.getSize();
        if (!map.regionmapLegend || size.x < 516) { return null; }
        let top = size.y - UNKNOWN;
        try {
            const frame = window.frameElement, held = frame.closest(".st-key-rm-map").querySelector(".rm-key");
            top = held.getBoundingClientRect().top - frame.getBoundingClientRect().top;
        } catch (error) { /* not there yet, or the page is of another origin */ }
        return {right: map.regionmapLegend + GAP, top: top - GAP};
    }

    /* The whole country as large as there is room for, to the right and to the top, so that no land lies under the legend. */
    function fitCountry(map, bounds, legend) {
        const size = map.getSize();
        const room = function (zoom) {
            const west = map.project(bounds.getNorthWest(), zoom), east = map.project(bounds.getSouthEast(), zoom);
            const wide = east.x - west.x, high = east.y - west.y;
            if (wide > size.x - 2 * MARGIN || high > size.y - 2 * MARGIN) { return null; }
            const origin = L.point(east.x + MARGIN - size.x, west.y - MARGIN);
            const free = CORNER.every(function (one) {
                const at = map.project(one, zoom).subtract(origin);
                return at.x > legend.right || at.y < legend.top;
            });
            return free ? origin : null;
        };
        for (let zoom = 6; zoom > 1; zoom -= 0.02) {
            const origin = room(zoom);
            if (origin) {
                map.setView(map.unproject(origin.add(size.divideBy(2)), zoom), zoom, {animate: false});
                return;
            }
        }
    }

    function fit(map, bounds, options) {
        const snap = map.options.zoomSnap, legend = legendOf(map), all = L.latLngBounds(bounds);
        map.options.zoomSnap = 0;  // as large as there is room for; a zoom by hand goes to the next step
        if (legend && all.contains(constants.home)) {
            fitCountry(map, all, legend);
        } else {
            const left = legend ? map.regionmapLegend : MARGIN;
            map.fitBounds(bounds, Object.assign(
                {animate: false, paddingTopLeft: [left, MARGIN], paddingBottomRight: [MARGIN, MARGIN]}, options));
        }
        map.options.zoomSnap = snap;
        map.regionmapFit = {bounds: bounds, options: options, center: map.getCenter(), zoom: map.getZoom()};
    }

    /* The page may give the map another width once its sidebar is there: what nobody has moved is fitted anew. */
    function fitAnew(map) {
        const last = map.regionmapFit;
        const moved = map.latLngToContainerPoint(last.center).distanceTo(map.getSize().divideBy(2));
        if (map.getZoom() === last.zoom && moved < 4) { fit(map, last.bounds, last.options); }
    }

    /* Background, outlines of provinces, boundary lines, attribution. */
    function base(map, options) {
        window.regionmap.focus(map);
        window.regionmap.dress();
        window.regionmap.tips();
        window.regionmap.names(map);
        window.regionmap.legend(map);
        window.regionmap.clicks(map);
        map.attributionControl.setPrefix(false).addAttribution(constants.attribution);
        map.regionmapLegend = options.legend || 0;
        fit(map, constants.home, {});
        map.on("resize", function () { fitAnew(map); });
        if (!document.getElementById("rm-patterns")) {
            document.body.insertAdjacentHTML("beforeend", constants.patterns);
        }
        pane(map, "rmland", 390);
        map.createPane("rmspots").style.zIndex = 440;
        pane(map, "rmlines", 450);
        window.regionmap.marks(map);
        whenLoaded(map, [constants.base], function (found) {
            found[0].areas.forEach(function (shape) {
                L.polygon(shape, {pane: "rmland", interactive: false, stroke: false, fillColor: "#f6f7f6",
                    fillOpacity: options.opaque ? 1 : 0, className: "rmland"}).addTo(map);
                L.polygon(shape, {pane: "rmlines", interactive: false, fill: false, color: "#7f8b95", weight: 0.7,
                    className: "rmoutline"}).addTo(map);
            });
            found[0].lines.forEach(function (one) {
                L.polyline(one.parts, Object.assign({pane: "rmlines", interactive: false, color: "#4d5862",
                    className: "rmboundary"}, constants.lines[one.kind])).addTo(map);
            });
        });
    }

    /* The areas of a map. They stay on it from one layer to the next: only what differs is drawn anew. */
    function Areas(map) {
        this.map = map;
        this.turn = 0;
        this.drawn = new Map();
        this.chosen = "";
        // The tooltip is the group's: one of each area's own would make every area a stop of the Tab key.
        this.group = L.featureGroup().bindTooltip(function (area) { return area.regionmap.tip; },
            {className: "rmtip", sticky: true}).addTo(map);
        this.group.on("mouseover", function (event) { event.propagatedFrom.setStyle(EDGE).bringToFront(); });
        this.group.on("mouseout", function (event) {
            event.propagatedFrom.setStyle(event.propagatedFrom.regionmap.style);
        });
    }

    /* Draw the edge of an area as chosen, and that of the one before as it was. */
    Areas.prototype.outline = function (code) {
        if (code === this.chosen) { return; }
        const before = this.drawn.get(this.chosen), now = this.drawn.get(code);
        this.chosen = code;
        if (before) { before.setStyle(this.styled(before)); }
        if (now) { now.setStyle(this.styled(now)).bringToFront(); }
    };

    Areas.prototype.styled = function (area) {
        const one = area.regionmap;
        return one.style = Object.assign({dashArray: null}, one.plain, one.code === this.chosen ? CHOSEN : {});
    };

    Areas.prototype.show = function (layer, found) {
        const areas = this, left = new Map(this.drawn);
        let another = false;
        layer.codes.forEach(function (code, at) {
            const shape = shapeOf(code, layer.extra, found), look = layer.looks[layer.kinds[at]];
            if (!shape) { return; }
            // A number stands for the unit's name in one of its forms.
            const tip = look[1].map(function (line) {
                return typeof line === "string" ? line : titlesOf(code, found)[line];
            }).join("<br>");
            const plain = layer.styles[look[0]], said = JSON.stringify(plain);
            let area = areas.drawn.get(code);
            if (area && area.regionmap.shape !== shape) { area = undefined; }
            if (!area) {
                another = true;
                area = L.polygon(shape, {className: "rmarea"});
                area.regionmap = {shape: shape, code: code};
                if (areas.drawn.has(code)) { areas.group.removeLayer(areas.drawn.get(code)); }
            }
            Object.assign(area.regionmap, {tip: tip, plain: plain});
            if (area.regionmap.said !== said) { area.setStyle(areas.styled(area)); }
            area.regionmap.said = said;
            if (areas.drawn.get(code) !== area) {
                areas.group.addLayer(area);
                areas.drawn.set(code, area);
            }
            left.delete(code);
        });
        left.forEach(function (area, code) { areas.group.removeLayer(area); areas.drawn.delete(code); });
        if (another) {
            layer.codes.forEach(function (code) {
                if (areas.drawn.has(code)) { areas.drawn.get(code).bringToFront(); }
            });
        }
        window.regionmap.mark();
        areas.outline(layer.chosen || areas.chosen);
        if (areas.drawn.has(areas.chosen)) { areas.drawn.get(areas.chosen).bringToFront(); }
    };

    Areas.prototype.clear = function () {
        this.group.closeTooltip();  // not the group, which a chain of calls would need, but the tooltip is what it returns
        this.group.clearLayers();
        this.drawn.clear();
    };

    /* The files stand finest first. */
    function shapeOf(code, extra, found) {
        if (extra[code]) { return extra[code]; }
        const holder = found.find(function (one) { return one.areas.has(code); });
        return holder && holder.areas.get(code);
    }

    function titlesOf(code, found) {
        return found.find(function (one) { return one.titles[code]; }).titles[code];
    }

    function latLngs(geometry) {
        const depth = {Polygon: 1, MultiPolygon: 2}[geometry.type];
        return L.GeoJSON.coordsToLatLngs(geometry.coordinates, depth);
    }

    /* A layer of a page. Its group holds what is small; the areas wait for their shapes. */
    function draw(group, layer) {
        const extra = {};
        Object.entries(layer.extra).forEach(function (one) { extra[one[0]] = latLngs(one[1]); });
        const ready = Object.assign({}, layer, {extra: extra, codes: layer.codes.split(" ")});
        small(group, layer);
        group.on("add", function () {
            const map = group._map;
            map.regionmapAreas = map.regionmapAreas || {};
            const areas = map.regionmapAreas[layer.name] = map.regionmapAreas[layer.name] || new Areas(map);
            const turn = areas.turn += 1;
            look(map, layer.view, {});
            // The shapes of the whole country come first; those of single counties are drawn when they are there.
            [layer.files.slice(-1), layer.files].slice(0, Math.max(1, layer.files.length)).forEach(function (names) {
                whenLoaded(map, names, function (found) {
                    if (areas.turn === turn) { areas.show(ready, found); }
                });
            });
        });
        group.on("remove", function () {
            const areas = group._map.regionmapAreas[layer.name], turn = areas.turn += 1;
            // The next layer of this name comes at once, if there is one.
            setTimeout(function () { if (areas.turn === turn) { areas.clear(); } }, 0);
        });
    }

    function small(group, layer) {
        labels(group, layer.labels, "rmlabel");
        layer.spots.forEach(function (spot) {
            const options = Object.assign({radius: 6, pane: "rmspots", className: "rmspot"}, layer.styles[spot[2]]);
            L.circleMarker([spot[1], spot[0]], options).bindTooltip(spot[3], {className: "rmtip"}).addTo(group);
        });
        layer.arrows.forEach(function (line) {
            const ends = [[line[0][1], line[0][0]], [line[1][1], line[1][0]]];
            L.polyline(ends, {color: "#1d2730", weight: 1.6, opacity: 0.75, dashArray: "6 4", pane: "rmspots",
                className: "rmarrow"}).bindTooltip(line[2], {className: "rmtip", sticky: true}).addTo(group);
            L.circleMarker(ends[1], {radius: 3, weight: 1, color: "#ffffff", fillColor: "#1d2730", fillOpacity: 1,
                interactive: false, pane: "rmspots", className: "rmend"}).addTo(group);
        });
        if (layer.point) { point(group, layer.point); }
    }

    function labels(group, list, kind) {
        list.forEach(function (label) {
            L.marker([label[1], label[0]], {interactive: false, keyboard: false, pane: "rmlines", icon: L.divIcon({
                className: kind, iconSize: null, html: "<span>" + label[2] + "</span>"})}).addTo(group);
        });
    }

    function point(group, one) {
        L.circleMarker([one[1], one[0]], {radius: 7, weight: 3, color: "#1d2730", fillColor: "#ffffff",
            fillOpacity: 1, interactive: false, pane: "rmlines", className: "rmpoint"}).addTo(group);
    }

    /* The view moves only when it changes, so that nobody who looks around is taken back. */
    function look(map, view, options) {
        const said = JSON.stringify(view);
        if (said !== map.regionmapView && (view || map.regionmapView)) {
            fit(map, view || constants.home, options);
        }
        map.regionmapView = said;
    }

    /* Many points on one canvas, and circles with counts, others from afar. */
    function points(group, layer) {
        const nearZoom = 5.25;
        let nearGroup, farGroup;

        function spot(map, one) {
            return L.circleMarker([one[1], one[0]], {renderer: map.regionmapCanvas, radius: 5, weight: 1,
                color: "#36434d", opacity: 0.9, fillColor: layer.kinds[one[2]][1], fillOpacity: 1}).bindTooltip(
                layer.rowWord + " " + one[3] + "<br>" + layer.kinds[one[2]][0] + "<br>" + layer.areas[one[4]],
                {className: "rmtip"});
        }

        function sum(counts) { return counts.reduce(function (a, b) { return a + b; }, 0); }

        function circle(one, largest) {
            const total = sum(one[3]), size = Math.round(14 + 24 * Math.sqrt(total / largest));
            const parts = [], lines = [one[2], layer.rowsWord + " " + total.toLocaleString("en")];
            let at = 0;
            one[3].forEach(function (count, kind) {
                if (!count) { return; }
                const from = at;
                at += 360 * count / total;
                parts.push(layer.kinds[kind][1] + " " + from.toFixed(1) + "deg " + at.toFixed(1) + "deg");
                lines.push(layer.kinds[kind][0] + " " + count.toLocaleString("en"));
            });
            const words = total < 1e3 ? total : total < 9950 ? (total / 1e3).toFixed(1) + "k" :
                total < 1e6 ? Math.round(total / 1e3) + "k" : (total / 1e6).toFixed(1) + "M";
            const html = "<i style='background:conic-gradient(" + parts.join(",") + ")'></i>" +
                (size < 26 ? "" : "<b>" + words + "</b>");
            return L.marker([one[1], one[0]], {keyboard: false, pane: "rmshares", zIndexOffset: -100 * size,
                icon: L.divIcon({className: "rmshare", html: html, iconSize: [size, size]})}).bindTooltip(
                lines.join("<br>"), {className: "rmtip"});
        }

        function many(list) {
            const largest = Math.max.apply(null, [12].concat(list.map(function (one) { return sum(one[3]); })));
            return L.layerGroup(list.map(function (one) { return circle(one, largest); }));
        }

        function swap() {
            const close = !layer.far.length || group._map.getZoom() >= nearZoom;
            group.removeLayer(close ? farGroup : nearGroup).addLayer(close ? nearGroup : farGroup);
        }

        group.on("add", function () {
            const map = group._map;
            if (!map.regionmapCanvas) {
                map.createPane("rmpoints").style.zIndex = 455;
                map.createPane("rmshares").style.zIndex = 460;
                map.regionmapCanvas = L.canvas({pane: "rmpoints", padding: 0.2});
            }
            group.clearLayers();
            layer.points.forEach(function (one) { group.addLayer(spot(map, one)); });
            nearGroup = many(layer.circles);
            farGroup = many(layer.far);
            look(map, layer.view, {maxZoom: 9, padding: [24, 24]});
            swap();
            map.on("zoomend", swap);
        });
        group.on("remove", function () { if (this._map) { this._map.off("zoomend", swap); } });
    }

    return {base: base, draw: draw, points: points, labels: labels, point: point};
})(CONSTANTS);
