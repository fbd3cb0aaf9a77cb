// Called by ./build in its work folder: bundle, minify, hash, compress, write the manifest.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const out = process.argv[2];
const version = JSON.parse(readFileSync('node_modules/uplot/package.json', 'utf8')).version;
const license = readFileSync('node_modules/uplot/LICENSE', 'utf8').trim();
const banner = `/*! Contains uPlot ${version}:\n${license}\n*/`;

async function bundle(entry, extra) {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    ...extra,
  });
  return result.outputFiles[0].contents;
}

function put(name, bytes) {
  writeFileSync(`${name}.new`, bytes);
  renameSync(`${name}.new`, name);
}

/** Writes the file and its compressed siblings; returns the hashed name. */
function publish(stem, extension, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  const name = `${stem}-${hash}.${extension}`;
  const path = join(out, name);
  if (!existsSync(`${path}.br`)) {
    put(path, bytes);
    put(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
    put(`${path}.br`, brotliCompressSync(bytes, { params }));
  }
  return name;
}

const script = await bundle('js/main.js', {
  format: 'iife',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  banner: { js: banner },
});
const style = await bundle('css/portal.css', {
  target: ['chrome111', 'firefox113', 'safari16.4'],
  banner: { css: banner },
});
const icons = readFileSync('icons/sprite.svg', 'utf8').replace(/\n\s*/g, '\n');
const manifest = {
  'portal.css': publish('portal', 'css', style),
  'portal.js': publish('portal', 'js', script),
  'icons.svg': publish('icons', 'svg', Buffer.from(icons)),
  'favicon.svg': publish('favicon', 'svg', readFileSync('icons/favicon.svg')),
};
// What asks for /favicon.ico finds it under its plain name.
put(join(out, 'favicon.svg'), readFileSync('icons/favicon.svg'));
put(join(out, 'assets.json'), `${JSON.stringify(manifest, null, 2)}\n`);
