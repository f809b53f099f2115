// Bundles what the program embeds: assets/dist/draw.js, which draws charts in
// the program's own JavaScript engine, assets/dist/reader.js, the script of the site's
// pages, assets/dist/preview.js, what a preview adds to it, assets/dist/faces/, the
// typefaces of the cards, and assets/dist/map-NAME.json.gz, the shapes of maps.
import { build } from 'esbuild';
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import './maps.mjs';

const require = createRequire(import.meta.url);

// Source Serif and Source Sans, and what they do not have: Hebrew and Arabic.
mkdirSync('assets/dist/faces', { recursive: true });
for (const [family, ...styles] of [
  ['source-serif-4', '700Bold'], ['source-sans-3', '400Regular', '600SemiBold'], ['noto-sans-hebrew', '400Regular', '700Bold'], ['noto-sans-arabic', '400Regular', '700Bold'],
]) {
  for (const style of styles) {
    const name = family.replace(/(?:^|-)(.)/g, (_, c) => c.toUpperCase()) + `_${style}.ttf`;
    copyFileSync(require.resolve(`@expo-google-fonts/${family}/${style}/${name}`), 'assets/dist/faces/' + name);
  }
}

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
