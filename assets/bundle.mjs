// Bundles what the program embeds: assets/dist/draw.js, which draws charts in
// the program's own JavaScript engine, assets/dist/reader.js, the script of the site's
// pages, assets/dist/preview.js, what a preview adds to it, assets/dist/faces/, the
// typefaces, and assets/dist/map-NAME.json.gz, the shapes of maps.
import { build } from 'esbuild';
import './faces.mjs';
import './maps.mjs';

await build({
  entryPoints: ['assets/ts/draw.ts'],
  outfile: 'assets/dist/draw.js',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  legalComments: 'none',
  logLevel: 'warning',
});

await build({
  entryPoints: ['assets/ts/reader.ts', 'assets/ts/preview.ts'],
  outdir: 'assets/dist',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  legalComments: 'none',
  logLevel: 'warning',
});
