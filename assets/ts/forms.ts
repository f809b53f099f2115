// Shapes that ECharts has no series for: custom series, by the name in renderItem.

/** A shape's own words and colours, beside its value. */
interface Item {
  color: string;
  text?: string;
  textColor?: string;
  position?: string;
}

interface Api {
  value(dimension: number): number;
  coord(point: number[]): number[];
  size(point: number[]): number[];
}

type Form = (series: object) => (params: { dataIndex: number }, api: Api) => object;

/** Beside a shape a text may be over a line. */
const edge = { stroke: 'var(--paper)', lineWidth: 3 };

/** A rectangle between two corners; its sides are whole pixels only where ECharts says so. */
function box(item: Item, x0: number, y0: number, x1: number, y1: number) {
  const beside = item.position ? edge : {};
  return {
    type: 'rect',
    shape: { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) },
    style: { fill: item.color },
    ...(item.text && {
      textContent: { type: 'text', style: { text: item.text, fill: item.textColor, fontSize: 13, ...beside } },
      textConfig: { position: item.position ?? 'inside', distance: 5 },
    }),
  };
}

const items = (series: object) => (series as { data: Item[] }).data;

export const forms: Record<string, Form> = {
  /** From low to high beside a name: [name, low, high]; thick is in pixels, or as a part of the room. */
  span: (series) => ({ dataIndex }, api) => {
    const { horizontal, thick } = series as { horizontal: boolean; thick: number };
    const at = (value: number) => (horizontal ? api.coord([value, api.value(0)]) : api.coord([api.value(0), value]));
    const [from, to] = [at(api.value(1)), at(api.value(2))];
    const band = api.size([1, 1])[horizontal ? 1 : 0];
    const half = Math.min(thick > 1 ? thick : thick * band, horizontal ? 34 : 90) / 2;
    const item = items(series)[dataIndex];
    return horizontal
      ? box(item, from[0], from[1] - half, to[0], from[1] + half)
      : box(item, from[0] - half, from[1], from[0] + half, to[1]);
  },
  /** From a bound to the next, as high as the count: [from, to, count]. */
  bin: (series) => ({ dataIndex }, api) => {
    const [x0, y0] = api.coord([api.value(0), 0]);
    const [x1, y1] = api.coord([api.value(1), api.value(2)]);
    return box(items(series)[dataIndex], x0 + 0.5, y0, x1 - 0.5, y1);
  },
  /** Where two names meet: [x, y, value]. */
  cell: (series) => ({ dataIndex }, api) => {
    const [x, y] = api.coord([api.value(0), api.value(1)]);
    const [width, height] = api.size([1, 1]);
    return box(items(series)[dataIndex], x - width / 2 + 1, y - height / 2 + 1, x + width / 2 - 1, y + height / 2 - 1);
  },
};
