// What every page has: colours, the account menu, messages that can be closed, a word when the server does not answer.
import './theme.js';
import './bulk.js';
import './dialog.js';
import './folding.js';
import './people.js';
import './picker.js';

// Menus are <details>: a click beside them or Escape shuts them.
const openMenus = () => [...document.querySelectorAll('.account[open], .dropdown[open]')];
document.addEventListener('click', (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }
});

for (const button of document.querySelectorAll('[data-dismiss]')) button.hidden = false;
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-dismiss]');
  if (!button) return;
  button.parentElement.remove();
  document.getElementById('main').focus({ preventScroll: true });
});

// A form that came back with errors: the first thing read is what to mend.
document.getElementById('form-errors')?.focus();

const trouble = document.getElementById('trouble');
const say = (text) => { trouble.textContent = text; };
document.addEventListener('htmx:sendError', () => say(trouble.dataset.offline));
document.addEventListener('htmx:responseError', () => say(trouble.dataset.refused));
// A list that was narrowed in place says how many rows are left.
document.addEventListener('htmx:afterSettle', (event) => {
  const id = event.detail.target?.id;
  const list = id ? document.getElementById(id) : null; // the new one, if it was replaced
  const count = list?.querySelector('.pager [role="status"], .empty h2');
  if (count) document.getElementById('said').textContent = count.textContent;
});
document.addEventListener('htmx:beforeRequest', () => say(''));
