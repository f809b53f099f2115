// Timelines of which a reader sees a part: a list to choose from for each column that
// the page names. The address keeps the choice.
import { element } from './element';
import { remember } from './table';

function enliven(place: HTMLElement, section: Element) {
  const events = [...section.querySelectorAll('li')];
  const labels = JSON.parse(place.dataset.facets!) as [string, string][];
  const known = new URLSearchParams(location.search);
  const chosen: Record<string, string> = {};
  const count = element('output', '');
  const of = (event: HTMLElement, column: string) => (event.dataset[column] ?? '').split('; ').filter(Boolean);

  function show() {
    const columns = Object.keys(chosen).filter((column) => chosen[column]);
    for (const event of events) event.hidden = !columns.every((column) => of(event, column).includes(chosen[column]));
    for (const list of section.querySelectorAll('ol')) {
      const year = list.previousElementSibling as HTMLElement;
      year.hidden = list.hidden = !list.querySelector('li:not([hidden])');
    }
    count.textContent = columns.length > 0 ? `${events.filter((e) => !e.hidden).length} of ${events.length} events` : '';
  }
  for (const [column, label] of labels) {
    const values = new Map<string, number>();
    for (const value of events.flatMap((event) => of(event, column))) values.set(value, (values.get(value) ?? 0) + 1);
    const select = element('select', '', new Option('all', ''), ...[...values.keys()].sort().map((v) => new Option(`${v} (${values.get(v)})`, v)));
    select.value = chosen[column] = values.has(known.get(column) ?? '') ? known.get(column)! : '';
    select.addEventListener('change', () => {
      chosen[column] = select.value;
      show();
      remember('', chosen);
    });
    place.append(element('label', '', `${label} `, select));
  }
  place.append(count);
  show();
}

export function timelines() {
  for (const place of document.querySelectorAll<HTMLElement>('.filter[data-facets]')) enliven(place, place.nextElementSibling!);
}
