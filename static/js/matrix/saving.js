// Each change is sent at once, one request after the other; what gathers meanwhile goes together. Nothing that somebody else
// wrote is overwritten: the server is told what this person saw, and answers 409 with what stands there now.
import { activityOf, cellOf, describe, inWords, lettersOf, name, put, roleName, say, table, words } from './grid.js';
import { show } from './marks.js';

const token = () => JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRFToken'];
const confirmed = new Map(); // cell → what the server is known to hold
const dirty = new Set();
let sending = false;
let undoing = false;
let again = 0;

export const unsaved = () => dirty.size > 0 || sending;
export const known = (cell) => confirmed.get(cell) ?? lettersOf(cell);

// To be called before the cell changes on the page.
export function change(cell, letters, { undo = false } = {}) {
  if (!confirmed.has(cell)) confirmed.set(cell, lettersOf(cell));
  show(cell, letters);
  cell.classList.add('saving');
  dirty.add(cell);
  undoing = undo;
  if (!sending) queueMicrotask(pump);
}

async function pump() {
  if (sending || !dirty.size) return;
  sending = true;
  clearTimeout(again);
  const cells = [...dirty];
  dirty.clear();
  const wanted = cells.map((cell) => ({
    activity: Number(cell.parentElement.dataset.a), role: Number(table.tHead.rows[0].cells[cell.cellIndex].dataset.r),
    was: confirmed.get(cell), now: lettersOf(cell),
  }));
  const body = new URLSearchParams({ cells: JSON.stringify(wanted) });
  if (undoing) body.set('undo', '1');
  try {
    const answer = await fetch(table.dataset.cells, { method: 'POST', body, headers: { 'X-CSRFToken': token() } });
    const told = (answer.headers.get('Content-Type') || '').includes('json') ? await answer.json() : null;
    settle(cells, wanted, answer, told);
  } catch {
    keep(cells);
  }
  sending = false;
  if (dirty.size && !again) pump();
}

function settle(cells, wanted, answer, told) {
  if (answer.ok && told) saved(cells, wanted, told);
  else if (answer.status === 409 && told?.cells) taken(cells, told);
  else {
    for (const cell of cells) back(cell);
    say(told?.message || words.refused);
  }
}

function saved(cells, wanted, told) {
  wanted.forEach(({ now }, i) => {
    confirmed.set(cells[i], now);
    if (!dirty.has(cells[i])) cells[i].classList.remove('saving', 'unsaved'); // changed once more meanwhile
  });
  for (const [activity, version] of Object.entries(told.versions)) {
    const row = document.getElementById(`a${activity}`);
    if (row) row.dataset.v = version;
  }
  document.getElementById('strip')?.dispatchEvent(new CustomEvent('matrix:saved'));
  if (cells.length === 1) say(`${describe(cells[0])} ${undoing ? words.taken : words.saved}`);
}

// Somebody was first: show what is there now, take back the rest of this request, and send what was not in the way again.
function taken(cells, told) {
  const others = new Map(told.cells.map(({ activity, role, now }) => [cellOf(activity, role), now]));
  const lines = [];
  for (const [cell, now] of others) {
    if (!cell) continue;
    confirmed.set(cell, now);
    show(cell, now);
    cell.classList.remove('saving', 'unsaved');
    cell.classList.add('fault');
    lines.push(put('other', { activity: activityOf(cell), role: roleName(cell), letters: inWords(now) }));
    if (cell === document.activeElement) name(cell);
  }
  for (const cell of cells) if (!others.has(cell)) dirty.add(cell);
  table.dispatchEvent(new CustomEvent('matrix:taken', { detail: [...others.keys()] }));
  say(lines.join(' '));
}

function back(cell) {
  show(cell, confirmed.get(cell));
  cell.classList.remove('saving', 'unsaved');
}

// No answer: the change stays on the page, marked, and is tried again.
function keep(cells) {
  for (const cell of cells) {
    dirty.add(cell);
    cell.classList.add('unsaved');
  }
  say(words.unsaved);
  again = setTimeout(retry, 5000);
}

function retry() {
  clearTimeout(again);
  again = 0;
  pump();
}

addEventListener('online', retry);
addEventListener('beforeunload', (event) => { if (unsaved()) event.preventDefault(); });

export async function sendOrder(values) {
  const body = new URLSearchParams(values);
  const answer = await fetch(table.dataset.order, { method: 'POST', body, headers: { 'X-CSRFToken': token() } }).catch(() => null);
  return Boolean(answer?.ok);
}
