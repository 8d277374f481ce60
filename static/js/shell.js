// What every page has: colours, the account menu, messages that can be closed, a word when the server does not answer.
import './theme.js';
import './bulk.js';
import './picker.js';

const account = document.querySelector('.account');
if (account) {
  document.addEventListener('click', (event) => { if (!account.contains(event.target)) account.open = false; });
  account.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !account.open) return;
    account.open = false;
    account.querySelector('summary').focus();
  });
}

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
document.addEventListener('htmx:beforeRequest', () => say(''));
