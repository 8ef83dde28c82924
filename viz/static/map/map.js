// Draws the map of the list beside it: points from the page's own data, tiles only where configured.
"use strict";
(function () {
  const frame = document.getElementById("map");
  if (!frame || !window.L) return;
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue("--" + name).trim() || "#666";
  const map = L.map(frame, { zoomControl: false, attributionControl: Boolean(data.tiles), maxZoom: 19, minZoom: 8 });
  L.control.zoom({ zoomInTitle: data.zoomIn, zoomOutTitle: data.zoomOut }).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 160 }).addTo(map);
  north().addTo(map);
  const bounds = L.latLngBounds(data.points.map((one) => [one.lat, one.lon]));
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.25), { maxZoom: 14, animate: false });
  else map.setView([45.7537, 21.2257], 12);
  if (data.tiles) L.tileLayer(data.tiles, { maxZoom: 19, attribution: data.credit }).addTo(map);
  else grid(map.getCenter());

  const group = L.markerClusterGroup({ showCoverageOnHover: false, maxClusterRadius: 45 });
  for (const one of data.points) {
    const place = one.role === "place";
    const marker = L.circleMarker([one.lat, one.lon], {
      radius: place ? 11 : 7, color: colour(one.type), weight: 2, fillColor: colour(one.type), fillOpacity: place ? 0.15 : 0.75,
    });
    marker.bindPopup(said(one));
    if (place) marker.bindTooltip(one.name, { permanent: !data.tiles, direction: "right", offset: [10, 0] }).addTo(map);
    else group.addLayer(marker);
  }
  map.addLayer(group);

  function said(one) {
    const link = document.createElement("a");
    link.href = one.url;
    link.textContent = one.name;
    const box = document.createElement("div");
    box.append(link, document.createElement("br"), document.createTextNode(one.says));
    return box;
  }

  function north() {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const sign = L.DomUtil.create("div", "map-north");
      sign.textContent = "↑ " + data.north;
      return sign;
    };
    return control;
  }

  // Where no tile server is set, lines a kilometre apart give the eye a measure.
  function grid(middle) {
    const up = 1 / 110.574, right = 1 / (111.32 * Math.cos((middle.lat * Math.PI) / 180));
    const line = { color: colour("line"), weight: 1, interactive: false };
    for (let n = -20; n <= 20; n += 1) {
      const lat = middle.lat + n * up, lon = middle.lng + n * right;
      L.polyline([[lat, middle.lng - 20 * right], [lat, middle.lng + 20 * right]], line).addTo(map);
      L.polyline([[middle.lat - 20 * up, lon], [middle.lat + 20 * up, lon]], line).addTo(map);
    }
  }
})();
