// Draws the map of the list beside it: points from the page's own data, tiles only where configured.
"use strict";
(function () {
  const frame = document.getElementById("map");
  if (!frame || !window.L) return;
  const data = JSON.parse(document.getElementById("map-data").textContent);
  const map = L.map(frame, { zoomControl: true, attributionControl: Boolean(data.tiles), keyboard: true });
  if (data.tiles) L.tileLayer(data.tiles, { maxZoom: 19, attribution: data.credit }).addTo(map);
  const group = L.markerClusterGroup({ showCoverageOnHover: false, maxClusterRadius: 45 });
  const style = getComputedStyle(document.documentElement);
  for (const one of data.points) {
    const colour = style.getPropertyValue("--" + one.type).trim() || "#444";
    const marker = L.circleMarker([one.lat, one.lon], {
      radius: one.role === "place" ? 11 : 7, color: colour, weight: 2, fillColor: colour, fillOpacity: one.role === "place" ? 0.15 : 0.75,
    });
    const link = document.createElement("a");
    link.href = one.url;
    link.textContent = one.name;
    const box = document.createElement("div");
    box.append(link, document.createElement("br"), document.createTextNode(one.says));
    marker.bindPopup(box);
    if (one.role === "place") {
      marker.bindTooltip(one.name, { permanent: !data.tiles, direction: "right", offset: [10, 0] });
      marker.addTo(map);
    } else group.addLayer(marker);
  }
  map.addLayer(group);
  const bounds = L.latLngBounds(data.points.map((one) => [one.lat, one.lon]));
  if (bounds.isValid()) map.fitBounds(bounds.pad(0.25), { maxZoom: 14, animate: false });
  else map.setView([45.7537, 21.2257], 12);
})();
