// Has Lighthouse judge a page of each kind as a phone sees it, from a server on
// this machine, and prints what it finds. `make audit` installs it.
//
//   node audit/audit.mjs public
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { createGzip } from 'node:zlib';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const root = process.argv[2];
// the last is not to be found by search engines
const pages = ['', 'states/', 'states/ca/', 'jurisdictions/', 'data/grants/', 'numbers/at_risk_by_state/', 'sources/', 'method/', 'charts/state-totals/', 'embed/state-totals/'];

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.csv': 'text/csv' };

// as sites of static pages are served: compressed, and what has a hash in its name for good
const server = createServer(async (request, response) => {
  let path = join(root, normalize(new URL(request.url, 'http://localhost').pathname));
  try {
    if ((await stat(path)).isDirectory()) path = join(path, 'index.html');
    await stat(path);
  } catch {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': types[extname(path)] ?? 'application/octet-stream',
    'Content-Encoding': 'gzip',
    'Cache-Control': /\.[0-9a-f]{32}\./.test(path) ? 'max-age=31536000, immutable' : 'max-age=600',
  });
  createReadStream(path).pipe(createGzip()).pipe(response);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

const browser = await launch({
  chromePath: process.env.CHROME_PATH,
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const columns = ['page', 'perf', 'access', 'best', 'seo', 'LCP', 'TBT', 'CLS', 'bytes by type'];
const widths = [26, 5, 7, 5, 4, 8, 8, 6, 0];
const print = (cells) => console.log(cells.map((c, i) => String(c).padEnd(widths[i])).join(' '));
print(columns);
const faults = [];
try {
  for (const page of pages) {
    const { lhr } = await lighthouse(`http://127.0.0.1:${server.address().port}/${page}`, { port: browser.port, onlyCategories: categories, logLevel: 'error' });
    const said = (id) => lhr.audits[id].displayValue?.replace(/\s/g, ' ');
    const bytes = {};
    for (const { resourceType, transferSize } of lhr.audits['network-requests'].details.items) bytes[resourceType] = (bytes[resourceType] ?? 0) + transferSize;
    const scores = categories.map((c) => lhr.categories[c].score);
    print([
      `/${page}`, ...scores.map((s) => Math.round(s * 100)), said('largest-contentful-paint'), said('total-blocking-time'), said('cumulative-layout-shift'),
      Object.entries(bytes).filter(([, n]) => n > 0).map(([type, n]) => `${type} ${n}`).join(', '),
    ]);
    for (const c of categories) {
      for (const { id, weight } of lhr.categories[c].auditRefs) {
        const audit = lhr.audits[id];
        if (weight === 0 || audit.score === null || audit.score >= 0.9) continue;
        console.log(`    ${c}: ${audit.title}`);
        // speed depends on what else the machine does
        if (c !== 'performance' && id !== 'is-crawlable') faults.push(`/${page}: ${audit.title}`);
      }
    }
  }
} finally {
  await browser.kill();
  server.close();
}
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
