// Bundles what the program embeds: assets/dist/draw.js, which draws charts in
// the program's own JavaScript engine, and assets/dist/reader.js, the script of
// the site's pages.
//
// The shapes of the US states are simplified and rounded here, once, as far as
// the eye cannot see it at the width of a page.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import { filter, filterWeight, presimplify, simplify } from 'topojson-simplify';

const require = createRequire(import.meta.url);

/** The states as GeoJSON, projected (Albers), upside up for ECharts, whole units of a 975 x 610 plane. */
function states() {
  const atlas = JSON.parse(readFileSync(require.resolve('us-atlas/states-albers-10m.json'), 'utf8'));
  const weighed = presimplify(atlas);
  // corners and islands smaller than two square units, about one pixel, go
  const coarse = simplify(weighed, 2);
  const { features } = feature(filter(coarse, filterWeight(coarse, 2)), 'states');
  const ring = (points) => {
    const rounded = points.map(([x, y]) => [Math.round(x * 2) / 2, -Math.round(y * 2) / 2]);
    return rounded.filter((p, i) => i === 0 || p[0] !== rounded[i - 1][0] || p[1] !== rounded[i - 1][1]);
  };
  const polygon = (rings) => rings.map(ring).filter((r) => r.length >= 4);
  return {
    type: 'FeatureCollection',
    features: features.map(({ id, geometry: { type, coordinates } }) => ({
      type: 'Feature',
      id,
      // regions go by FIPS code: codes are what data has, and they are unique
      properties: { name: id },
      geometry: type === 'Polygon'
        ? { type, coordinates: polygon(coordinates) }
        : { type, coordinates: coordinates.map(polygon).filter((p) => p.length > 0) },
    })),
  };
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
  entryPoints: ['assets/ts/reader.ts'],
  outfile: 'assets/dist/reader.js',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  legalComments: 'none',
  logLevel: 'warning',
});
