// What ECharts' own models say was drawn: they hold values as they were read,
// stacked and filtered.
import { getECData } from 'echarts/lib/util/innerStore.js';
import type { Meaning } from './write';

/**
 * What a mark stands for: its category, a second one where there is one, and its
 * value, "" for none. Some marks have other values.
 */
export interface Mark {
  name: string;
  group?: string;
  value?: string;
  stack?: string; // where the mark ends, if it stands on others
  from?: string; // where it starts, if not at zero
  low?: string;
  high?: string;
  across?: string; // on the x axis, if that is a measure too
}

interface Axis2D {
  dim: 'x' | 'y';
  type: string;
  scale: { getOrdinalMeta(): { categories: string[] } };
}

interface Data {
  count(): number;
  get(dimension: string, index: number): number;
  getName(index: number): string;
  mapDimension(dimension: string): string;
  getCalculationInfo(key: 'stackedDimension' | 'stackResultDimension'): string | undefined;
}

interface Node {
  name: string;
  dataIndex: number;
  children?: Node[];
  parentNode?: Node;
  getValue(): number;
}

export interface Series {
  subType: string;
  option: { renderItem?: unknown; form?: string };
  coordinateSystem: { getAxes?(): Axis2D[] };
  getData(): Data & { tree: { root: Node } };
  getGraph(): { edges: { node1: { id: string }; node2: { id: string }; getValue(): number }[] };
}

const text = (value: number) => (Number.isNaN(value) ? '' : String(value));

/** The marks of a series, by data index. A part of a tree that has parts itself has none. */
function marks(series: Series, known: string | undefined): (Mark | null)[] {
  if (series.subType === 'sankey') {
    return series.getGraph().edges.map((e) => ({ name: e.node1.id, group: e.node2.id, value: text(e.getValue()) }));
  }
  const data = series.getData();
  const indices = Array.from({ length: data.count() }, (_, i) => i);
  const at = (dimension: string, i: number) => data.get(data.mapDimension(dimension), i);
  if (series.subType === 'treemap') {
    const list: (Mark | null)[] = indices.map(() => null);
    const visit = (n: Node, parent?: string) => {
      n.children?.forEach((child) => visit(child, n.name));
      if (!n.children?.length) list[n.dataIndex] = { name: n.name, ...(parent && { group: parent }), value: text(n.getValue()) };
    };
    data.tree.root.children?.forEach((n) => visit(n));
    return list;
  }
  const axes = series.coordinateSystem.getAxes!();
  const category = ({ dim, scale }: Axis2D, i: number) => scale.getOrdinalMeta().categories[at(dim, i)];
  const [named, ...others] = axes.filter(({ type }) => type === 'category');
  const get = (dimension: string, i: number) => text(data.get(dimension, i));
  switch (series.option.form) {
    case 'interval':
      return indices.map((i) => ({ name: category(named, i), low: get('low', i), high: get('high', i) }));
    case 'step':
      return indices.map((i) => ({ name: category(named, i), value: get('value', i), from: get('low', i), stack: get('high', i) }));
    case 'bin':
      return indices.map((i) => ({ name: '', low: get('low', i), high: get('high', i), value: get('count', i) }));
    case 'cell': {
      const [x, y] = named.dim === 'x' ? [named, others[0]] : [others[0], named];
      return indices.map((i) => ({ name: category(y, i), group: category(x, i), value: get('value', i) }));
    }
  }
  if (!named) {
    return indices.map((i) => ({ name: data.getName(i), value: text(at('y', i)), across: text(at('x', i)) }));
  }
  if (others.length > 0) {
    const [x, y] = named.dim === 'x' ? [named, others[0]] : [others[0], named];
    return indices.map((i) => ({ name: category(y, i), group: category(x, i), value: known }));
  }
  const measured = axes.find(({ type }) => type !== 'category')!;
  const stacked = data.getCalculationInfo('stackedDimension') && data.getCalculationInfo('stackResultDimension');
  return indices.map((i) => ({
    name: category(named, i),
    group: known,
    value: text(at(measured.dim, i)),
    ...(stacked && { stack: text(data.get(stacked, i)) }),
  }));
}

interface Element {
  id: number;
  type: string;
  parent?: { anid?: string; __hostTarget?: object }; // of words, the shape at which they are
}

/** What ECharts keeps beside an element. */
interface About {
  dataType?: string;
  dataIndex?: number;
  seriesIndex?: number;
  ssrType?: string;
  componentMainType?: string;
  tooltipConfig?: { option: { formatterParams: { value: string } } };
}

const about = (el: object) => getECData(el) as About;

/**
 * What each element stands for, by its id. What only belongs to a mark stands for
 * nothing: the nodes of flows, the words of a mark, the ground of a tile.
 */
export function meanings(
  elements: Element[], series: Series[], names: (string | undefined)[], named: (axis: string) => boolean,
): Map<string, Meaning> {
  const found = new Map<string, Meaning>();
  const of = series.map((s, i) => marks(s, names[i]));
  const grounds = new Map<Mark, string>(); // of tiles, which are drawn first
  for (const el of elements) {
    const { dataType, dataIndex, seriesIndex, ssrType } = about(el);
    if (el.type === 'tspan' && el.parent) {
      const label = tick(el.parent, named);
      if (label) found.set(String(el.id), label);
    }
    const words = el.type === 'tspan' && el.parent?.__hostTarget && about(el.parent.__hostTarget);
    if (words && words.ssrType === 'chart' && words.dataIndex != null && series[words.seriesIndex!]?.subType === 'line') {
      found.set(String(el.id), { series: words.seriesIndex!, index: words.dataIndex });
    }
    if (ssrType !== 'chart' || dataIndex == null || dataType === 'node' || ['text', 'tspan', 'ec-line', 'line'].includes(el.type)) continue;
    const mark = of[seriesIndex!]?.[dataIndex];
    if (!mark) continue;
    const id = String(el.id);
    if (series[seriesIndex!].subType === 'treemap') {
      found.delete(grounds.get(mark) ?? '');
      grounds.set(mark, id);
    }
    found.set(id, { series: seriesIndex!, index: dataIndex, mark });
  }
  return found;
}

/** The tick of an axis that a text is the label of: one of its names, or a value. */
function tick(label: { anid?: string }, names: (axis: string) => boolean): Meaning | undefined {
  const { componentMainType, tooltipConfig } = about(label);
  if (!label.anid?.startsWith('label_') || !componentMainType?.endsWith('Axis')) return undefined;
  const axis = componentMainType[0];
  if (!names(componentMainType)) return { axis, of: 'values', tick: String(Number(Number(label.anid.slice('label_'.length)).toPrecision(12))) };
  return { axis, of: 'names', tick: tooltipConfig!.option.formatterParams.value };
}
