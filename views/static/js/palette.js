// Colours and dashes of series, read from the style sheet so that both themes have their own.

const COLORS = 6;
const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const RAMP = [
  [68, 64, 140], [52, 96, 150], [38, 130, 142], [31, 160, 130], [90, 190, 95], [190, 200, 50],
];

/** Stands in the page to be asked for colours: only a property in use has one value, not two. */
const probe = document.createElement('span');

/** The value of a colour property such as "--chart-grid" in the theme that is shown. */
export function color(name) {
  if (!probe.isConnected) {
    probe.hidden = true;
    document.body.append(probe);
  }
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color;
}

/** A colour of the ramp dark to bright for 0 … 1, for many layers and heat maps. */
export function ramp(share) {
  const at = Math.min(0.9999, Math.max(0, share)) * (RAMP.length - 1);
  const low = RAMP[Math.floor(at)];
  const high = RAMP[Math.floor(at) + 1];
  const mixed = low.map((value, i) => Math.round(value + (high[i] - value) * (at % 1)));
  return `rgb(${mixed.join(' ')})`;
}

/** How a line over a stack looks: what is allocated. */
export function overLook() {
  return { color: color('--chart-limit'), dash: [6, 4], filled: false };
}

/** `opacity` of a colour, whatever its notation. */
export function faded(value, opacity) {
  return `color-mix(in srgb, ${value} ${Math.round(opacity * 100)}%, transparent)`;
}

/** Gives each of `count` series {color, dash, filled}; too many to tell apart follow the ramp. */
export function looks(count, stacked) {
  const many = count > (stacked ? COLORS : COLORS * DASHES.length);
  return Array.from({ length: count }, (_, i) => ({
    color: many ? ramp(i / (count - 1)) : color(`--series-${(i % COLORS) + 1}`),
    dash: many || stacked ? [] : DASHES[Math.floor(i / COLORS) % DASHES.length],
    filled: stacked,
  }));
}
