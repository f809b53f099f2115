// In a page that `broadsheet serve` shows: reloads it when it changed, lists the
// problems of the report over the last good page, and leads to the facts that differ
// from the lock. The pages that build writes do not have it.
import { button, element } from './element';

interface Problem { file: string; line?: number; column?: number; field?: string; message?: string; found?: string; expected?: string; hint?: string }
interface Change { fact: string; kind: string; old: string; new: string; link: string; pages: string[] | null }
interface State { round: number; page: string; problems: Problem[]; changes: Change[] }

const version = new URL((document.currentScript as HTMLScriptElement).src).search.slice(1);
const sheet = `
:host { all: initial; font: 15px/1.45 system-ui, sans-serif; }
.bar, .problems { position: fixed; z-index: 2147483647; left: 0; right: 0; bottom: 0; color: #1a1a1a; background: #fff; box-shadow: 0 -1px 0 #bbb, 0 -6px 24px rgb(0 0 0 / .18); }
.bar { display: flex; gap: 12px; align-items: center; padding: 8px 16px; flex-wrap: wrap; }
.bar button, .problems button { font: inherit; color: inherit; background: none; border: 1px solid #999; border-radius: 4px; padding: 4px 10px; min-height: 32px; cursor: pointer; }
.list { position: fixed; z-index: 2147483647; left: 0; right: 0; bottom: 49px; max-height: 50vh; overflow: auto; background: #fff; color: #1a1a1a; box-shadow: 0 -1px 0 #bbb; margin: 0; padding: 8px 16px; list-style: none; }
.list li { padding: 6px 0; border-bottom: 1px solid #e4e4e4; }
.list a { color: #00558c; }
.list del { color: #a3271b; } .list ins { color: #14602f; text-decoration: none; font-weight: 600; }
.problems { max-height: 70vh; overflow: auto; padding: 14px 16px 18px; border-top: 4px solid #b3261e; }
.problems h1 { font-size: 17px; margin: 0 0 8px; }
.problems p { margin: 0; } .problems .last { color: #555; margin-bottom: 10px; }
.problems ol { margin: 0; padding: 0; list-style: none; }
.problems li { padding: 8px 0; border-top: 1px solid #e4e4e4; overflow-wrap: anywhere; }
.place { font: 13px/1.5 ui-monospace, monospace; color: #555; }
.hint { color: #14602f; }
@media (prefers-color-scheme: dark) {
  .bar, .problems, .list { background: #1d1f22; color: #ececec; box-shadow: 0 -1px 0 #555; }
  .list a { color: #7fc4f5; } .list del { color: #ff9b90; } .list ins, .hint { color: #7fd99a; }
  .place, .problems .last { color: #b5b5b5; } .list li, .problems li { border-color: #3a3d41; }
}
@media print { :host { display: none; } }
`;

const host = element('div', '');
const root = host.attachShadow({ mode: 'open' });
const style = element('style', '', sheet);
root.append(style);
document.body.append(host);

function letters(column: number): string {
  let name = '';
  for (let c = column; c > 0; c = Math.floor((c - 1) / 26)) name = String.fromCharCode(65 + ((c - 1) % 26)) + name;
  return name;
}

function place(p: Problem): string {
  if (!p.line) return p.file;
  if (!p.field) return p.file + ', line ' + p.line + (p.column ? ':' + p.column : '');
  return p.file + ', row ' + p.line + (p.column ? ', cell ' + letters(p.column) + p.line : '') + ', column ' + p.field;
}

function said(p: Problem): string {
  const parts: string[] = [];
  if (p.message) parts.push(p.message);
  if (p.found) parts.push('found ' + p.found);
  if (p.expected) parts.push('expected ' + p.expected);
  return parts.join(', ');
}

function problems(list: Problem[]): HTMLElement {
  const box = element('section', 'problems');
  box.setAttribute('role', 'alert');
  box.append(element('h1', '', list.length === 1 ? '1 problem' : list.length + ' problems'));
  box.append(element('p', 'last', version ? 'The page shows the report as it was before.' : 'There is no page to show yet.'));
  const items = element('ol', '');
  for (const p of list) {
    const item = element('li', '', element('p', 'place', place(p)), element('p', '', said(p)));
    if (p.hint) item.append(element('p', 'hint', p.hint));
    items.append(item);
  }
  box.append(items);
  return box;
}

/** The address of this page as the lock writes it: "/", "/money/". */
function here(): string {
  return location.pathname.replace(/index\.html$/, '');
}

function marks(c: Change): HTMLElement[] {
  if (!c.link) return [];
  const end = c.link.replace(/\/#/, '/index.html#');
  return [...document.querySelectorAll<HTMLElement>('a[href$="' + end.replace(/["\\]/g, '\\$&') + '"]')];
}

/** The facts of this page that differ from the lock, with the old value beside the new. */
function show(list: Change[]): void {
  for (const c of list) {
    for (const a of marks(c)) {
      a.style.outline = '2px solid #d18b00';
      a.style.outlineOffset = '2px';
      a.title = c.old ? 'was ' + c.old : 'new';
    }
  }
}

function bar(list: Change[]): HTMLElement[] {
  const page = here();
  const onPage = list.filter((c) => c.pages?.includes(page));
  const box = element('div', 'bar', element('span', '', (list.length === 1 ? '1 fact differs' : list.length + ' facts differ') + ' from the lock; ' + onPage.length + ' on this page'));
  let open: HTMLElement | undefined;
  const toggle = button('', 'Show');
  toggle.addEventListener('click', () => {
    if (open) {
      open.remove();
      open = undefined;
      toggle.textContent = 'Show';
      return;
    }
    toggle.textContent = 'Hide';
    open = element('ul', 'list');
    for (const c of [...onPage, ...list.filter((c) => !onPage.includes(c))].slice(0, 200)) {
      const item = element('li', '', element('del', '', c.old), c.old ? ' → ' : '', element('ins', '', c.new || 'removed'), ' ');
      const first = marks(c)[0];
      if (first) {
        const go = button('', 'on this page');
        go.addEventListener('click', () => { first.scrollIntoView({ block: 'center' }); first.focus(); });
        item.append(go);
      } else if (c.pages?.length) {
        const away = element('a', '', 'on ' + c.pages[0]);
        away.href = c.pages[0];
        item.append(away);
      }
      item.append(element('div', 'place', c.fact));
      open.append(item);
    }
    root.append(open);
  });
  box.append(toggle);
  return [box];
}

async function update(): Promise<void> {
  const answer = await fetch('/.broadsheet/state?page=' + encodeURIComponent(location.pathname));
  const state = (await answer.json()) as State;
  if (state.problems.length === 0 && state.page !== version) {
    location.reload(); // browsers keep the place on the page
    return;
  }
  root.replaceChildren(style);
  if (state.problems.length > 0) {
    root.append(problems(state.problems));
  } else if (state.changes.length > 0) {
    show(state.changes);
    root.append(...bar(state.changes));
  }
}

new EventSource('/.broadsheet/events').onmessage = () => void update();
