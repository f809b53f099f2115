// Tables that sort and filter. Rows go by the raw values behind their texts; the
// address keeps the state, so that it can be shared.
import { button, element, say } from './element';

interface Column {
  th: HTMLTableCellElement;
  label: string;
  unit: string;
}

export function columns(table: HTMLTableElement): Column[] {
  return [...(table.tHead?.rows[0]?.cells ?? [])].map((th) => {
    const unit = th.querySelector('.unit')?.textContent!.trim() ?? '';
    return { th, unit, label: th.textContent!.trim().slice(0, unit ? -unit.length : undefined).trim() };
  });
}

/** The raw value of a cell; "" where there is none. */
export function raw(cell: HTMLElement): string {
  if (cell.classList.contains('missing')) return '';
  return cell.dataset.raw ?? cell.querySelector('data')?.value ?? cell.textContent!.trim();
}

/** Letters as one looks for them: without case and accents. */
export const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

/** A row, with the raw values of its cells and the text by which it is found. One of a file has an element only once it is shown. */
interface Row {
  raws: string[];
  text: string;
  element: () => HTMLTableRowElement;
}

const onPage = (r: HTMLTableRowElement): Row => ({ raws: [...r.cells].map(raw), text: plain(r.textContent!), element: () => r });

/** How many rows of a long table are shown at a time. */
const pageLength = 100;

/** The file of the rows that a page does not show: a text for each cell, or a text and its raw value. */
interface Rest {
  shown: number;
  rows: (number | string | [text: string, raw: string])[][];
}

/** A row of that file, which looks like one of the page. */
function fromFile(cells: Rest['rows'][number], like: HTMLTableRowElement): Row {
  const texts = cells.map((c) => (Array.isArray(c) ? c[0] : String(c)));
  const raws = cells.map((c) => (Array.isArray(c) ? c[1] : String(c)));
  let made: HTMLTableRowElement | undefined;
  return {
    raws,
    text: plain(texts.join(' ')),
    element: () => {
      if (!made) {
        made = element('tr', '');
        for (const [i, model] of [...like.cells].entries()) {
          const cell = element(model.tagName === 'TH' ? 'th' : 'td', model.className, texts[i] ?? '');
          cell.classList.toggle('missing', raws[i] === '' && i < texts.length);
          if (cell.tagName === 'TH') cell.scope = 'row';
          if (Array.isArray(cells[i])) cell.dataset.raw = raws[i];
          made.append(cell);
        }
      }
      return made;
    },
  };
}

const whole = (n: number) => n.toLocaleString(document.documentElement.lang || undefined);

/** How texts compare: by the column's own order, of months or sizes, then by letters. */
function order(th: HTMLTableCellElement): (a: string, b: string) => number {
  const sequence: string[] = JSON.parse(th.dataset.sequence ?? '[]');
  const place = new Map(sequence.map((text, i) => [text, i]));
  const at = (text: string) => place.get(text) ?? sequence.length;
  return (a, b) => at(a) - at(b) || collator.compare(a, b);
}

/** Rows by a column; what has no value comes last, and equal ones keep their order. */
function sorted(rows: Row[], at: number, th: HTMLTableCellElement, descending: boolean): Row[] {
  const compare = order(th);
  const values = new Map(rows.map((r) => [r, r.raws[at] ?? '']));
  const numeric = [...values.values()].every((v) => v === '' || !Number.isNaN(Number(v)));
  return [...rows].sort((r, s) => {
    const [a, b] = [values.get(r)!, values.get(s)!];
    if (a === '' || b === '') return Number(a === '') - Number(b === '');
    return (numeric ? Number(a) - Number(b) : compare(a, b)) * (descending ? -1 : 1);
  });
}

/** What the address says of a table; the first of a page needs no name. */
export function remember(name: string, values: Record<string, string>) {
  const address = new URL(location.href);
  for (const [key, value] of Object.entries(values)) {
    if (value) address.searchParams.set(name + key, value);
    else address.searchParams.delete(name + key);
  }
  try {
    history.replaceState(history.state, '', address);
  } catch { /* a browser may keep the address of a file as it is */ }
}

function enliven(table: HTMLTableElement, name: string) {
  const bodies = [...table.tBodies].map((body) => ({ body, heads: [...body.querySelectorAll<HTMLTableRowElement>(':scope > .group')], own: new Set(body.rows) })); // one for each group
  const before = bodies.flatMap(({ body, heads }) => [...body.rows].filter((r) => !heads.includes(r)));
  /** Shows rows, those of a group below its heading. */
  function arrange(list: HTMLTableRowElement[]) {
    for (const { body, heads, own } of bodies) {
      const rows = bodies.length > 1 ? list.filter((r) => own.has(r)) : list;
      body.replaceChildren(...(rows.length > 0 ? heads : []), ...rows);
      body.hidden = rows.length === 0;
    }
  }
  let rows = before.map(onPage);
  const heads = columns(table);
  if (rows.length < 2 || heads.length === 0) return;
  const known = new URLSearchParams(location.search);
  const state = { sort: known.get(`${name}sort`) ?? '', order: known.get(`${name}order`) ?? '', q: known.get(`${name}q`) ?? '', page: known.get(`${name}page`) ?? '' };

  // A long table has a file of its other rows, which is fetched when somebody first filters or sorts.
  const address = table.dataset.rows;
  let fetched: Promise<void> | undefined;
  let partial = false; // only the first rows are searched
  const pager = element('nav', 'pager');
  pager.ariaLabel = say('pages_of_table');
  pager.hidden = true;
  const firstOnly = table.closest('.scroll')?.nextElementSibling as HTMLElement | null; // "The first 1,000 of 5,000 are shown"
  if (address) table.closest('.scroll')!.after(pager);
  function fetchRest(): Promise<void> {
    fetched ??= (async () => {
      try {
        const answer = await fetch(address!);
        if (!answer.ok) throw new Error(answer.statusText);
        const rest = (await answer.json()) as Rest;
        rows = [...rows.slice(0, rest.shown), ...rest.rows.map((cells) => fromFile(cells, before[0]))];
      } catch {
        partial = true; // from a disk nothing can be fetched
      }
    })();
    return fetched;
  }

  const count = element('output', '');
  async function show() {
    if (address && (state.sort || state.q)) {
      if (!fetched) count.textContent = say('loading');
      await fetchRest();
    }
    const at = heads.findIndex(({ th }) => th.dataset.column === state.sort);
    const words = plain(state.q).split(/\s+/).filter(Boolean);
    const active = at >= 0 || words.length > 0;
    const found = (at < 0 ? rows : sorted(rows, at, heads[at].th, state.order === 'desc')).filter((r) => words.every((w) => r.text.includes(w)));
    if (active) {
      const pages = address ? Math.max(1, Math.ceil(found.length / pageLength)) : 1;
      const page = Math.min(pages, Math.max(1, Number(state.page) || 1));
      arrange(found.slice(...(address ? [(page - 1) * pageLength, page * pageLength] : [])).map((r) => r.element()));
      turn(page, pages, found.length);
    } else {
      arrange(before);
      pager.hidden = true;
    }
    if (address && firstOnly) firstOnly.hidden = active && !partial;
    const of = { n: whole(found.length), all: whole(rows.length) };
    count.textContent = words.length > 0 ? say(partial ? 'rows_found_first' : 'rows_found', of) : partial && active ? say('only_first', of) : '';
    mark(at);
  }
  function turn(page: number, pages: number, all: number) {
    pager.hidden = pages < 2;
    const step = (label: string, to: number) => {
      const b = button('', label);
      b.disabled = to < 1 || to > pages;
      b.addEventListener('click', async () => {
        state.page = to > 1 ? String(to) : '';
        remember(name, state);
        await show();
        const kept = [...pager.querySelectorAll('button')].find((other) => other.textContent === label && !other.disabled) ?? pager.querySelector<HTMLButtonElement>('button:enabled');
        kept?.focus({ preventScroll: true });
        table.closest('.scroll')!.scrollIntoView({ block: 'start' });
      });
      return b;
    };
    pager.replaceChildren(
      step(say('previous'), page - 1),
      element('span', '', say('rows_shown', { from: whole((page - 1) * pageLength + 1), to: whole(Math.min(all, page * pageLength)), all: whole(all) })),
      step(say('next'), page + 1),
    );
  }
  function mark(at: number) {
    heads.forEach(({ th }, i) => {
      if (i === at) th.ariaSort = state.order === 'desc' ? 'descending' : 'ascending';
      else th.removeAttribute('aria-sort');
    });
  }
  for (const { th } of heads) {
    const column = th.dataset.column;
    if (!column) continue;
    const b = button('sort', ...th.childNodes);
    th.append(b);
    b.addEventListener('click', () => {
      // a measure starts with its largest; a third press gives back the order of the page
      const ways = th.classList.contains('n') ? ['desc', 'asc'] : ['asc', 'desc'];
      const next = state.sort === column ? ways[ways.indexOf(state.order || 'asc') + 1] : ways[0];
      [state.sort, state.order] = next ? [column, next] : ['', ''];
      state.page = '';
      remember(name, state);
      void show();
    });
  }
  if (state.sort) void show();

  const place = table.closest('.scroll')?.previousElementSibling;
  if (place?.classList.contains('filter')) {
    const input = element('input', '');
    input.type = 'search';
    input.value = state.q;
    input.autocomplete = 'off';
    input.addEventListener('input', () => {
      state.q = input.value.trim();
      state.page = '';
      remember(name, state);
      void show();
    });
    place.append(element('label', '', `${say('filter_rows')} `, input), count);
    if (state.q) void show();
  }
  const folded = table.closest('details');
  if (folded && (state.sort || state.q)) folded.open = true;
}

export function tables() {
  let count = 0;
  for (const table of document.querySelectorAll<HTMLTableElement>('main table:not(.behind table)')) {
    const chart = table.closest('figure.chart')?.id.replace('chart-', '');
    enliven(table, chart ? `${chart}.` : count++ ? `${count}.` : '');
  }
}
