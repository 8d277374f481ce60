// Shows the bulk bar while at least one row is ticked, and says how many. `data-bulk-count` holds the words: "{n} selected".
for (const form of document.querySelectorAll('[data-bulk]')) {
  const bar = form.querySelector('[data-bulk-bar]');
  const count = form.querySelector('[data-bulk-count]');
  const all = form.querySelector('[data-bulk-all]');
  const boxes = () => [...form.querySelectorAll('tbody input[type="checkbox"]')];
  const refresh = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    bar.hidden = ticked === 0;
    count.textContent = (count.dataset.bulkCount || '{n}').replace('{n}', ticked);
    if (!all) return;
    all.checked = ticked > 0 && ticked === boxes().length;
    all.indeterminate = ticked > 0 && !all.checked;
  };
  if (all) {
    all.hidden = false;
    all.addEventListener('change', () => { for (const box of boxes()) box.checked = all.checked; });
  }
  form.addEventListener('change', refresh);
  form.addEventListener('reset', () => setTimeout(refresh));
  refresh();
}
