// Rows and roles into another order: Alt and an arrow, or by drag. The new order is saved at once.
import { columns, go, here, put, say, table, words } from './grid.js';
import { sendOrder } from './saving.js';

const narrowed = () => 'narrowed' in table.dataset;
const rowsOf = (body) => [...body.querySelectorAll('tr:not(.group)')];

async function saveRows(body, name, place) {
  const order = rowsOf(body).map((row) => row.dataset.a).join(',');
  say((await sendOrder({ kind: 'rows', group: body.dataset.group, order })) ? put('moved', { name, n: place + 1 }) : words.refused);
}

async function saveColumns(name, place) {
  const order = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.r).filter(Boolean).join(',');
  say((await sendOrder({ kind: 'columns', order })) ? put('moved', { name, n: place }) : words.refused);
}

function placeRow(row, before) {
  const body = row.parentElement;
  body.insertBefore(row, before);
  saveRows(body, row.querySelector('.activity > a').textContent, rowsOf(body).indexOf(row));
}

function placeColumn(from, to) {
  const name = table.tHead.rows[0].cells[from].textContent.trim();
  const before = to > from ? to + 1 : to;
  const widths = table.querySelector('colgroup');
  widths.insertBefore(widths.children[from], widths.children[before]);
  for (const row of table.rows) {
    if (!row.classList.contains('group')) row.insertBefore(row.cells[from], row.cells[before]);
  }
  saveColumns(name, to);
}

export function shift(key) {
  const cell = here();
  if (!cell) return;
  if (narrowed()) { say(words.narrowed); return; }
  const row = cell.parentElement;
  const rows = rowsOf(row.parentElement);
  const at = rows.indexOf(row);
  if (key === 'ArrowUp' && at > 0) placeRow(row, rows[at - 1]);
  if (key === 'ArrowDown' && at < rows.length - 1) placeRow(row, rows[at + 1].nextElementSibling);
  if (key === 'ArrowLeft' && cell.cellIndex > 1) placeColumn(cell.cellIndex, cell.cellIndex - 1);
  if (key === 'ArrowRight' && cell.cellIndex < columns()) placeColumn(cell.cellIndex, cell.cellIndex + 1);
  go(cell);
}

export function draggable(yes) {
  const on = yes && !narrowed();
  for (const heading of table.querySelectorAll('tbody tr[data-a] > th, thead th[data-r]')) heading.draggable = on;
}

let dragged = null;
const fits = (heading) => heading && dragged && heading !== dragged
  && (dragged.dataset.r ? heading.dataset.r : heading.closest('tbody') === dragged.closest('tbody') && !heading.dataset.r);

table?.addEventListener('dragstart', (event) => { dragged = event.target.closest('th'); event.dataTransfer.effectAllowed = 'move'; });
table?.addEventListener('dragover', (event) => {
  const heading = event.target.closest('th');
  for (const old of table.querySelectorAll('.dropping')) old.classList.remove('dropping');
  if (!fits(heading)) return;
  event.preventDefault();
  (heading.dataset.r ? heading : heading.parentElement).classList.add('dropping');
});
table?.addEventListener('drop', (event) => {
  const heading = event.target.closest('th');
  for (const old of table.querySelectorAll('.dropping')) old.classList.remove('dropping');
  if (!fits(heading)) return;
  event.preventDefault();
  if (dragged.dataset.r) placeColumn(dragged.cellIndex, heading.cellIndex);
  else placeRow(dragged.parentElement, heading.parentElement);
  dragged = null;
});
