// Figures as people read them.

const BYTES = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

export function bytes(value) {
  let unit = 0;
  while (value >= 1024 && unit < BYTES.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? Math.round(value) : value.toFixed(value < 10 ? 2 : 1)} ${BYTES[unit]}`;
}

export function count(value) {
  return Math.round(value).toLocaleString("en-GB");
}

/** A number in few characters: 12.3 k, 4.5 M. */
export function short(value) {
  for (const unit of ["", " k", " M", " G", " T"]) {
    if (Math.abs(value) < 1000) return `${Number(value.toPrecision(3))}${unit}`;
    value /= 1000;
  }
  return `${Number(value.toPrecision(3))} P`;
}

export function nanos(value) {
  return millis(value / 1e6);
}

export function millis(value) {
  if (value < 1) return value === 0 ? "0 ms" : `${value.toPrecision(2)} ms`;
  if (value < 1000) return `${Math.round(value)} ms`;
  if (value < 60_000) return `${(value / 1000).toFixed(value < 10_000 ? 2 : 1)} s`;
  const seconds = Math.round(value / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

export function percent(share) {
  const value = share * 100;
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

/** A time of day, with the date when it is not today's. */
export function time(epochMillis) {
  if (!epochMillis) return "";
  const date = new Date(epochMillis);
  const clock = date.toLocaleTimeString("en-GB");
  const today = date.toDateString() === new Date().toDateString();
  return today ? clock : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock}`;
}

function two(number) {
  return String(number).padStart(2, "0");
}

/** A script's line without its folders. */
export function line(text) {
  return text.slice(Math.max(text.lastIndexOf("/"), text.lastIndexOf("\\")) + 1);
}

/** How many times as long the longest task took. */
export function skew(value) {
  return value < 1.05 ? "even" : `${value.toFixed(1)} ×`;
}
