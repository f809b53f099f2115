// The picture of a chart as PNG, drawn here from its SVG at twice the size.
// Browsers do not let a page read a picture of a file, so on a disk there is none.
// A picture sees no typeface of its page, so it gets those that the page has loaded.
import { button } from './element';

const scale = 2;

/** A file as an address that holds it. */
async function held(address: string): Promise<string> {
  const blob = await (await fetch(address)).blob();
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result as string);
    reader.readAsDataURL(blob);
  });
}

/** The typefaces that the page has loaded, as CSS that loads nothing. */
async function faces(): Promise<string> {
  const loaded = new Set([...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.family.replaceAll('"', '') + f.unicodeRange));
  let css = '';
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const address = /url\("?([^")]+)"?\)/.exec(rule.cssText);
      if (!address || !loaded.has(rule.style.getPropertyValue('font-family').replaceAll('"', '') + (rule.style.getPropertyValue('unicode-range') || 'U+0-10FFFF'))) continue;
      css += address[1].startsWith('data:') ? rule.cssText : rule.cssText.replace(address[0], `url("${await held(new URL(address[1], sheet.href!).href)}")`);
    }
  }
  return css;
}

async function save(link: HTMLAnchorElement, width: number, height: number) {
  const image = new Image(width, height);
  const drawing = await (await fetch(link.href)).text();
  const styled = drawing.replace('</title>', `</title><style>${await faces()}</style>`);
  image.src = `data:image/svg+xml,${encodeURIComponent(styled)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const pen = canvas.getContext('2d')!;
  pen.scale(scale, scale);
  pen.drawImage(image, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
  const a = document.createElement('a');
  a.href = URL.createObjectURL(blob!);
  a.download = link.pathname.split('/').pop()!.replace(/svg$/, 'png');
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 60_000);
}

export function pictures() {
  if (location.protocol === 'file:') return;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-width]')) {
    const [width, height] = [Number(link.dataset.width), Number(link.dataset.height)];
    const b = button('', `PNG, ${width * scale} × ${height * scale} px`);
    b.addEventListener('click', () => save(link, width, height));
    link.after(' ', b);
  }
}
