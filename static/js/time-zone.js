// Tells the server the browser's time zone, in which the pages show times.
const isSecure = location.protocol === "https:"; // then the name has the prefix that wizard/web/cookies.py gives it
const zone = `${isSecure ? "__Host-" : ""}time_zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}`;

if (!document.cookie.split("; ").includes(zone)) {
  document.cookie = `${zone}; path=/; max-age=31536000; samesite=lax${isSecure ? "; secure" : ""}`;
}
