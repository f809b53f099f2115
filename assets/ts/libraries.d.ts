// What libraries have and do not declare.
declare module 'echarts/lib/util/innerStore.js' {
  export function getECData(el: object): object;
}
declare module 'zrender/lib/core/LRU.js' {
  export default class LRU {
    get(key: string): unknown;
    put(key: string, value: unknown): unknown;
  }
}
