// A link to a page that asks before something ends opens that page's question as a dialog. Without script the link leads to the page.
// The browser keeps the focus inside and shuts it on Escape; closing gives the focus back to the link.
const POINTING = ['id', 'for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'href'];

// Two pages may use the same ids: what comes from the other page gets its own.
function apart(part) {
  for (const element of [part, ...part.querySelectorAll('*')]) {
    for (const name of POINTING) {
      const value = element.getAttribute(name);
      if (!value || (name === 'href' && !value.startsWith('#'))) continue;
      const own = value.split(' ').map((id) => (name === 'href' ? `#dialog-${id.slice(1)}` : `dialog-${id}`)).join(' ');
      element.setAttribute(name, own);
    }
  }
  return part;
}

async function question(url) {
  const answer = await fetch(url, { headers: { Accept: 'text/html' } });
  if (!answer.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [heading, lead, form] = ['h1', '.lead', 'form.panel[method="post"]'].map((one) => page.querySelector(`main ${one}`));
  return heading && form ? { heading, lead, form } : null;
}

function build({ heading, lead, form }, url) {
  const dialog = document.createElement('dialog');
  dialog.className = 'dialog';
  const title = document.createElement('h2');
  Object.assign(title, { id: 'dialog-title', textContent: heading.textContent.trim(), tabIndex: -1, autofocus: true });
  dialog.setAttribute('aria-labelledby', title.id);
  form.action = url;
  form.classList.remove('panel');
  dialog.append(title, ...(lead ? [document.adoptNode(lead)] : []), apart(document.adoptNode(form)));
  return dialog;
}

async function open(link) {
  const asked = await question(link.href).catch(() => null);
  if (!asked) { window.location.assign(link.href); return; }
  const dialog = build(asked, link.href);
  document.body.append(dialog);
  dialog.addEventListener('close', () => { dialog.remove(); link.focus(); });
  dialog.addEventListener('click', (event) => {
    const away = event.target.closest('a.button.plain') || event.target === dialog; // Cancel, or beside it
    if (away) { event.preventDefault(); dialog.close(); }
  });
  dialog.showModal();
  dialog.querySelector('h2').focus();
}

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-dialog]');
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && event.button === 0;
  if (!link || !plain || document.querySelector('dialog[open]')) return;
  event.preventDefault();
  open(link);
});
