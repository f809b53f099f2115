// The trace of a number, on the spot: without scripts the number is a link to it.
//
// The trace is fetched from the page that the link leads to, so that a page weighs
// nothing for the numbers that it cites. Files on a disk cannot be fetched: there
// the link stays a link.
import { element, say } from './element';

const pages = new Map<string, Promise<Document>>();

/** The page at an address, without its fragment, fetched once. */
function fetched(address: string): Promise<Document> {
  let page = pages.get(address);
  if (!page) {
    page = fetch(address).then(async (response) => {
      if (!response.ok) throw new Error(response.statusText);
      return new DOMParser().parseFromString(await response.text(), 'text/html');
    });
    pages.set(address, page);
  }
  return page;
}

/** A copy of an element of another page, whose links lead where they led there. */
function copied(element: Element, base: string): Element {
  const copy = element.cloneNode(true) as Element;
  copy.removeAttribute('id');
  for (const e of copy.querySelectorAll('[id]')) e.removeAttribute('id');
  for (const a of copy.querySelectorAll('a[href]')) a.setAttribute('href', new URL(a.getAttribute('href')!, base).href);
  return copy;
}

const mostRows = 5;

/** Removes tables, their columns and sources that are behind other numbers of the row only. */
function keepFeeding(behind: Element, column: string) {
  const other = `[data-feeds]:not([data-feeds~="${CSS.escape(column)}"])`;
  for (const e of behind.querySelectorAll(`p${other}`)) e.remove();
  for (const table of behind.querySelectorAll<HTMLTableElement>(`table${other}`)) {
    if (table.nextElementSibling?.matches('p:not(.from)')) table.nextElementSibling.remove();
    table.remove();
  }
  for (const head of [...behind.querySelectorAll<HTMLTableCellElement>(`th${other}`)].reverse()) {
    const at = head.cellIndex;
    for (const row of head.closest('table')!.rows) row.cells[at]?.remove();
  }
}

/** What a number rests on: of each table the first rows, and where there are more, the way to them. */
function shortened(behind: Element, base: string, column: string, isNumber: boolean): Node[] {
  const copy = copied(behind, base);
  copy.querySelector('summary')?.remove();
  if (isNumber || copy.querySelector(`[data-feeds~="${CSS.escape(column)}"]`)) keepFeeding(copy, column);
  for (const table of copy.querySelectorAll('table')) {
    const more = table.nextElementSibling?.matches('p:not(.from)') && table.nextElementSibling;
    const rows = [...table.tBodies[0].rows].slice(mostRows);
    for (const row of rows) row.remove();
    if (!more && !rows.length) continue;
    const link = element('a', '', say('all_rows'));
    link.href = behind.id ? `${base.split('#')[0]}#${behind.id}` : base;
    if (more) more.remove();
    table.after(element('p', '', link));
  }
  return [...copy.childNodes];
}

/** What the card says of the fact at an address. */
function trace(page: Document, address: URL): Node[] {
  const cell = page.getElementById(decodeURIComponent(address.hash.slice(1)));
  const title = page.querySelector('h1');
  if (!cell || !title) throw new Error('no such cell');
  const base = address.href;
  const row = cell.closest('tr')!;
  const single = row.closest('table.single');
  const head = row.querySelector('th')!;
  const next = head.nextElementSibling; // a code is followed by its name
  const name = next && next !== cell && !next.className ? `${next.textContent} (${head.textContent})` : head.textContent!;
  const heads = [...(row.closest('table')!.querySelectorAll('thead th') as NodeListOf<HTMLElement>)];
  const column = single ? head.textContent! : (heads[[...row.children].indexOf(cell)]?.firstChild?.textContent ?? '').trim();
  const of = single || cell === head ? '' : name;

  const link = element('a', '', title.textContent!);
  link.href = base;
  const parts: Node[] = [
    element('p', 'what', of ? `${column}, ${of}` : column),
    element('p', 'value', cell.textContent!),
    element('p', 'from', `${say('from')} `, link, '.'),
  ];
  const about = page.querySelector('.standfirst');
  if (about) parts.push(element('p', 'about', about.textContent!));
  const id = row.querySelector('th a')?.getAttribute('href')?.split('#')[1];
  const behind = id ? page.getElementById(decodeURIComponent(id)) : page.querySelector('div.behind');
  if (behind) parts.push(element('div', 'rows', element('strong', '', say('rows_behind')), ...shortened(behind, base, address.hash.slice(1).split('-')[0]!, cell.classList.contains('n'))));
  const query = page.querySelector('pre.sql');
  if (query) parts.push(element('details', '', element('summary', '', say('how_computed')), copied(query, base)));
  return parts;
}

const margin = 12;

/**
 * Puts the card below the link, or above where there is no room. The style sheet keeps it at the lower edge of a
 * phone: there the page gives way, so that the number can be seen.
 */
function place(card: HTMLElement, link: Element) {
  const at = link.getClientRects()[0];
  const { left, top: edge, width, height } = card.getBoundingClientRect();
  if (!left && width === innerWidth) {
    scrollBy(0, Math.max(0, at.bottom + margin - edge));
    return;
  }
  const below = at.bottom + margin;
  const top = below + height <= innerHeight - margin ? below : Math.max(margin, at.top - margin - height);
  card.style.setProperty('--left', `${Math.max(margin, Math.min(at.left, innerWidth - margin - width))}px`);
  card.style.setProperty('--top', `${Math.min(top, Math.max(margin, innerHeight - margin - height))}px`);
}

/** Opens what the address names, where that is closed. */
export function target() {
  const open = () => {
    const named = document.getElementById(location.hash.slice(1));
    if (named instanceof HTMLDetailsElement) named.open = true;
  };
  addEventListener('hashchange', open);
  open();
}

/** Opens the trace of a number where the number is followed. */
export function traces() {
  if (location.protocol === 'file:' || !('popover' in HTMLElement.prototype)) return;
  const card = element('div', 'trace');
  card.popover = 'auto';
  card.setAttribute('role', 'dialog');
  card.setAttribute('aria-label', say('where_number'));
  // The card takes the focus, and no button in it: the key that followed the link
  // may still be down, and would press it.
  card.tabIndex = -1;
  card.autofocus = true;
  document.body.append(card);
  for (const a of document.querySelectorAll('.fact a')) a.setAttribute('aria-haspopup', 'dialog');

  document.addEventListener('click', async (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>('.fact a');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const address = new URL(link.href);
    try {
      const close = element('button', 'close', say('close'));
      close.type = 'button';
      close.addEventListener('click', () => card.hidePopover());
      card.replaceChildren(...trace(await fetched(address.href.split('#')[0]), address), close);
      // the link gets the focus back; TypeScript does not know the argument yet
      (card as { showPopover(from: { source: Element }): void }).showPopover({ source: link });
      card.scrollTop = 0;
      place(card, link);
    } catch {
      location.href = link.href;
    }
  });
}
