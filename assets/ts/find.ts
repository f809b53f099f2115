// "Find your place": a box that looks for pages by name, in a list of the site's
// own. The one at the top of each page opens where its link is followed. Without it there
// are links to the indexes; so too on a disk, where no list can be loaded. It is the combobox of the ARIA Authoring Practices.
import { element, say } from './element';
import { plain } from './table';

interface Place {
  name: string;
  note: string;
  page: string; // its address, seen from the list
}

const most = 8;
let boxes = 0;

function enliven(box: HTMLElement): HTMLInputElement {
  const id = boxes++ ? `places-${boxes}` : 'places';
  const list = new URL(box.dataset.places!, location.href);
  let places: Promise<Place[]> | undefined;
  // only when somebody looks for something
  const load = () => (places ??= fetch(list).then((r) => r.json() as Promise<Place[]>));

  const input = element('input', '');
  input.type = 'search';
  input.autocomplete = 'off';
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  const options = element('ul', '');
  options.id = id;
  options.setAttribute('role', 'listbox');
  options.setAttribute('aria-label', say('places'));
  input.setAttribute('aria-controls', options.id);
  const said = element('span', 'unseen');
  said.setAttribute('role', 'status');
  const label = element('label', '', `${say('find_place')} `, input);
  let active = -1;

  function mark(to: number) {
    active = to;
    [...options.children].forEach((o, i) => o.setAttribute('aria-selected', String(i === to)));
    const option = options.children[to];
    if (option) {
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else input.removeAttribute('aria-activedescendant');
  }
  function open(is: boolean) {
    options.hidden = !is;
    input.ariaExpanded = String(is);
    mark(-1);
  }
  const go = (option: HTMLElement) => (location.href = new URL(option.dataset.page!, list).href);
  async function look() {
    const words = plain(input.value).split(/[\s,]+/).filter(Boolean);
    const all: Place[] = words.length > 0 ? await load() : [];
    // a name that begins with what was typed comes before one that holds it
    const rank = ({ name, note }: Place) => {
      const parts = plain(`${name} ${note}`).split(/[^\p{L}\p{N}]+/u);
      return words.every((w) => parts.some((p) => p.startsWith(w))) ? (plain(name).startsWith(words[0]) ? 1 : 2) : 0;
    };
    const found = all.map((place) => ({ place, rank: rank(place) })).filter((f) => f.rank > 0).sort((a, b) => a.rank - b.rank).slice(0, most);
    options.replaceChildren(...found.map(({ place: { name, note, page } }, i) => {
      const option = element('li', '', name, ' ', element('span', 'quiet', note));
      option.id = `${id}-${i}`;
      option.dataset.page = page;
      option.setAttribute('role', 'option');
      return option;
    }));
    open(found.length > 0);
    said.textContent = words.length === 0 ? '' : found.length === 1 ? say('one_place') : found.length ? say('many_places', { n: found.length }) : say('no_places');
  }
  input.addEventListener('focus', load);
  input.addEventListener('input', look);
  input.addEventListener('blur', () => open(false));
  options.addEventListener('pointerdown', (e) => e.preventDefault()); // the box keeps the focus, and the list stays open
  options.addEventListener('click', (e) => {
    const option = (e.target as Element).closest('li');
    if (option) go(option);
  });
  input.addEventListener('keydown', (e) => {
    const n = options.hidden ? 0 : options.children.length;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      if (n > 0) mark(e.key === 'ArrowDown' ? (active + 1) % n : (Math.max(active, 0) - 1 + n) % n);
    } else if (e.key === 'Enter' && n > 0) {
      e.preventDefault();
      go(options.children[Math.max(active, 0)] as HTMLElement);
    } else if (e.key === 'Escape' && n > 0) {
      e.preventDefault(); // which would empty the box
      open(false);
    }
  });
  open(false);
  box.prepend(element('div', 'box', label, options), said);
  return input;
}

/** The link at the top of a page, in whose place the box opens, until it is left empty. */
function opener(place: HTMLElement) {
  const link = place.querySelector('a')!;
  let box: HTMLElement | undefined;
  function close() {
    box?.remove();
    link.hidden = false;
  }
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    box = element('span', 'find');
    box.dataset.places = place.dataset.places;
    const input = enliven(box);
    link.hidden = true;
    place.append(box);
    input.focus();
    input.addEventListener('blur', () => input.value === '' && close());
    input.addEventListener('keydown', (e) => {
      if (e.key !== 'Escape' || e.defaultPrevented) return;
      close();
      link.focus();
    });
  });
}

export function finder() {
  const enlivenOrNot = location.protocol === 'file:' ? (box: HTMLElement) => box.classList.add('bare') : enliven;
  document.querySelectorAll<HTMLElement>('.find').forEach(enlivenOrNot);
  if (location.protocol !== 'file:') document.querySelectorAll<HTMLElement>('.seek').forEach(opener);
}
