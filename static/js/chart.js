// The organisation chart: zoom, pan, arrows from box to box, branches that open in place. Without this every link still works.
const page = () => document.getElementById('chart');
const view = () => page().querySelector('[data-view]');
const drawing = () => view()?.querySelector('svg');
const LEAST = 0.15;
const MOST = 2.5;
let zoom = 1;

function natural() {
  const [, , width, height] = drawing().getAttribute('viewBox').split(' ').map(Number);
  return { width, height };
}

// Zooms around a point of the view, so that what is looked at stays where it is.
function zoomTo(wanted, at = null) {
  const frame = view();
  const point = at ?? { x: frame.clientWidth / 2, y: frame.clientHeight / 2 };
  const next = Math.min(MOST, Math.max(LEAST, wanted));
  const { width, height } = natural();
  const fixed = { x: (frame.scrollLeft + point.x) / zoom, y: (frame.scrollTop + point.y) / zoom };
  zoom = next;
  drawing().setAttribute('width', Math.round(width * zoom));
  drawing().setAttribute('height', Math.round(height * zoom));
  frame.scrollTo(fixed.x * zoom - point.x, fixed.y * zoom - point.y);
  page().querySelector('[data-zoom-now]').textContent = `${Math.round(zoom * 100)} %`;
}

const fitting = () => Math.min(1, view().clientWidth / natural().width, (window.innerHeight * 0.78) / natural().height);
const ways = { in: () => zoomTo(zoom * 1.25), out: () => zoomTo(zoom / 1.25), fit: () => zoomTo(fitting()), whole: () => zoomTo(1) };

// One tab stop: the arrows move on. Left is the superior, right the first below, up and down the neighbours of the column.
const boxes = () => [...drawing().querySelectorAll('.box')];
const column = (box) => box.querySelector('rect').x.baseVal.value;
const top = (box) => box.querySelector('rect').y.baseVal.value;

function stopAt(box) {
  for (const one of boxes()) one.setAttribute('tabindex', one === box ? '0' : '-1');
}

function show(box, smooth = true) {
  const frame = view().getBoundingClientRect();
  const seen = box.querySelector('rect').getBoundingClientRect();
  const move = { left: 0, top: 0 };
  if (seen.left < frame.left || seen.right > frame.right) move.left = seen.left - frame.left - (frame.width - seen.width) / 2;
  if (seen.top < frame.top || seen.bottom > frame.bottom) move.top = seen.top - frame.top - (frame.height - seen.height) / 2;
  view().scrollBy({ ...move, behavior: smooth && !matchMedia('(prefers-reduced-motion: reduce)').matches ? 'smooth' : 'instant' });
}

function neighbour(box, key) {
  const all = boxes();
  if (key === 'ArrowLeft') return all.find((one) => one.dataset.key === box.dataset.above);
  if (key === 'ArrowRight') return all.find((one) => one.dataset.above === box.dataset.key);
  const beside = all.filter((one) => column(one) === column(box)).sort((a, b) => top(a) - top(b));
  return beside[beside.indexOf(box) + (key === 'ArrowDown' ? 1 : -1)];
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '+' || event.key === '=') { event.preventDefault(); ways.in(); }
  if (event.key === '-') { event.preventDefault(); ways.out(); }
  if (event.key === '0') { event.preventDefault(); ways.fit(); }
  const box = event.target.closest?.('.box');
  if (!box) return;
  if (event.key === ' ') {
    const fold = drawing().querySelector(`[data-fold="${box.dataset.key}"]`);
    if (fold) { event.preventDefault(); turn(fold, box.dataset.key); }
  }
  const next = event.key.startsWith('Arrow') && neighbour(box, event.key);
  if (event.key.startsWith('Arrow')) event.preventDefault();
  if (!next) return;
  stopAt(next);
  next.focus({ preventScroll: true });
  show(next);
}

// A branch opens or shuts: the server lays the chart out anew, and the box stays where the eye is.
async function turn(fold, focusBox = '') {
  const key = fold.dataset.fold;
  const inList = !drawing().contains(fold);
  const before = fold.getBoundingClientRect();
  const scale = zoom;
  await htmx.ajax('GET', fold.getAttribute('href'), { target: '#chart', select: '#chart', swap: 'outerHTML show:none' });
  history.replaceState(null, '', fold.getAttribute('href'));
  begin(scale, false);
  const area = inList ? page().querySelector('.tree') : drawing();
  const after = area.querySelector(`[data-fold="${key}"]`);
  if (!after) return;
  const moved = after.getBoundingClientRect();
  if (inList) window.scrollBy(0, moved.top - before.top);
  else view().scrollBy({ left: moved.left - before.left, top: moved.top - before.top, behavior: 'instant' });
  const target = focusBox ? area.querySelector(`.box[data-key="${focusBox}"]`) : after;
  if (focusBox) stopAt(target);
  target.focus({ preventScroll: true });
}

// Dragging the ground moves the view; scrollbars, wheel and fingers do the same.
let drag = null;
document.addEventListener('pointerdown', (event) => {
  const frame = event.target.closest?.('[data-view]');
  if (!frame || event.button || event.pointerType === 'touch' || event.target.closest('a')) return;
  drag = { x: event.clientX, y: event.clientY, left: frame.scrollLeft, top: frame.scrollTop };
  frame.classList.add('moving');
});
document.addEventListener('pointermove', (event) => {
  if (drag) view().scrollTo(drag.left - event.clientX + drag.x, drag.top - event.clientY + drag.y);
});
document.addEventListener('pointerup', () => { drag = null; view()?.classList.remove('moving'); });

document.addEventListener('click', (event) => {
  const way = event.target.closest?.('[data-zoom]');
  if (way) ways[way.dataset.zoom]();
  if (event.target.closest?.('[data-print]')) window.print();
  const fold = event.target.closest?.('#chart [data-fold]');
  if (!fold || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  turn(fold);
});

function begin(scale = 1, findFirst = true) {
  if (!page() || !drawing()) return;
  zoom = 1;
  page().querySelector('[data-tools]').hidden = false;
  view().addEventListener('keydown', keys);
  view().addEventListener('wheel', (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const frame = view().getBoundingClientRect();
    zoomTo(zoom * Math.exp(-event.deltaY / 300), { x: event.clientX - frame.left, y: event.clientY - frame.top });
  }, { passive: false });
  stopAt(boxes()[0]);
  for (const fold of drawing().querySelectorAll('.fold')) fold.setAttribute('tabindex', '-1');
  zoomTo(scale, { x: 0, y: 0 });
  const root = boxes()[0];
  const first = findFirst && page().dataset.first ? drawing().querySelector(`.box[data-key="${page().dataset.first}"]`) : null;
  if (findFirst) show(first ?? root, false);
  if (first) stopAt(first);
}

for (const button of document.querySelectorAll('[data-print]')) button.hidden = false;
begin();
document.addEventListener('htmx:afterSettle', (event) => { if (event.detail.requestConfig?.triggeringEvent) begin(zoom); });
