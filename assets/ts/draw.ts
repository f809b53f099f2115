// Draws one chart: an ECharts option in, an SVG out, and what ECharts says it
// drew. It runs at build time in an engine that has neither a page nor a clock.
import './engine';
import { BarChart, LineChart, MapChart, ScatterChart } from 'echarts/charts';
import { GeoComponent, GridComponent, MarkPointComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import states from 'maps:us-states';

echarts.use([BarChart, GeoComponent, GridComponent, LineChart, MapChart, MarkPointComponent, ScatterChart, SVGRenderer]);

/** An axis whose labels the program has written: they follow the one rule for figures. */
interface Axis {
  axisLabel?: { texts?: Record<string, string>; formatter?: (value: number | string) => string };
}

interface Option {
  xAxis?: Axis | Axis[];
  yAxis?: Axis | Axis[];
  series: { type: string }[];
}

function write(axis: Axis) {
  const texts = axis.axisLabel?.texts;
  if (texts) axis.axisLabel!.formatter = (value) => texts[String(value)] ?? '';
}

/** What a mark stands for: its category, a second one where there is one, and its value. */
interface Mark {
  name: string;
  group?: string;
  value: string; // "" for no value
  stack?: string; // where the mark ends, if it stands on others
}

interface Axis2D {
  dim: 'x' | 'y';
  type: string;
  scale: { getOrdinalMeta(): { categories: string[] } };
}

/** What is asked of ECharts' own models: they hold values as they were read, stacked and filtered. */
interface Series {
  subType: string;
  name: string;
  coordinateSystem: { getAxes?(): Axis2D[] };
  getData(): {
    count(): number;
    get(dimension: string, index: number): number;
    getName(index: number): string;
    getRawDataItem(index: number): object;
    mapDimension(dimension: string): string;
    getCalculationInfo(key: 'stackedDimension' | 'stackResultDimension'): string | undefined;
  };
}

const text = (value: number) => (Number.isNaN(value) ? '' : String(value));

/**
 * The marks of a series, by data index. A region that is not in the data has none,
 * nor has a point between two measures.
 */
function marks(series: Series): (Mark | null)[] {
  const data = series.getData();
  const indices = Array.from({ length: data.count() }, (_, i) => i);
  const at = (dimension: string, i: number) => data.get(data.mapDimension(dimension), i);
  if (series.subType === 'map') {
    return indices.map((i) => ('value' in data.getRawDataItem(i) ? { name: data.getName(i), value: text(at('value', i)) } : null));
  }
  const axes = series.coordinateSystem.getAxes!();
  const category = ({ dim, scale }: Axis2D, i: number) => scale.getOrdinalMeta().categories[at(dim, i)];
  const [named, ...others] = axes.filter(({ type }) => type === 'category');
  if (!named) return [];
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

let mapped = false;

/** Returns a line of JSON, the marks of each series, and below it the SVG. */
function draw(json: string, width: number, height: number): string {
  const option = JSON.parse(json) as Option;
  [option.xAxis, option.yAxis].flat().forEach((axis) => axis && write(axis));
  if (!mapped && option.series.some(({ type }) => type === 'map')) {
    echarts.registerMap('us-states', states);
    mapped = true;
  }
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(option as echarts.EChartsCoreOption);
  const svg = chart.renderToSVGString();
  const drawn = (chart as unknown as { getModel(): { getSeries(): Series[] } }).getModel().getSeries().map(marks);
  chart.dispose();
  return JSON.stringify(drawn) + '\n' + svg;
}

(globalThis as { draw?: typeof draw }).draw = draw;
