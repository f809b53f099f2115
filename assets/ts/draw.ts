// Draws one chart: an ECharts option in, an SVG out that says what each shape stands
// for. It runs at build time in an engine that has neither a page nor a clock.
import './engine';
import { BarChart, CustomChart, LineChart, SankeyChart, ScatterChart, TreemapChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, MarkPointComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { forms } from './forms';
import { type Series, meanings } from './marks';
import { measureText } from './widths';
import { type VNode, write } from './write';

echarts.setPlatformAPI({ measureText } as unknown as Parameters<typeof echarts.setPlatformAPI>[0]);
echarts.use([
  BarChart, CustomChart, GridComponent, LineChart, MarkLineComponent, MarkPointComponent, SankeyChart, ScatterChart, SVGRenderer,
  TreemapChart,
]);

/** An axis whose labels the program has written: they follow the one rule for figures. */
interface Axis {
  type?: string;
  axisLabel?: { texts?: Record<string, string>; formatter?: (value: number | string) => string };
}

interface Option {
  xAxis?: Axis | Axis[];
  yAxis?: Axis | Axis[];
  series: { type: string; name?: string; renderItem?: unknown }[];
}

function label(axis: Axis) {
  if (!axis.axisLabel?.texts) return;
  const texts = new Map(Object.entries(axis.axisLabel.texts)); // a name may be constructor
  delete axis.axisLabel.texts; // or hasOwnProperty, which ECharts asks what it is given
  const tidy = (value: number | string) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value); // of 7.6000000000000005
  axis.axisLabel.formatter = (value) => texts.get(String(tidy(value))) ?? '';
}

interface Words {
  ignore: boolean;
  style: { text: string; fontSize: number };
  getBoundingRect(): { height: number };
}

interface Shape {
  shape?: { width: number; height: number };
  getTextContent?(): Words | undefined;
}

/** ECharts' own parts that it does not show: what it draws into, and what it draws. */
interface Chart {
  getModel(): { getSeries(): Series[] };
  getZr(): {
    storage: { getDisplayList(update: boolean): []; traverse(look: (shape: Shape) => void): void };
    painter: { renderToVNode(how: { compress: boolean }): VNode };
  };
}

/** Takes the words from a tile in which one of them breaks, or not all lines have room. */
function hideCramped(tile: Shape) {
  const words = tile.getTextContent?.();
  if (!words || !tile.shape) return;
  const { text, fontSize } = words.style;
  const longest = Math.max(...text.split(/\s+/).map((word) => measureText(word, `${fontSize}px`).width));
  words.ignore ||= longest > tile.shape.width - 8 || words.getBoundingRect().height > tile.shape.height;
}

/** Returns the inside of an <svg>, in which ids have the prefix. */
function draw(json: string, width: number, height: number, prefix: string): string {
  const option = JSON.parse(json) as Option;
  [option.xAxis, option.yAxis].flat().forEach((axis) => axis && label(axis));
  const names = option.series.map(({ name }) => name);
  for (const [i, series] of option.series.entries()) {
    series.name = String(i); // ECharts keeps series by name in objects, where __proto__ is no name
    if (series.type === 'custom') series.renderItem = forms[series.renderItem as string](series);
  }
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(option as unknown as echarts.EChartsCoreOption);
  const named = (axis: string) => [option[axis as 'xAxis' | 'yAxis']].flat()[0]?.type === 'category';
  const { getModel, getZr } = chart as unknown as Chart;
  const { storage, painter } = getZr.call(chart);
  if (option.series.some(({ type }) => type === 'treemap')) storage.traverse(hideCramped);
  const found = meanings(storage.getDisplayList(true), getModel.call(chart).getSeries(), names, named);
  const svg = write(painter.renderToVNode({ compress: true }), prefix, found);
  chart.dispose();
  return svg;
}

(globalThis as { draw?: typeof draw }).draw = draw;
