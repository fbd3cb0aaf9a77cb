// Colours and dashes of series, read from the style sheet so that both themes have their own.

const COLORS = 6;
const DASHES = [[], [7, 4], [2, 3], [9, 3, 2, 3]];
const RAMP = [
  [68, 64, 140], [52, 96, 150], [38, 130, 142], [31, 160, 130], [90, 190, 95], [190, 200, 50],
];
const LOOKS = COLORS * DASHES.length;

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

function lookAt(place, stacked) {
  const plain = color(`--series-${(place % COLORS) + 1}`);
  const round = Math.floor(place / COLORS);
  const shade = PALER[round % PALER.length];
  if (!stacked) return { color: plain, dash: DASHES[round % DASHES.length], filled: false };
  const paler = `color-mix(in srgb, ${plain} ${shade}%, ${color('--surface')})`;
  return { color: shade === 100 ? plain : paler, dash: [], filled: true };
}

function quiet(stacked) {
  return { color: color('--muted'), dash: [], filled: stacked };
}

const isTold = (one) => !one.band && thingOf(one) !== null;

/** A free place, of the same colour if there is one. */
function takePlace(place, taken) {
  for (let step = 0; step < LOOKS; step += 1) {
    const at = (place + step * COLORS + Math.floor(step / DASHES.length)) % LOOKS;
    if (taken.has(at)) continue;
    taken.add(at);
    return at;
  }
  return place % LOOKS;
}

// Lines about one thing share its colour and differ in dashes; the first line of each comes first.
function looksByThing(series, stacked) {
  const taken = new Set();
  const seen = new Map();
  const order = series.map((one, i) => {
    const nth = isTold(one) ? seen.get(thingOf(one)) ?? 0 : 0;
    if (isTold(one)) seen.set(thingOf(one), nth + 1);
    return { one, i, nth };
  });
  const found = [];
  for (const { one, i } of order.sort((a, b) => a.nth - b.nth)) {
    found[i] = isTold(one) ? lookAt(takePlace(placeOf(thingOf(one)), taken), stacked)
      : quiet(stacked);
  }
  return found;
}

/**
 * Gives each series {color, dash, filled}. Where a graph tells things apart, each has the colour
 * that it has all over the page; too many to tell apart follow the ramp.
 */
export function looks(series, stacked) {
  const things = new Set(series.map(thingOf).filter(Boolean));
  if (things.size > 1 && series.filter(isTold).length > LOOKS) {
    return alongRamp(series.length, stacked);
  }
  if (things.size > 1 || series.some((one) => one.band)) return looksByThing(series, stacked);
  if (series.length > (stacked ? COLORS : LOOKS)) return alongRamp(series.length, stacked);
  return series.map((_, i) => lookAt(i, stacked));
}

function alongRamp(count, stacked) {
  const at = (i) => ({ color: ramp(i / (count - 1)), dash: [], filled: stacked });
  return Array.from({ length: count }, (_, i) => at(i));
}
