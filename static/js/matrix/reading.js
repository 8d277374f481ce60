// Reading only: the arrow keys move, each cell is read in words, Enter opens the activity.
import { begin, here, isCell, move, table } from './grid.js';

if (table) {
  begin();
  table.addEventListener('keydown', (event) => {
    if (!isCell(event.target) || event.altKey) return;
    if (event.key === 'Enter') here().parentElement.querySelector('.activity > a').click();
    else if (!move(event)) return;
    event.preventDefault();
  });
}
