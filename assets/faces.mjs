// Makes the typefaces that the program embeds, in assets/dist/faces/: whole ones for the cards, which the program writes
// itself, and for pages subsets as WOFF2, with the widths of their letters for the layout of charts.
//
// Pages have a serif to read and a sans for data, each with all its weights in one file: two files of 55 KB together, where
// four of single weights have 65. Letters of Central Europe are in files of their own, which a browser fetches only for a
// page that has some.
//
// Source is a reserved name of these typefaces, under the SIL Open Font License: a subset must have another. Copyright and
// license are in each file.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as hb from 'harfbuzzjs';
import subset from 'subset-font';

const require = createRequire(import.meta.url);
const directory = 'assets/dist/faces/';
mkdirSync(directory, { recursive: true });

// What cards are written in: Source Serif and Source Sans, and what they do not have, Hebrew and Arabic.
for (const [family, ...styles] of [
  ['source-serif-4', '700Bold'], ['source-sans-3', '400Regular', '600SemiBold'], ['noto-sans-hebrew', '400Regular', '700Bold'], ['noto-sans-arabic', '400Regular', '700Bold'],
]) {
  for (const style of styles) {
    const name = family.replace(/(?:^|-)(.)/g, (_, c) => c.toUpperCase()) + `_${style}.ttf`;
    copyFileSync(require.resolve(`@expo-google-fonts/${family}/${style}/${name}`), directory + name);
  }
}

const between = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
const latin =
  between(0x20, 0x7e) + between(0xa0, 0xff) + 'ıŒœˆ˜' +
  between(0x2002, 0x2003) + between(0x2007, 0x200b) + between(0x2010, 0x2015) + '‘’‚“”„†‡•…\u202f‰′″‹›⁄₦₩€₱₹₺₽№™←↑→↓↔∂∆∑−∕√∞≈≠≤≥▲▼●■◆';
const extended = [...between(0x100, 0x17f)].filter((letter) => !latin.includes(letter)).join('') + 'ȘșȚțẞ';
const features = ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'liga', 'lnum', 'tnum'];

/** The file with another name of the same length in its name table. */
function renamed(file) {
  const out = Buffer.from(file);
  const at = [...Array(out.readUInt16BE(4)).keys()].map((i) => 12 + 16 * i).find((i) => out.toString('latin1', i, i + 4) === 'name');
  const table = out.readUInt32BE(at + 8);
  for (let i = 0; i < out.readUInt16BE(table + 2); i++) {
    const record = table + 6 + 12 * i;
    if ([0, 7, 13].includes(out.readUInt16BE(record + 6))) continue; // copyright, trademark and license keep it
    const start = table + out.readUInt16BE(table + 4) + out.readUInt16BE(record + 10);
    const bytes = out.subarray(start, start + out.readUInt16BE(record + 8));
    for (const encoding of ['latin1', 'utf16le']) {
      const [from, to] = ['Source', 'Report'].map((name) => (encoding === 'latin1' ? Buffer.from(name) : Buffer.from(name, encoding).swap16()));
      for (let found = bytes.indexOf(from); found >= 0; found = bytes.indexOf(from)) to.copy(bytes, found);
    }
  }
  return out;
}

const made = {};
for (const [name, file, variationAxes] of [
  ['serif', 'source-serif/VAR/SourceSerif4Variable-Roman.ttf', { opsz: 14, wght: { min: 400, max: 700 } }],
  ['serif-italic', 'source-serif/VAR/SourceSerif4Variable-Italic.ttf', { opsz: 14, wght: 400 }],
  ['sans', 'source-sans/VF/SourceSans3VF-Upright.ttf', { wght: { min: 400, max: 600 } }],
]) {
  const whole = renamed(readFileSync(require.resolve(file)));
  const write = async (name, text) => {
    const options = { variationAxes, keepFeatures: features, noHinting: true, preserveNameIds: [0, 13, 14] };
    made[name] = await subset(whole, text, { ...options, targetFormat: 'truetype' });
    writeFileSync(`${directory}${name}.woff2`, await subset(whole, text, { ...options, targetFormat: 'woff2' }));
  };
  if (name === 'serif-italic') await write(name, latin + extended); // rare
  else {
    await write(name, latin);
    await write(name + '-extended', extended);
  }
}

/** How wide each letter is at a weight, in parts of a thousand of its size; figures as in a table. */
function widths(weight) {
  const all = {};
  for (const [file, letters] of [['sans', latin], ['sans-extended', extended]]) {
    const face = new hb.Face(new hb.Blob(made[file]));
    const font = new hb.Font(face);
    font.setVariations([new hb.Variation('wght', weight)]);
    for (const letter of letters) {
      const buffer = new hb.Buffer();
      buffer.addText(letter);
      buffer.guessSegmentProperties();
      hb.shape(font, buffer, [new hb.Feature('tnum'), new hb.Feature('lnum')]);
      const [glyph] = buffer.getGlyphInfos();
      if (glyph.codepoint) all[letter] = Math.round((buffer.getGlyphPositions()[0].xAdvance * 1000) / face.upem);
    }
  }
  return all;
}
writeFileSync(directory + 'widths.json', JSON.stringify({ regular: widths(400), semibold: widths(600) }) + '\n');
