// Shapes that assets/bundle.mjs makes of the us-atlas package.
declare module 'maps:us-states' {
  const shapes: { type: 'FeatureCollection'; features: [] };
  export default shapes;
}
declare module 'echarts/lib/util/innerStore.js' {
  export function getECData(el: object): object;
}
declare module 'zrender/lib/core/LRU.js' {
  export default class LRU {
    get(key: string): unknown;
    put(key: string, value: unknown): unknown;
  }
}
