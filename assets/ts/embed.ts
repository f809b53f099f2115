// A chart in another site's page. In the frame it tells that page its height; on
// the chart's own page the snippet to copy gets the address where the site lies.
import { button, say } from './element';

function snippets() {
  for (const text of document.querySelectorAll<HTMLTextAreaElement>('.snippet textarea')) {
    const page = text.parentElement!.querySelector<HTMLAnchorElement>('a[data-embed]');
    // from a disk nobody knows where the site will be: the pages say what to write before the path
    if (page && page.protocol === 'file:') {
      const hint = document.createElement('p');
      hint.className = 'quiet';
      hint.textContent = new DOMParser().parseFromString(text.parentElement!.querySelector('noscript')?.textContent ?? '', 'text/html').body.textContent;
      text.before(hint);
    } else if (page) {
      text.value = text.value.replace(page.dataset.embed!, page.href.replace(/index\.html$/, ''));
    }
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
