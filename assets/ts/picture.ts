// The picture of a chart as PNG, drawn here from its SVG at twice the size.
// Browsers do not let a page read a picture of a file, so on a disk there is none.
import { button } from './element';

const scale = 2;

async function save(link: HTMLAnchorElement, width: number, height: number) {
  const image = new Image(width, height);
  image.src = link.href;
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
