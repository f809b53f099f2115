// Makes the typefaces that the program embeds, in assets/dist/faces/: whole ones for the cards, which the program writes
// itself, and for pages subsets as WOFF2, with the widths of their letters for the layout of charts, and what a page shows until they have come.
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

// Until the typefaces have come, and where they do not, a face of the system is shown, made as wide and as high as they are: so nothing moves.
// Systems have Times New Roman and Arial, or Liberation, or Tinos and Arimo, which have the same measures; Android has Noto Serif and Roboto.
// Text in each language of the theme says how wide a face is: Article 1 of the Universal Declaration of Human Rights.
const article = [
  'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.',
  'Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.',
  'Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.',
  'Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.',
];

/** Where a table of a font file begins. */
const table = (file, tag) => {
  for (let at = 12; at < 12 + 16 * file.readUInt16BE(4); at += 16) if (file.toString('latin1', at, at + 4) === tag) return file.readUInt32BE(at + 8);
};

/** How wide the text is, and how far lines go up and down, all in parts of the size. */
function measures(file, weight) {
  const face = new hb.Face(new hb.Blob(file));
  const font = new hb.Font(face);
  if (weight) font.setVariations([new hb.Variation('wght', weight)]);
  let width = 0;
  for (const text of article) {
    const buffer = new hb.Buffer();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    hb.shape(font, buffer);
    for (const { xAdvance } of buffer.getGlyphPositions()) width += xAdvance;
  }
  const [hhea, os2] = [table(file, 'hhea'), table(file, 'OS/2')];
  const at = file.readUInt16BE(os2 + 62) & 128 ? os2 + 68 : hhea + 4; // typographic ones, where the file wants them
  const [up, down, gap] = [0, 2, 4].map((i) => Math.abs(file.readInt16BE(at + i)) / face.upem);
  return { width: width / face.upem, up, down, gap };
}

const percent = (part) => `${(100 * part).toFixed(2)}%`;
let fallbacks = '/* Faces of the system with the measures of the theme\'s: assets/faces.mjs */\n';
for (const [name, own, family, stand, regular, bold] of [
  ['Report Serif as Times', 'serif', 'tinos/{}/Tinos_{}', 700, ['Times New Roman', 'Liberation Serif', 'Tinos'], ['Times New Roman Bold', 'Liberation Serif Bold', 'Tinos Bold']],
  ['Report Serif as Noto', 'serif', 'noto-serif/{}/NotoSerif_{}', 700, ['Noto Serif', 'NotoSerif'], ['Noto Serif Bold', 'NotoSerif-Bold']],
  ['Report Sans as Arial', 'sans', 'arimo/{}/Arimo_{}', 600, ['Arial', 'Liberation Sans', 'Arimo'], ['Arial Bold', 'Liberation Sans Bold', 'Arimo Bold']],
  ['Report Sans as Roboto', 'sans', 'roboto/{}/Roboto_{}', 600, ['Roboto', 'Roboto-Regular'], ['Roboto Bold', 'Roboto-Bold']],
]) {
  for (const [style, weight, weights, local] of [['400Regular', 400, '400', regular], ['700Bold', stand, '600 700', bold]]) {
    const ours = measures(made[own], weight);
    const theirs = measures(readFileSync(require.resolve(`@expo-google-fonts/${family.replaceAll('{}', style)}.ttf`)));
    const size = ours.width / theirs.width;
    fallbacks += `@font-face { font-family: "${name}"; src: ${local.map((n) => `local("${n}")`).join(', ')}; font-weight: ${weights}; `
      + `size-adjust: ${percent(size)}; ascent-override: ${percent(ours.up / size)}; descent-override: ${percent(ours.down / size)}; line-gap-override: ${percent(ours.gap / size)}; }\n`;
  }
}
writeFileSync(directory + 'fallbacks.css', fallbacks);
