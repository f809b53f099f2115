// Bundles what the program embeds: assets/dist/draw.js, which draws charts in
// the program's own JavaScript engine, assets/dist/counties.gz, the shapes of the
// counties, assets/dist/reader.js, the script of the site's pages, and
// assets/dist/preview.js, what a preview adds to it, and assets/dist/faces/, the
// typefaces of the cards.
//
// The shapes of the US states and counties are simplified and rounded here, once, as far as
// the eye cannot see it at the width of a page.
import { build } from 'esbuild';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { feature } from 'topojson-client';
import { filter, filterWeight, presimplify, simplify } from 'topojson-simplify';

const require = createRequire(import.meta.url);

/** Shapes of an atlas as GeoJSON, projected (Albers), upside up for ECharts, half units of a 975 x 610 plane. */
function shapes(file, object, smallest) {
  const atlas = JSON.parse(readFileSync(require.resolve(file), 'utf8'));
  const weighed = presimplify(atlas);
  // corners and islands smaller than so many square units go
  const coarse = simplify(weighed, smallest);
  const { features } = feature(filter(coarse, filterWeight(coarse, smallest)), object);
  const ring = (points) => {
    const rounded = points.map(([x, y]) => [Math.round(x * 2) / 2, -Math.round(y * 2) / 2]);
    return rounded.filter((p, i) => i === 0 || p[0] !== rounded[i - 1][0] || p[1] !== rounded[i - 1][1]);
  };
  const polygon = (rings) => rings.map(ring).filter((r) => r.length >= 4);
  return features.filter(({ geometry }) => geometry).map(({ id, geometry: { type, coordinates } }) => ({
    type: 'Feature',
    id,
    // regions go by FIPS code: codes are what data has, and they are unique
    properties: { name: id },
    geometry: type === 'Polygon'
      ? { type, coordinates: polygon(coordinates) }
      : { type, coordinates: coordinates.map(polygon).filter((p) => p.length > 0) },
  }));
}

/** The states; two square units are about one pixel. */
const states = () => ({ type: 'FeatureCollection', features: shapes('us-atlas/states-albers-10m.json', 'states', 2) });

// A line for each county: a chart takes out those that it needs.
const counties = shapes('us-atlas/counties-albers-10m.json', 'counties', 0.7)
  .map(({ id, geometry }) => id + '\t' + JSON.stringify(geometry) + '\n').join('');
mkdirSync('assets/dist', { recursive: true });
writeFileSync('assets/dist/counties.gz', gzipSync(counties, { level: 9 }));

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
  plugins: [{
    name: 'maps',
    setup(b) {
      b.onResolve({ filter: /^maps:/ }, ({ path }) => ({ path, namespace: 'maps' }));
      b.onLoad({ filter: /.*/, namespace: 'maps' }, () => ({ contents: JSON.stringify(states()), loader: 'json' }));
    },
  }],
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
