// The points of a chart, by mouse, touch and keyboard. What is shown and announced
// of a point are the texts of its row in the chart's own table, so that a value is
// written the same way everywhere. A mark and its row go by one name, and one group.
import { button, element, say } from './element';
import { columns, raw } from './table';

/** How far from a mark, in pixels, a pointer still means it. */
const reach = 24;

/** A number that does not say its unit, as $1 and 1% do. */
const bare = /^[\d.,\s]+$/;

interface Point {
  name: string;
  group: string; // and panel
  marks: SVGGraphicsElement[]; // one or more in each drawing
  title: string;
  says: string[]; // "Amount: $20,560,545"
}

/** A row of the table, with what its columns are in the drawing. */
function rowsOf(table: HTMLTableElement) {
  const heads = columns(table);
  const named = ['name', 'group', 'panel', 'label'];
  return [...table.tBodies[0].rows].map(({ cells }) => {
    const cell = (as: string) => cells[heads.findIndex((h) => h.th.dataset.as === as)];
    const text = (as: string) => cell(as)?.textContent!.trim() ?? '';
    const known = (as: string) => (cell(as) ? raw(cell(as)) || text(as) : '');
    const says = heads.flatMap(({ th, label, unit }, i) => {
      if (named.includes(th.dataset.as!)) return [];
      const value = cells[i].textContent!.trim();
      return `${label}: ${value}${bare.test(value) ? ` ${unit}` : ''}`.trim();
    });
    return { has: (as: string) => cell(as) !== undefined, text, known, says };
  });
}

type Row = ReturnType<typeof rowsOf>[number];

/** What the chart draws, in the order of its table. */
function pointsOf(figure: HTMLElement): Point[] {
  const rows = rowsOf(figure.querySelector('table')!);
  if (rows.some((r) => r.has('binned'))) return binsOf(figure, rows);
  const byKey = new Map<string, Point>();
  for (const row of rows) {
    const group = `${row.known('panel')}\0${row.known('group')}`;
    byKey.set(`${row.known('name')}\0${group}`, {
      name: row.known('name'),
      group,
      marks: [],
      title: [row.text('panel'), row.text('group'), row.text('label') || row.text('name')].filter(Boolean).join(', '),
      says: row.says,
    });
  }
  const isGrouped = rows.some((r) => r.has('group')); // a lone line has a name of its own
  for (const mark of figure.querySelectorAll<SVGGraphicsElement>('svg [data-name]')) {
    const panel = mark.closest<SVGElement>('[data-panel]')?.dataset.panel ?? '';
    const { name, group } = mark.dataset;
    byKey.get(`${name}\0${panel}\0${(isGrouped && group) || ''}`)?.marks.push(mark);
  }
  return [...byKey.values()].filter((p) => p.marks.length > 0);
}

/** The columns of a histogram: each stands for rows, from the least of them to the largest. */
function binsOf(figure: HTMLElement, rows: Row[]): Point[] {
  const value = (r: Row) => Number(r.known('binned'));
  const sorted = rows.filter((r) => !Number.isNaN(value(r))).sort((a, b) => value(a) - value(b));
  const bins = new Map<string, Point>();
  for (const mark of figure.querySelectorAll<SVGGraphicsElement>('svg [data-low]')) {
    const [low, high, count] = [mark.dataset.low, mark.dataset.high, mark.dataset.value].map(Number);
    if (count === 0) continue;
    let bin = bins.get(mark.dataset.low!);
    if (!bin) {
      const first = sorted.findIndex((r) => value(r) >= low);
      const inside = sorted.slice(first, first + count);
      const [least, most] = [inside[0], inside[count - 1]];
      if (!least || !most || value(most) > high) continue;
      const says = count > 1 ? [`${least.says[0]} ${say('to')} ${most.text('binned')}`] : [least.says[0]];
      if (count <= 5) says.push(inside.map((r) => r.text('name')).join(', '));
      bin = { name: mark.dataset.low!, group: '', marks: [], title: say('n_of', { n: count, all: sorted.length }), says };
      bins.set(bin.name, bin);
    }
    bin.marks.push(mark);
  }
  return [...bins.values()];
}

/** The place of a point's mark in the drawing that can be seen. */
function boxOf(point: Point): DOMRect | undefined {
  return point.marks.map((m) => m.getBoundingClientRect()).find((r) => r.width + r.height > 0);
}

const middle = (r: DOMRect) => [r.left + r.width / 2, r.top + r.height / 2];

function colourOf(e: Element, colours: Set<string>): string | undefined {
  return ['fill', 'stroke'].map((a) => e.getAttribute(a)!).find((c) => colours.has(c));
}

/** Dims what has the colour of another series. */
function highlighter(figure: HTMLElement) {
  const keys = [...figure.querySelectorAll<HTMLElement>('.legend .key')];
  const lines = [...figure.querySelectorAll('svg [stroke-linejoin=bevel]')];
  const colours = new Set([...keys.map((k) => k.style.getPropertyValue('--key')), ...lines.map((l) => l.getAttribute('stroke')!)]);
  const coloured = [...figure.querySelectorAll('svg [fill], svg [stroke]')].flatMap((e) => {
    const colour = colourOf(e, colours);
    return colour ? [{ e, colour }] : [];
  });
  let kept: string | undefined; // by a press on the legend
  const show = (colour = kept) => coloured.forEach((c) => c.e.classList.toggle('dim', colour !== undefined && c.colour !== colour));
  const buttons = keys.map((k) => {
    const colour = k.style.getPropertyValue('--key');
    const item = k.parentElement!;
    const b = button('', ...item.childNodes);
    b.ariaPressed = 'false';
    b.addEventListener('click', () => {
      kept = kept === colour ? undefined : colour;
      buttons.forEach((other) => (other.ariaPressed = String(other === b && kept === colour)));
      show();
    });
    b.addEventListener('pointerenter', () => show(colour));
    b.addEventListener('pointerleave', () => show());
    item.append(b);
    return b;
  });
  // a line is known by its points; elsewhere a colour is no series, or has a legend
  return (point?: Point) => lines.length > 0 && show(point && colourOf(point.marks[0], colours));
}

function enliven(figure: HTMLElement) {
  const plot = figure.querySelector<HTMLElement>('.plot');
  const all = plot && figure.querySelector('table') ? pointsOf(figure) : [];
  if (!plot || all.length === 0) return;
  const highlight = highlighter(figure);
  const isMap = plot.querySelector('.scaled') !== null;
  const isGrid = new Set(all.map((p) => p.group)).size > 1;
  const tip = element('div', 'tip');
  tip.hidden = true;
  const announced = element('p', 'unseen');
  announced.setAttribute('role', 'status');
  plot.append(tip, announced);
  plot.tabIndex = 0;
  plot.setAttribute('role', 'application');
  plot.setAttribute('aria-roledescription', 'chart');
  plot.setAttribute('aria-label', `${figure.querySelector('.title')!.textContent!.trim()}. ${say('arrow_keys')}`);

  let shown: Point | undefined;
  function show(point?: Point, aloud = false) {
    if (point === shown && !aloud) return;
    shown?.marks.forEach((m) => m.classList.remove('on'));
    shown = point;
    highlight(point);
    tip.hidden = !point;
    if (aloud || !point) announced.textContent = point ? `${point.title}. ${point.says.join('. ')}` : '';
    const box = point && boxOf(point);
    if (!point || !box) return;
    point.marks.forEach((m) => m.classList.add('on'));
    tip.replaceChildren(element('strong', '', point.title), ...point.says.map((s) => element('span', '', s)));
    const { left, top, width } = plot!.getBoundingClientRect();
    const above = box.top - tip.offsetHeight - 8;
    tip.style.left = `${Math.max(0, Math.min(middle(box)[0] - left - tip.offsetWidth / 2, width - tip.offsetWidth))}px`;
    tip.style.top = `${(above > 0 ? above : box.bottom + 8) - top}px`;
  }

  /** What a pointer means: a shape of a map that it is on, else the mark that is nearest. */
  function meant({ target, clientX: x, clientY: y }: MouseEvent): Point | undefined {
    const on = all.find((p) => p.marks.includes(target as SVGGraphicsElement));
    if (on || isMap) return on;
    const away = (point: Point) => {
      const r = boxOf(point);
      return r ? Math.hypot(Math.max(r.left - x, 0, x - r.right), Math.max(r.top - y, 0, y - r.bottom)) : Infinity;
    };
    const nearest = all.reduce((a, b) => (away(b) < away(a) ? b : a));
    return away(nearest) <= reach ? nearest : undefined;
  }

  /** The next point along a line of the chart; at its end, the point itself. */
  function along(from: Point, step: number, same: 'name' | 'group'): Point {
    const other = same === 'name' ? 'group' : 'name';
    const order = [...new Set(all.map((p) => p[other]))];
    const line = all.filter((p) => p[same] === from[same]).sort((a, b) => order.indexOf(a[other]) - order.indexOf(b[other]));
    if (line.length === 1) return all[all.indexOf(from) + step] ?? from; // names of events are their own
    return line[line.indexOf(from) + step] ?? from;
  }

  /** Whether names stand side by side, as years do, and not one below the other. */
  function sideways(from: Point): boolean {
    const far = all.filter((p) => p.group === from.group && p !== from)[0];
    const [a, b] = [boxOf(from), far && boxOf(far)];
    if (!a || !b) return true;
    const [dx, dy] = [0, 1].map((i) => Math.abs(middle(a)[i] - middle(b)[i]));
    return dx > dy;
  }

  const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  function pressed(key: string): Point | undefined {
    if (key === 'Home') return all[0];
    if (key === 'End') return all[all.length - 1];
    const step = steps[key];
    if (!step) return;
    if (!shown) return all[0];
    if (!isGrid) return all[all.indexOf(shown) + step] ?? shown;
    const isSide = key === 'ArrowRight' || key === 'ArrowLeft';
    return along(shown, step, isSide === sideways(shown) ? 'group' : 'name');
  }

  plot.addEventListener('keydown', (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const link = e.key === 'Enter' && e.target === plot && shown?.marks[0].closest<SVGAElement>('a[href]');
    if (link) window.open(link.href.baseVal, document.querySelector('base')?.target || '_self');
    const point = pressed(e.key);
    if (!point) return;
    e.preventDefault();
    show(point, true);
  });
  plot.addEventListener('pointermove', (e) => e.pointerType === 'mouse' && show(meant(e)));
  plot.addEventListener('pointerleave', (e) => e.pointerType === 'mouse' && show());
  plot.addEventListener('click', (e) => {
    const point = meant(e);
    if ((e as PointerEvent).pointerType === 'touch' && point !== shown && point?.marks.includes(e.target as SVGGraphicsElement)) e.preventDefault(); // the first touch shows what a second one follows
    show(point, true);
  });
  plot.addEventListener('blur', () => show());
  document.addEventListener('pointerdown', (e) => plot.contains(e.target as Node) || show());
  document.addEventListener('keydown', (e) => e.key === 'Escape' && show());
}

export function points() {
  document.querySelectorAll<HTMLElement>('figure.chart').forEach(enliven);
}
