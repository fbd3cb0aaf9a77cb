// CSV of a chart: raw values in UTC.

/** A name that no spreadsheet takes for a formula, whatever it splits lines at. */
function field(text) {
  const plain = text.replaceAll(/[;\t\r\n]+/g, ' ');
  const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(plain);
  const safe = formula ? `'${plain}` : plain;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The values of `model` as CSV text: time in UTC, then one column per line, in its base unit. */
export function csvOf(model) {
  const head = ['time', ...model.lines.map((line) => field(`${line.name} [${model.unit}]`))];
  const rows = model.x.map((at, i) => {
    const values = model.lines.map((line) => line.values[i] ?? '');
    return [new Date(at * 1000).toISOString(), ...values].join(',');
  });
  return `${[head.join(','), ...rows].join('\r\n')}\r\n`;
}
