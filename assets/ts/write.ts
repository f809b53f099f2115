// Writes a drawing as SVG that may stand in an HTML page, many times over.
//
// ECharts' own writer escapes texts and no attributes, and adds what only a page
// of its own needs: the <svg> around it, a background, classes that hold a count
// of the charts drawn before, styles for a pointer.
import type { Mark } from './marks';

/** A node of zrender's virtual tree; the key of a shape is the id of its element. */
export interface VNode {
  tag: string;
  key: string;
  attrs: Record<string, unknown>;
  children?: VNode[];
  text?: string;
}

/** What a shape stands for: a mark of the data, the words at one, or a label of an axis. */
export type Meaning = { series: number; index: number; mark?: Mark } | { axis: string; of: 'names' | 'values'; tick: string };

const dropped = new Set(['class', 'xml:space', 'pointer-events', 'ecmeta_silent', 'ecmeta_series_index', 'ecmeta_data_index', 'ecmeta_ssr_type']);

const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string) => (/[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (c) => references[c]) : text);

const attribute = (name: string, value: unknown) => ` ${name}="${escape(String(value))}"`;

/**
 * What a shape stands for, so that a finished page can be checked:
 *
 *     data-series="0" data-index="2" data-name="2018" data-group="Texas" data-value="21500000"
 *     data-values="x" data-tick="20000000"
 */
function meaning(m: Meaning): string {
  if ('tick' in m) return attribute('data-' + m.of, m.axis) + attribute('data-tick', m.tick);
  let said = attribute('data-series', m.series) + attribute('data-index', m.index);
  if (!m.mark) return said;
  const { name, group, low, high, across, from, value, stack } = m.mark;
  for (const [key, text] of Object.entries({ name, group, low, high, across, from })) if (text) said += attribute('data-' + key, text);
  if (value !== undefined) said += attribute('data-value', value);
  if (stack) said += attribute('data-stack', stack);
  return said;
}

/** Ids are those of the engine, e.g. zr3-c0; here they take the prefix of the chart. */
const renamed = (value: unknown, prefix: string) => String(value).replace(/zr\d+-/g, prefix + '-');

function written(name: string, value: unknown, prefix: string): string {
  switch (name) {
    case 'id':
    case 'clip-path':
      return attribute(name, renamed(value, prefix));
    case 'fill':
      return attribute(name, value === '#fff' ? 'var(--paper)' : value); // the inside of a ring
    case 'style':
      return attribute(name, String(value).replace('font-family:sans-serif;', '')); // the typeface is the page's
  }
  return attribute(name, value);
}

function node(n: VNode, prefix: string, meanings: Map<string, Meaning>): string {
  let tag = '<' + n.tag;
  for (const [name, value] of Object.entries(n.attrs)) {
    if (value != null && value !== false && !dropped.has(name)) tag += written(name, value, prefix);
  }
  const m = meanings.get(n.key);
  if (m) tag += meaning(m);
  if (n.tag === 'path') return tag + '/>';
  return tag + '>' + escape(n.text ?? '') + (n.children ? '\n' + nodes(n.children, prefix, meanings) + '\n' : '') + `</${n.tag}>`;
}

function nodes(list: VNode[], prefix: string, meanings: Map<string, Meaning>): string {
  return list.filter(seen).map((n) => node(n, prefix, meanings)).join('\n');
}

/** Symbols of size nothing, on which labels hang, and a background of no colour are not seen. */
const seen = ({ tag, key, attrs }: VNode) =>
  !(tag === 'path' && String(attrs.transform).startsWith('matrix(0,0,0,0,')) && !(key === 'bg' && attrs.fill === 'none');

/** The inside of the drawing's <svg>. */
export const write = (svg: VNode, prefix: string, meanings: Map<string, Meaning>) => nodes(svg.children ?? [], prefix, meanings);
