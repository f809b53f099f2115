/**
 * A page waits a tenth of a second for its typefaces, and otherwise has them from its second page on, so that nothing moves. From a disk nothing
 * is kept, and they are there at once: a style sheet beside that of the page shows them.
 */
export function disk() {
  const sheet = document.querySelector<HTMLLinkElement>('link[rel=stylesheet]');
  if (location.protocol !== 'file:' || !sheet) return;
  const faces = document.createElement('link');
  faces.rel = 'stylesheet';
  faces.href = new URL('disk.css', sheet.href).href;
  document.head.append(faces);
}
