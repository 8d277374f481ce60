// The grid as such: where we are, moving with the keys, reading a cell in words, folding processes. Works for readers, too.
export const table = document.querySelector('[data-matrix]');
export const says = document.querySelector('[data-says]');
export const ORDER = 'RASCI';
const list = document.querySelector('[data-words]');
const found = list ? [...list.querySelectorAll('dt')].map((name) => [name.textContent, name.nextElementSibling.textContent]) : [];
export const words = Object.fromEntries(found);
export const put = (name, values) => words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);

const head = table?.tHead.rows[0];
let active = null;

export const columns = () => head.cells.length - 2; // without the names and the sums
export const lettersOf = (cell) => [...cell.querySelectorAll('b')].map((mark) => mark.textContent).join('');
export const roleOf = (cell) => head.cells[cell.cellIndex];
export const roleName = (cell) => roleOf(cell).textContent.trim();
export const activityOf = (cell) => cell.parentElement.querySelector('.activity > a').textContent;
export const isCell = (cell) => cell?.matches?.('tbody td:not(.sum)');
export const inWords = (letters) => [...letters].map((letter) => words[letter]).join(` ${words.and} `) || words.none;
export const say = (text) => { says.textContent = text; };
export const here = () => active;

export function cellOf(activity, role) {
  const row = document.getElementById(`a${activity}`);
  const column = document.getElementById(`r${role}`);
  return row && column ? row.cells[column.cellIndex] : null;
}

export function describe(cell) {
  const told = put('cell', { activity: activityOf(cell), role: roleName(cell), letters: inWords(lettersOf(cell)) });
  const more = [cell.classList.contains('new') ? words.new : '', cell.parentElement.dataset.said || ''];
  return [told, ...more].filter(Boolean).join(' ');
}

// One tab stop: the cell where we are. Its spoken name is written when it gets the focus.
export function name(cell) {
  cell.setAttribute('role', 'gridcell');
  cell.setAttribute('aria-label', describe(cell));
}

export function settle(cell) {
  if (active) active.tabIndex = -1;
  active = cell;
  active.tabIndex = 0;
  name(active);
}

export function go(cell) {
  if (!cell) return;
  settle(cell);
  cell.focus({ preventScroll: true });
  cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

export const rowsInSight = () => [...table.querySelectorAll('tbody:not(.folded) > tr:not(.group)')];

export function beside(cell, down, across) {
  const rows = rowsInSight();
  const row = Math.min(Math.max(rows.indexOf(cell.parentElement) + down, 0), rows.length - 1);
  const column = Math.min(Math.max(cell.cellIndex + across, 1), columns());
  return rows[row].cells[column];
}

const STEPS = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
  Home: [0, -1e6], End: [0, 1e6], PageUp: [-10, 0], PageDown: [10, 0],
};

export function move(event) {
  const step = STEPS[event.key];
  if (!step || !active) return false;
  const far = event.ctrlKey || event.metaKey;
  go(beside(active, far && event.key === 'Home' ? -1e6 : far && event.key === 'End' ? 1e6 : step[0], step[1]));
  return true;
}

function fold(button, body, shut) {
  body.classList.toggle('folded', shut);
  button.setAttribute('aria-expanded', String(!shut));
}

function foldable() {
  const kept = sessionStorage.getItem('folded') && new Set(JSON.parse(sessionStorage.getItem('folded')));
  for (const body of table.tBodies) {
    const label = body.querySelector('.group span');
    const button = Object.assign(document.createElement('button'), { type: 'button' });
    button.setAttribute('aria-label', put('fold', { name: label.textContent }));
    label.prepend(button);
    fold(button, body, kept ? kept.has(body.dataset.group) : body.classList.contains('folded'));
    button.addEventListener('click', () => {
      fold(button, body, !body.classList.contains('folded'));
      const shut = [...table.querySelectorAll('tbody.folded')].map((one) => one.dataset.group);
      sessionStorage.setItem('folded', JSON.stringify(shut));
    });
  }
}

export function begin() {
  foldable();
  const asked = document.getElementById(location.hash.slice(1));
  const row = asked?.matches?.('tr[data-a]') ? asked : null;
  if (row) fold(row.parentElement.querySelector('.group button'), row.parentElement, false);
  const column = asked?.matches?.('th[data-r]') ? asked.cellIndex : 1;
  const first = (row || rowsInSight()[0])?.cells[column];
  if (first) settle(first);
  if (asked) first?.scrollIntoView({ block: 'center', inline: 'center' });
  table.addEventListener('focusin', (event) => {
    if (!isCell(event.target)) return;
    settle(event.target);
    roleOf(event.target).classList.add('here');
    if (says) say(describe(event.target));
  });
  table.addEventListener('focusout', (event) => { if (isCell(event.target)) roleOf(event.target).classList.remove('here'); });
  table.addEventListener('click', (event) => {
    const cell = event.target.closest('td');
    if (isCell(cell) && cell !== document.activeElement) go(cell);
  });
}
