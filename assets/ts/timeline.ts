// Timelines of which a reader sees a part: a list to choose from for each column that
// the page names. The address keeps the choice.
import { element, say } from './element';
import { remember } from './table';

/** A column by which events are told apart. A cell may hold several values: "Chicago; Cook County". */
interface Facet {
  column: string;
  select: HTMLSelectElement;
  of: string[][]; // the values of each event
}

function enliven(place: HTMLElement, section: Element) {
  const events = [...section.querySelectorAll('li')];
  const cells = events.map((event) => JSON.parse(event.dataset.facets!) as string[]);
  const known = new URLSearchParams(location.search);
  const count = element('output', '');

  const facets = (JSON.parse(place.dataset.facets!) as [string, string][]).map(([column, label], i): Facet => {
    const of = cells.map((cell) => cell[i].split('; ').filter(Boolean));
    const counts = new Map<string, number>();
    for (const value of of.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
    const select = element('select', '', new Option(say('all'), ''), ...[...counts.keys()].sort().map((v) => new Option(`${v} (${counts.get(v)})`, v)));
    const asked = known.get(column) ?? '';
    select.value = counts.has(asked) ? asked : '';
    place.append(element('label', '', `${label} `, select));
    return { column, select, of };
  });

  function show() {
    const chosen = facets.filter(({ select }) => select.value);
    events.forEach((event, i) => (event.hidden = !chosen.every(({ select, of }) => of[i].includes(select.value))));
    for (const list of section.querySelectorAll('ol')) {
      const year = list.previousElementSibling as HTMLElement;
      year.hidden = list.hidden = !list.querySelector('li:not([hidden])');
    }
    count.textContent = chosen.length > 0 ? say('events', { n: events.filter((e) => !e.hidden).length, all: events.length }) : '';
  }
  for (const { select } of facets) {
    select.addEventListener('change', () => {
      show();
      remember('', Object.fromEntries(facets.map((f) => [f.column, f.select.value])));
    });
  }
  place.append(count);
  show();
}

export function timelines() {
  for (const place of document.querySelectorAll<HTMLElement>('.filter[data-facets]')) enliven(place, place.nextElementSibling!);
}
