// What would fill the first screen of a phone begins folded there. Without a script, and on a wide screen, it is open.
const narrow = matchMedia('(width < 48rem)');

const fold = () => {
  for (const part of document.querySelectorAll('[data-fold-narrow]')) {
    part.open = !narrow.matches || 'used' in part.dataset;
    part.dataset.ready = '';
  }
};

fold();
narrow.addEventListener('change', fold);
