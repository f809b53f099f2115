// A chart in another site's page. In the frame it tells that page its height; on
// the chart's own page the snippet to copy gets the address where the site lies.
import { button, say } from './element';

function snippets() {
  for (const text of document.querySelectorAll<HTMLTextAreaElement>('.snippet textarea')) {
    const page = text.parentElement!.querySelector<HTMLAnchorElement>('a[data-embed]');
    if (page) text.value = text.value.replace(page.dataset.embed!, page.href.replace(/index\.html$/, ''));
    const said = document.createElement('span');
    said.setAttribute('role', 'status');
    const copy = button('plain', say('copy'));
    copy.addEventListener('click', async () => {
      text.select();
      try {
        await navigator.clipboard.writeText(text.value);
        said.textContent = ` ${say('copied')}`;
      } catch {
        said.textContent = ` ${say('selected')}`;
      }
    });
    text.after(copy, said);
  }
}

/** Reports whether the page is one to embed. */
export function embed(): boolean {
  snippets();
  const isEmbed = document.body.classList.contains('embed');
  if (isEmbed && parent !== window) {
    const tell = () => parent.postMessage({ broadsheet: { height: Math.ceil(document.body.getBoundingClientRect().height) } }, '*');
    new ResizeObserver(tell).observe(document.body);
  }
  return isEmbed;
}
