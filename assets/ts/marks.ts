// What ECharts' own models say was drawn: they hold values as they were read,
// stacked and filtered.
import { getECData } from 'echarts/lib/util/innerStore.js';

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
  getRawDataItem(index: number): object;
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
  name: string;
  option: { renderItem?: unknown; form?: string };
  coordinateSystem: { getAxes?(): Axis2D[] };
  getData(): Data & { tree: { root: Node } };
  getGraph(): { edges: { node1: { id: string }; node2: { id: string }; getValue(): number }[] };
}

const text = (value: number) => (Number.isNaN(value) ? '' : String(value));

/**
 * The marks of a series, by data index. A region that is not in the data has none,
 * nor has a part of a tree that has parts itself.
 */
export function marks(series: Series): (Mark | null)[] {
  if (series.subType === 'sankey') {
    return series.getGraph().edges.map((e) => ({ name: e.node1.id, group: e.node2.id, value: text(e.getValue()) }));
  }
  const data = series.getData();
  const indices = Array.from({ length: data.count() }, (_, i) => i);
  const at = (dimension: string, i: number) => data.get(data.mapDimension(dimension), i);
  if (series.subType === 'map') {
    return indices.map((i) => ('value' in data.getRawDataItem(i) ? { name: data.getName(i), value: text(at('value', i)) } : null));
  }
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
    return indices.map((i) => ({ name: category(y, i), group: category(x, i), value: series.name }));
  }
  const group = series.name.startsWith('series\0') ? undefined : series.name; // ECharts' own for a series without one
  const measured = axes.find(({ type }) => type !== 'category')!;
  const stacked = data.getCalculationInfo('stackedDimension') && data.getCalculationInfo('stackResultDimension');
  return indices.map((i) => ({
    name: category(named, i),
    group,
    value: text(at(measured.dim, i)),
    ...(stacked && { stack: text(data.get(stacked, i)) }),
  }));
}

interface Element {
  type: string;
  dataType?: string;
}

/** Takes off the mark of what only belongs to one: the nodes of flows, the words of a mark, the ground of a tile. */
export function unmarked(zr: { storage: { getDisplayList(update: boolean): Element[] } }, types: string[]) {
  const seen: Record<string, { ssrType?: string }> = {};
  for (const el of zr.storage.getDisplayList(true)) {
    const about = getECData(el as never) as { dataType?: string; dataIndex?: number; seriesIndex: number; ssrType?: string };
    if (about.dataType === 'node' || ['text', 'tspan', 'ec-line', 'line'].includes(el.type)) about.ssrType = undefined;
    if (about.ssrType && types[about.seriesIndex] === 'treemap') {
      const key = about.seriesIndex + ' ' + about.dataIndex;
      if (seen[key]) seen[key].ssrType = undefined;
      seen[key] = about;
    }
  }
}
