// A chart as CSV: no name of a line becomes a formula, wherever a spreadsheet splits.
import assert from 'node:assert/strict';
import { csvOf } from '../../../../views/static/js/csv.js';

const csv = (...names) => csvOf({
  unit: 'B', x: [0, 60], lines: names.map((name, i) => ({ name, values: [i, null] })),
});

assert.equal(csv('used', 'say "no"'),
  'time,"used [B]","say ""no"" [B]"\r\n1970-01-01T00:00:00.000Z,0,1\r\n' +
  '1970-01-01T00:01:00.000Z,,\r\n');

for (const name of ["x;=cmd|' /C calc'!A0", '\t=1+1', '\r=1+1', 'a\r=1+1', '=1', '+1', '-1', '@x',
  ' =1', '\u202e=1', '\u00a0=1', '\uff1d1', 'a\n=1', 'a,=1', 'a","=1']) {
  const text = csv(name);
  const [head, ...rest] = text.split('\r\n');
  assert.equal(rest.length, 3, JSON.stringify(name));
  // Cells at each of the separators that a spreadsheet may use, quotes heeded.
  for (const separator of [',', ';', '\t']) {
    const cells = [''];
    let quoted = false;
    for (const c of head) {
      if (c === '"') quoted = !quoted;
      else if (c === separator && !quoted) cells.push('');
      else cells[cells.length - 1] += c;
    }
    for (const cell of cells) {
      assert.doesNotMatch(cell, /^[\s\p{C}]*[=+\-@\uFF1D]/u, JSON.stringify(name));
    }
  }
  assert.doesNotMatch(head, /[;\t\r\n]/);
}
console.log('csv: good');
