// Draws one chart: an ECharts option in, an SVG out, and what ECharts says it
// drew. It runs at build time in an engine that has neither a page nor a clock.
import './engine';
import { BarChart, CustomChart, LineChart, MapChart, SankeyChart, ScatterChart, TreemapChart } from 'echarts/charts';
import { GeoComponent, GridComponent, MarkLineComponent, MarkPointComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { forms } from './forms';
import { type Series, marks, unmarked } from './marks';
import { region } from './regions';

echarts.use([
  BarChart, CustomChart, GeoComponent, GridComponent, LineChart, MapChart, MarkLineComponent, MarkPointComponent, SankeyChart,
  ScatterChart, SVGRenderer, TreemapChart,
]);

/** An axis whose labels the program has written: they follow the one rule for figures. */
interface Axis {
  axisLabel?: { texts?: Record<string, string>; formatter?: (value: number | string) => string };
}

interface Option {
  xAxis?: Axis | Axis[];
  yAxis?: Axis | Axis[];
  series: { type: string; map?: string; renderItem?: unknown }[];
  shapes?: object[]; // of a map, beside the states
}

function write(axis: Axis) {
  const texts = axis.axisLabel?.texts;
  if (texts) axis.axisLabel!.formatter = (value) => texts[String(value)] ?? '';
}

let mapped = false; // the states are known

/** Returns a line of JSON, the marks of each series, and below it the SVG. */
function draw(json: string, width: number, height: number): string {
  const option = JSON.parse(json) as Option;
  [option.xAxis, option.yAxis].flat().forEach((axis) => axis && write(axis));
  for (const series of option.series) {
    if (series.type === 'map' && (option.shapes || !mapped)) {
      echarts.registerMap(series.map!, region(option.shapes));
      mapped ||= !option.shapes;
    }
    if (series.type === 'custom') series.renderItem = forms[series.renderItem as string](series);
  }
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(option as echarts.EChartsCoreOption);
  unmarked(chart.getZr(), option.series.map(({ type }) => type));
  const svg = chart.renderToSVGString();
  const drawn = (chart as unknown as { getModel(): { getSeries(): Series[] } }).getModel().getSeries().map(marks);
  chart.dispose();
  return JSON.stringify(drawn) + '\n' + svg;
}

(globalThis as { draw?: typeof draw }).draw = draw;
