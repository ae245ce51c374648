// Tells the server the browser's time zone, in which the pages show times.
const zone = `time_zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}`;

if (!document.cookie.split("; ").includes(zone)) {
  document.cookie = `${zone}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
}
