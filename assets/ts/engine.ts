// What ECharts asks of a browser and a bare engine does not have. Nothing here is
// ever waited for: a chart without animation is drawn in one go.
const global = globalThis as unknown as Record<string, unknown>;
global.setTimeout ??= () => 0;
global.clearTimeout ??= () => undefined;

export {};
