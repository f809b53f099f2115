// The page for addresses that lead nowhere is shown at any depth, and does not know
// where the site lies. So it looks for this script at each depth; the first that is
// found says where, and the links of the page, which are from the root of the server,
// become links from there.
(() => {
  const page = document.documentElement;
  if (page.dataset.root) return;
  const root = new URL('..', document.currentScript.src).pathname;
  page.dataset.root = root;
  for (const link of document.querySelectorAll('a[href^="/"]')) {
    link.setAttribute('href', root + link.getAttribute('href').slice(1));
  }
})();
