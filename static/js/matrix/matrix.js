// Editing: letters toggle, Delete clears, Ctrl-Z takes back, a click goes through the letters, a block is pasted.
import { foldColumn, foldedColumns } from './columns.js';
import { begin, beside, columns, go, here, isCell, lettersOf, move, ORDER, put, rowsInSight, say, table, words } from './grid.js';
import { draggable, shift } from './moving.js';
import { change } from './saving.js';

const CYCLE = ['', 'R', 'A', 'RA', 'S', 'C', 'I'];
const FULL = { responsible: 'R', accountable: 'A', supporting: 'S', support: 'S', consulted: 'C', informed: 'I', and: '' };
const button = document.querySelector('[data-edit]');
const keys = document.querySelector('[data-keys]');
const done = []; // gestures, each a list of [cell, was, now]

const editing = () => table.getAttribute('aria-readonly') === 'false';
const sorted = (letters) => [...ORDER].filter((letter) => letters.includes(letter)).join('');

function write(pairs) {
  const gesture = pairs.map(([cell, now]) => [cell, lettersOf(cell), now]).filter(([, was, now]) => was !== now);
  if (!gesture.length) return;
  done.push(gesture);
  for (const [cell, , now] of gesture) change(cell, now);
}

function undo() {
  let gesture = done.pop();
  while (gesture && !gesture.length) gesture = done.pop();
  if (!gesture) { say(words.nothing); return; }
  for (const [cell, was] of gesture) change(cell, was, { undo: true });
  go(gesture[0][0]);
}

// What somebody else wrote is not taken back by an older gesture of ours.
function forget(cells) {
  for (const gesture of done) gesture.splice(0, gesture.length, ...gesture.filter(([cell]) => !cells.includes(cell)));
}

function toggle(letter) {
  const has = lettersOf(here());
  write([[here(), sorted(has.includes(letter) ? has.replace(letter, '') : has + letter)]]);
}

function cycle(cell, by) {
  const at = CYCLE.indexOf(lettersOf(cell));
  write([[cell, CYCLE[(Math.max(at, 0) + by + CYCLE.length) % CYCLE.length]]]);
}

// What people write into cells, as letters; null when it means something else. The server reads it once more.
function read(text) {
  let letters = '';
  for (const word of text.trim().split(/[\s/,;+&|.()-]+/).filter(Boolean)) {
    const known = FULL[word.toLowerCase()];
    if (known === undefined && !/^[rasci]+$/i.test(word)) return null;
    letters += known ?? word.toUpperCase();
  }
  return sorted(letters);
}

function paste(text) {
  const block = text.replace(/\r/g, '').replace(/\n$/, '').split('\n').map((line) => line.split('\t'));
  const rows = rowsInSight();
  const top = rows.indexOf(here().parentElement);
  const left = here().cellIndex;
  if (top + block.length > rows.length || block.some((line) => left + line.length - 1 > columns())) { say(words.beyond); return; }
  const pairs = [];
  for (const [down, line] of block.entries()) {
    for (const [across, entry] of line.entries()) {
      const letters = read(entry);
      if (letters === null) { say(put('unread', { text: entry })); return; }
      pairs.push([rows[top + down].cells[left + across], letters]);
    }
  }
  write(pairs);
  say(put('pasted', { n: pairs.length }));
}

function setEditing(yes) {
  table.setAttribute('aria-readonly', String(!yes));
  button.setAttribute('aria-pressed', String(yes));
  const label = button.querySelector('span');
  const other = button.dataset.done;
  button.dataset.done = label.textContent;
  label.textContent = other;
  keys.hidden = !yes;
  button.closest('main').querySelector('.matrix-panel').classList.toggle('editing', yes);
  draggable(yes);
  if (yes && here()) go(here());
}

function edit(event) {
  const letter = event.key.toUpperCase();
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== 'z') return false;
    undo();
  } else if (ORDER.includes(letter) && letter.length === 1) toggle(letter);
  else if (event.key === 'Delete' || event.key === 'Backspace') write([[here(), '']]);
  else if (event.key === ' ') cycle(here(), event.shiftKey ? -1 : 1);
  else if (event.key === 'Escape') { setEditing(false); button.focus(); } else return false;
  return true;
}

function onKey(event) {
  if (!isCell(event.target)) return;
  if (event.altKey) {
    if (!editing() || !event.key.startsWith('Arrow')) return;
    shift(event.key);
  } else if (event.key === 'Enter') {
    if (editing()) go(beside(here(), 1, 0));
    else here().parentElement.querySelector('.activity > a').click();
  } else if (!foldColumn(event) && !(editing() && edit(event)) && !move(event)) return;
  event.preventDefault();
}

if (table) {
  begin();
  foldedColumns();
  table.addEventListener('keydown', onKey);
}
if (table && button) {
  button.hidden = false;
  button.addEventListener('click', () => setEditing(!editing()));
  table.addEventListener('mousedown', (event) => {
    const cell = event.target.closest('td');
    if (!editing() || !isCell(cell) || event.button) return;
    event.preventDefault();
    if (cell === here() && cell === document.activeElement) cycle(cell, event.shiftKey ? -1 : 1);
    else go(cell);
  });
  table.addEventListener('matrix:taken', (event) => forget(event.detail));
  table.addEventListener('copy', (event) => {
    if (!isCell(document.activeElement)) return;
    event.clipboardData.setData('text/plain', [...lettersOf(here())].join('/'));
    event.preventDefault();
  });
  table.addEventListener('paste', (event) => {
    if (!editing() || !isCell(document.activeElement)) return;
    event.preventDefault();
    paste(event.clipboardData.getData('text/plain'));
  });
  if (new URLSearchParams(location.search).has('edit')) setEditing(true);
}
