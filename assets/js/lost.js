// The page for addresses that lead nowhere is shown at any depth, and does not know
// where the site lies. So it looks for this script at each depth; the first that is
// found says where, and what the page names from there becomes links.
(() => {
  const page = document.documentElement;
  if (page.dataset.root) return;
  const root = new URL('..', document.currentScript.src).pathname;
  page.dataset.root = root;
  for (const link of document.querySelectorAll('a[data-href]')) {
    link.setAttribute('href', root + link.dataset.href);
  }
})();
