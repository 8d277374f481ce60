// Letters as they stand in a cell, and the counts that follow from them: row, role, letter, person.
import { lettersOf, ORDER, roleOf, table, words } from './grid.js';

export function show(cell, letters) {
  const was = lettersOf(cell);
  cell.replaceChildren();
  cell.classList.toggle('duo', letters.length === 2);
  cell.classList.toggle('many', letters.length > 2);
  [...letters].forEach((letter, place) => {
    if (place) cell.append(Object.assign(document.createElement('span'), { className: 'unseen', textContent: '/' }));
    cell.append(Object.assign(document.createElement('b'), { className: `l${letter.toLowerCase()}`, textContent: letter }));
  });
  count(cell, was, letters);
  judge(cell.parentElement);
}

const add = (element, by) => { if (element && by) element.textContent = Number(element.textContent) + by; };

function count(cell, was, now) {
  const role = roleOf(cell);
  const people = [...document.querySelectorAll('.loads tr[data-roles]')]
    .filter((row) => row.dataset.roles.split(' ').includes(role.dataset.r));
  [...ORDER].forEach((letter, place) => {
    const by = Number(now.includes(letter)) - Number(was.includes(letter));
    add(document.querySelector(`[data-total="${letter}"]`), by);
    for (const row of people) add(row.cells[place + 1], by);
    if (letter === 'A') {
      const foot = table.tFoot.rows[0];
      add(foot.cells[cell.cellIndex], by);
      const sum = foot.cells[foot.cells.length - 1];
      if (by) sum.textContent = `${parseInt(sum.textContent, 10) + by}A`;
    }
  });
  add(document.querySelector('[data-filled]'), Number(Boolean(now)) - Number(Boolean(was)));
}

// The row again: its sum, and whether exactly one role answers for it.
export function judge(row) {
  const marks = [...row.querySelectorAll('td b')].map((mark) => mark.textContent);
  const accountable = marks.filter((letter) => letter === 'A').length;
  const sum = row.querySelector('.sum');
  const parts = [...ORDER].map((letter) => [letter, marks.filter((other) => other === letter).length]);
  sum.replaceChildren(...parts.filter(([letter, n]) => n || letter === 'A').flatMap(([letter, n]) => {
    const css = letter === 'A' && n !== 1 ? 'stop' : '';
    return [Object.assign(document.createElement('span'), { className: css, textContent: `${n}${letter}` }), ' '];
  }));
  for (const cell of row.querySelectorAll('td.fault')) cell.classList.remove('fault');
  if (accountable > 1) for (const mark of row.querySelectorAll('.la')) mark.parentElement.classList.add('fault');
  const slot = row.querySelector('.icon-slot');
  if (slot) slot.hidden = accountable === 1;
  row.dataset.said = accountable === 1 ? '' : words.count.replace('{n}', accountable);
}
