// Reading only: the arrow keys move, each cell is read in words, Enter opens the activity.
import { foldColumn, foldedColumns } from './columns.js';
import { begin, here, isCell, move, table } from './grid.js';

if (table) {
  begin();
  foldedColumns();
  table.addEventListener('keydown', (event) => {
    if (!isCell(event.target) || event.altKey) return;
    if (event.key === 'Enter') here().parentElement.querySelector('.activity > a').click();
    else if (!foldColumn(event) && !move(event)) return;
    event.preventDefault();
  });
}
