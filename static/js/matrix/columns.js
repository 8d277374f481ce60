// A column that is not needed now is folded to a stripe: the minus key on any of its cells, and again to open it. Kept until the window closes.
import { here, put, roleOf, say, table } from './grid.js';

const kept = () => new Set(JSON.parse(sessionStorage.getItem('shut') || '[]'));

function stripe(place, yes) {
  table.querySelector('colgroup').children[place].classList.toggle('shut', yes);
  for (const row of table.rows) if (!row.classList.contains('group')) row.cells[place].classList.toggle('shut', yes);
}

export function foldColumn(event) {
  if (event.key !== '-' || event.ctrlKey || event.metaKey || !here()) return false;
  const heading = roleOf(here());
  const yes = !heading.classList.contains('shut');
  stripe(heading.cellIndex, yes);
  const shut = kept();
  shut[yes ? 'add' : 'delete'](heading.dataset.r);
  sessionStorage.setItem('shut', JSON.stringify([...shut]));
  say(put(yes ? 'shut' : 'opened', { name: heading.textContent.trim() }));
  return true;
}

export function foldedColumns() {
  const shut = kept();
  if (!shut.size) return;
  for (const heading of table.tHead.rows[0].cells) if (shut.has(heading.dataset.r)) stripe(heading.cellIndex, true);
}
