// Tables that sort and filter. Rows go by the raw values behind their texts; the
// address keeps the state, so that it can be shared.
import { button, element } from './element';

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

/** Rows by a column; what has no value comes last, and equal ones keep their order. */
function sorted(rows: HTMLTableRowElement[], at: number, descending: boolean): HTMLTableRowElement[] {
  const values = new Map(rows.map((r) => [r, r.cells[at] ? raw(r.cells[at]) : '']));
  const numeric = [...values.values()].every((v) => v === '' || !Number.isNaN(Number(v)));
  return [...rows].sort((r, s) => {
    const [a, b] = [values.get(r)!, values.get(s)!];
    if (a === '' || b === '') return Number(a === '') - Number(b === '');
    return (numeric ? Number(a) - Number(b) : collator.compare(a, b)) * (descending ? -1 : 1);
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
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = columns(table);
  if (rows.length < 2 || heads.length === 0) return;
  const known = new URLSearchParams(location.search);
  const state = { sort: known.get(`${name}sort`) ?? '', order: known.get(`${name}order`) ?? '', q: known.get(`${name}q`) ?? '' };

  function sort() {
    const at = heads.findIndex(({ th }) => th.dataset.column === state.sort);
    body.append(...(at < 0 ? rows : sorted(rows, at, state.order === 'desc')));
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
      sort();
      remember(name, state);
    });
  }
  if (state.sort) sort();

  const place = table.closest('.scroll')?.previousElementSibling;
  if (place?.classList.contains('filter')) {
    const count = element('output', '');
    const input = element('input', '');
    input.type = 'search';
    input.value = state.q;
    input.autocomplete = 'off';
    const texts = rows.map((r) => plain(r.textContent!));
    const filter = () => {
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      rows.forEach((r, i) => (r.hidden = !words.every((w) => texts[i].includes(w))));
      count.textContent = words.length > 0 ? `${rows.filter((r) => !r.hidden).length} of ${rows.length} rows` : '';
    };
    input.addEventListener('input', () => {
      filter();
      state.q = input.value.trim();
      remember(name, state);
    });
    place.append(element('label', '', 'Filter the rows ', input), count);
    if (state.q) filter();
  }
  const folded = table.closest('details');
  if (folded && (state.sort || state.q)) folded.open = true;
}

export function tables() {
  let count = 0;
  for (const table of document.querySelectorAll<HTMLTableElement>('main table')) {
    const chart = table.closest('figure.chart')?.id.replace('chart-', '');
    enliven(table, chart ? `${chart}.` : count++ ? `${count}.` : '');
  }
}
