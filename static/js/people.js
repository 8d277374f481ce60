// A field in which one person is chosen among many: an ARIA combobox whose list the server answers while one types, with what is
// known of each person. The field stays a plain text field, so without JavaScript the server resolves what was typed.
const ABOUT = ['role', 'seat', 'starts_on', 'ends_on', 'area', 'responsibilities'];
const WAIT = 150;

function enhance(input) {
  const { id } = input;
  const box = document.createElement('div');
  const list = document.createElement('ul');
  const said = document.createElement('span');
  box.className = 'picker';
  list.className = 'options';
  list.id = `${id}_people`;
  list.setAttribute('role', 'listbox');
  list.hidden = true;
  said.className = 'unseen';
  said.setAttribute('role', 'status');
  const label = document.querySelector(`label[for="${CSS.escape(id)}"]`);
  if (label) list.setAttribute('aria-label', label.firstChild.textContent.trim());
  input.before(box);
  box.append(input, list, said);
  for (const [name, value] of Object.entries({
    role: 'combobox', 'aria-expanded': 'false', 'aria-controls': list.id, 'aria-autocomplete': 'list', autocomplete: 'off',
  })) input.setAttribute(name, value);

  let active = null;
  let waiting = 0;
  let asked = null;
  const items = () => [...list.querySelectorAll('[role="option"]')];

  function mark(item) {
    active?.classList.remove('active');
    active = item;
    active?.classList.add('active');
    active?.scrollIntoView({ block: 'nearest' });
    if (active) input.setAttribute('aria-activedescendant', active.id);
    else input.removeAttribute('aria-activedescendant');
  }
  function open(yes) {
    list.hidden = !yes;
    input.setAttribute('aria-expanded', String(yes));
    if (!yes) mark(null);
  }
  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams(input.dataset.about ?? '');
    const answers = input.form ? new FormData(input.form) : new FormData();
    for (const name of ABOUT.filter((one) => !query.has(one))) {
      for (const value of answers.getAll(name)) if (value) query.append(name, value);
    }
    query.set('q', input.value);
    query.set('from', id);
    try {
      const answer = await fetch(`${input.dataset.people}?${query}`, { signal: asked.signal, headers: { 'X-Requested-With': 'fetch' } });
      if (!answer.ok) return;
      list.innerHTML = await answer.text();
    } catch {
      return; // a later question is on its way, or the line is down: the field still works as plain text
    }
    said.textContent = list.querySelector('[data-said]')?.dataset.said ?? '';
    mark(null);
    open(document.activeElement === input && list.childElementCount > 0);
  }
  function choose(item) {
    input.value = item.dataset.value;
    open(false);
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  const later = () => { clearTimeout(waiting); waiting = setTimeout(ask, WAIT); };
  input.addEventListener('input', later);
  input.addEventListener('click', () => { if (list.hidden) ask(); });
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) { ask(); return; }
      const now = items();
      const next = active ? now.indexOf(active) + step : step > 0 ? 0 : -1;
      mark(now.at(next % now.length) ?? null);
    } else if (event.key === 'Enter' && !list.hidden && active) {
      event.preventDefault();
      choose(active);
    } else if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      open(false);
    }
  });
  input.addEventListener('blur', () => setTimeout(() => open(false), 150));
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const item = event.target.closest('[role="option"]');
    if (item) choose(item);
  });
}

const enhanceAll = (part) => part.querySelectorAll('input[data-people]:not([role="combobox"])').forEach(enhance);
document.addEventListener('htmx:load', (event) => enhanceAll(event.detail.elt));
enhanceAll(document);
