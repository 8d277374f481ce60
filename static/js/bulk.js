// Shows the bulk bar while at least one row is ticked, and says how many. `data-bulk-count` holds the words: "{n} selected".
const boxesOf = (form) => [...form.querySelectorAll('tbody input[type="checkbox"]')];

function refresh(form) {
  const bar = form.querySelector('[data-bulk-bar]');
  const count = form.querySelector('[data-bulk-count]');
  const all = form.querySelector('[data-bulk-all]');
  const boxes = boxesOf(form);
  const ticked = boxes.filter((box) => box.checked).length;
  if (bar) bar.hidden = ticked === 0;
  if (count) count.textContent = (count.dataset.bulkCount || '{n}').replace('{n}', ticked);
  if (!all) return;
  all.hidden = false;
  all.checked = ticked > 0 && ticked === boxes.length;
  all.indeterminate = ticked > 0 && !all.checked;
}

const refreshAll = () => document.querySelectorAll('[data-bulk]').forEach(refresh);

document.addEventListener('change', (event) => {
  const form = event.target.closest('[data-bulk]');
  if (!form) return;
  if (event.target.matches('[data-bulk-all]')) for (const box of boxesOf(form)) box.checked = event.target.checked;
  refresh(form);
});
document.addEventListener('reset', (event) => {
  if (event.target.matches('[data-bulk]')) setTimeout(() => refresh(event.target));
});
document.addEventListener('htmx:afterSettle', refreshAll);
window.addEventListener('pageshow', refreshAll);
refreshAll();
