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
