// A job on paper, as PDF: two A4 pages with what it asked for and what it did, wherever the reader
// was on the page.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  expectNoProblems, jobPath, launch, open, runAll, settleCharts, state,
} from './lib.mjs';

const { LAB_URL_USER: user, LAB_URL_STAFF: staff } = process.env;
const A4 = [210, 297];
const browser = await launch();

/** The page as PDF: {pages, size in mm, text}; what is written into drawings is text, too. */
async function printed(page, name) {
  mkdirSync(join(state, 'paper'), { recursive: true });
  const path = join(state, 'paper', `${name}.pdf`);
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true });
  const facts = execFileSync('pdfinfo', [path]).toString();
  const points = /Page size: +([\d.]+) x ([\d.]+)/.exec(facts).slice(1).map(Number);
  return {
    pages: Number(/Pages: +(\d+)/.exec(facts)[1]),
    size: points.map((one) => Math.round((one / 72) * 25.4)),
    text: execFileSync('pdftotext', ['-layout', path, '-']).toString(),
  };
}

/** Fails unless these graphs are on the paper, by their titles and axes. */
function expectGraphs(paper, titles) {
  for (const title of titles) assert.ok(paper.text.includes(title), title);
  const times = paper.text.match(/\d\d:\d\d +\d\d:\d\d +\d\d:\d\d/g) ?? [];
  assert.ok(times.length > 2, 'axes of time are written');
}

async function print(url, name, options) {
  const page = await open(browser, options);
  await page.goto(url);
  const paper = await printed(page, name);
  return { page, paper };
}

const checks = {
  async a_job_printed_at_once_is_two_pages_with_six_graphs() {
    const { page, paper } = await print(user + jobPath('good_cpu'), 'cpu');
    assert.equal(paper.pages, 2);
    assert.deepEqual(paper.size, A4);
    expectGraphs(paper, ['Cores in use', 'Memory', 'File operations', 'File system traffic',
      'Network between nodes', 'Power']);
    assert.match(paper.text, /requested: 32.cores/, 'its limit is written into the drawing');
    const id = /(\d+)\/$/.exec(jobPath('good_cpu'))[1];
    assert.match(paper.text, new RegExp(`Narval +Job ${id} · good_cpu +alice .*20\\d\\d`));
    for (const word of ['Completed', 'def-smith_cpu', 'CPU cores', 'Requested', 'Cores in use',
      'mean [\\d.]+.cores', 'Submitted script', '#!/bin/bash']) {
      assert.match(paper.text, new RegExp(word), word);
    }
    for (const word of ['Loading', 'Sign out', 'Show as', 'Français']) {
      assert.ok(!paper.text.includes(word), `${word} is not for paper`);
    }
    expectNoProblems(page);
    await page.context().close();
  },

  async two_graphs_stand_in_a_row_and_fill_the_paper() {
    const page = await open(browser, { width: 718 });
    await page.goto(user + jobPath('good_cpu'));
    await settleCharts(page); // no answer comes between the drawing and the look at it
    await page.emulateMedia({ media: 'print' });
    const boxes = await page.evaluate(async () => {
      dispatchEvent(new Event('beforeprint'));
      await new Promise((done) => setTimeout(done)); // the browser prints after this turn
      return [...document.querySelectorAll('figure.chart')].filter((one) => one.checkVisibility())
        .map((one) => {
          const canvas = one.querySelector('.chart-paper');
          const [box, drawing] = [one, canvas].map((part) => part.getBoundingClientRect());
          return { left: box.left, top: box.top, width: box.width, drawn: drawing.width,
            dots: canvas.width };
        });
    });
    assert.equal(boxes.length, 6);
    for (let i = 0; i < 6; i += 2) {
      assert.equal(boxes[i].top, boxes[i + 1].top);
      assert.ok(boxes[i + 1].left > boxes[i].left + boxes[i].width);
    }
    for (const { width, drawn, dots } of boxes) {
      assert.ok(width > 0.45 * 718, `${width} is nearly half of the paper`);
      assert.ok(drawn > 0.9 * width && dots >= 2 * drawn, `${drawn} of ${width}, ${dots} dots`);
    }
    await page.context().close();
  },

  async a_job_with_gpus_in_french_from_a_dark_screen() {
    const { page, paper } = await print(user + jobPath('gpu_good'), 'gpu',
      { theme: 'dark', locale: 'fr' });
    assert.equal(paper.pages, 2);
    expectGraphs(paper, ['Cœurs utilisés', 'Mémoire', 'Utilisation des GPU',
      'Mémoire GPU utilisée', 'Puissance GPU', 'Trafic des systèmes de fichiers']);
    assert.equal(await page.locator('.chart-paper').count(), 0, 'nothing of it stays');
    assert.equal(await page.locator('html').getAttribute('data-theme'), null);
    await settleCharts(page);
    const states = await page.$$eval('figure.chart', (all) => all.map((one) => one.dataset.chart));
    assert.ok(states.length > 6 && !states.includes('failed'), states.join());
    expectNoProblems(page);
    await page.context().close();
  },

  async a_node_by_node_map_is_printed_as_it_is_shown() {
    const page = await open(browser);
    await page.goto(staff + jobPath('cores_640'));
    await settleCharts(page);
    const cpu = page.locator('figure.chart[data-graph="cpu"]');
    await cpu.getByRole('button', { name: 'Show node by node' }).click();
    await cpu.locator('.chart-ramp').waitFor();
    const paper = await printed(page, 'nodes');
    assert.equal(paper.pages, 2);
    assert.match(paper.text, /Each row is one node/);
    assert.match(paper.text, /All 10 nodes added up/);
    await page.context().close();
  },

  async what_does_not_answer_does_not_hold_the_printer_up() {
    const page = await open(browser);
    let asked = 0;
    await page.route('**/graph/*.json*', (route) => {
      asked += 1;
      return route.fulfill({ status: 503, contentType: 'application/json', body: '{}' });
    });
    await page.goto(user + jobPath('good_cpu'));
    await page.waitForLoadState('networkidle');
    const before = asked;
    const paper = await printed(page, 'away');
    assert.equal(asked, before + 1, 'after one failure nothing more is asked');
    assert.ok(!paper.text.includes('Cores in use'), 'no empty frame is printed');
    assert.match(paper.text, /Requested/);
    await page.context().close();
  },
};

await runAll(checks);
await browser.close();
