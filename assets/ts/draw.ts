// Draws one chart: an ECharts option in, an SVG out. It runs at build time in an
// engine that has neither a page nor a clock.
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

let mapped = false;

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
  chart.dispose();
  return svg;
}

(globalThis as { draw?: typeof draw }).draw = draw;
