// How wide a text is, for the layout of a drawing where there is no browser: by the letters of the theme's sans, as
// package chart measures them too.
import sans from '../dist/faces/widths.json';

const regular = new Map(Object.entries(sans.regular));
const semibold = new Map(Object.entries(sans.semibold));

/** The width that a letter has in a face of the system. */
const guess = (letter: string) => (letter.codePointAt(0)! >= 0x2e80 ? 1000 : 560);

/** What ECharts asks of a canvas; the font is as CSS has it, such as "bold 13px sans-serif". */
export function measureText(text: string, font = ''): { width: number } {
  const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 12);
  const letters = /\b(?:[6-9]00|bold)\b/.test(font) ? semibold : regular;
  let sum = 0;
  for (const letter of text) sum += letters.get(letter) ?? guess(letter);
  return { width: (sum * size) / 1000 };
}
