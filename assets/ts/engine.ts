// What ECharts asks of a browser and a bare engine does not have. Nothing here is
// ever waited for: a chart without animation is drawn in one go.
import LRU from 'zrender/lib/core/LRU.js';

// zrender keeps the widths of texts in objects, where __proto__ and constructor are
// there from the start.
const { get, put } = LRU.prototype;
LRU.prototype.get = function (key) {
  return get.call(this, '=' + key);
};
LRU.prototype.put = function (key, value) {
  return put.call(this, '=' + key, value);
};

const global = globalThis as unknown as Record<string, unknown>;
global.setTimeout ??= () => 0;
global.clearTimeout ??= () => undefined;

export {};
