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

// Of each thing that a graph of this page has told apart, the place of its colour.
const places = new Map();

function placeOf(thing) {
  if (!places.has(thing)) places.set(thing, places.size);
  return places.get(thing);
}

/** Whom or what a series is about: a person, a node, a card of a node; null if it does not say. */
export function thingOf({ labels = {} }) {
  if (labels.user) return labels.user;
  return labels.node ? [labels.node, labels.gpu].filter(Boolean).join(' ') : null;
}

// The colours once more for fills, which have no dashes: paler on each round.
const PALER = [100, 60, 80, 40];

function lookAt(place, stacked, variant = 0) {
  const plain = color(`--series-${(place % COLORS) + 1}`);
  const round = Math.floor(place / COLORS) + (stacked ? 0 : variant);
  const shade = PALER[round % PALER.length];
  if (!stacked) return { color: plain, dash: DASHES[round % DASHES.length], filled: false };
  const paler = `color-mix(in srgb, ${plain} ${shade}%, ${color('--surface')})`;
  return { color: shade === 100 ? plain : paler, dash: [], filled: true };
}

function quiet(stacked) {
  return { color: color('--muted'), dash: [], filled: stacked };
}

// Lines about one thing share its colour and differ in dashes.
function looksByThing(series, stacked) {
  const seen = new Map();
  return series.map((one) => {
    const thing = thingOf(one);
    if (one.band || !thing) return quiet(stacked);
    const variant = seen.get(thing) ?? 0;
    seen.set(thing, variant + 1);
    return lookAt(placeOf(thing), stacked, variant);
  });
}

/**
 * Gives each series {color, dash, filled}. Where a graph tells things apart, each has the colour
 * that it has all over the page; too many to tell apart follow the ramp.
 */
export function looks(series, stacked) {
  const things = new Set(series.map(thingOf).filter(Boolean));
  if (things.size > COLORS * DASHES.length) return alongRamp(series.length, stacked);
  if (things.size > 1 || series.some((one) => one.band)) return looksByThing(series, stacked);
  if (stacked && series.length > COLORS) return alongRamp(series.length, stacked);
  return series.map((_, i) => lookAt(i, stacked));
}

function alongRamp(count, stacked) {
  const at = (i) => ({ color: ramp(i / (count - 1)), dash: [], filled: stacked });
  return Array.from({ length: count }, (_, i) => at(i));
}
