// What the theme says in the language of the page: layouts/_partials/script.html puts it before this script.
declare const phrases: Record<string, string>;

/** A phrase of i18n/, with values by their names in it. */
export const say = (key: string, values: Record<string, string | number> = {}): string =>
  phrases[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));

export function element<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...inside: (Node | string)[]): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag);
  if (className) e.className = className;
  e.append(...inside);
  return e;
}

/** A button that is no part of a form. */
export function button(className: string, ...inside: (Node | string)[]): HTMLButtonElement {
  const b = element('button', className, ...inside);
  b.type = 'button';
  return b;
}
