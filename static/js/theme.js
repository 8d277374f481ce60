// Colour switch: as the device, light, dark. The choice is a cookie; the server writes data-theme into <html>, so nothing flashes.
const root = document.documentElement;
const button = document.querySelector('[data-theme-switch]');
const order = ['', 'light', 'dark'];
const labels = button && { '': button.dataset.label, light: button.dataset.labelLight, dark: button.dataset.labelDark };

function show(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  button.setAttribute('aria-label', labels[theme]);
  button.title = labels[theme];
}

function keep(theme) {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; samesite=lax${secure}`;
}

if (button) {
  let theme = root.dataset.theme ?? '';
  button.hidden = false;
  show(theme);
  button.addEventListener('click', () => {
    theme = order[(order.indexOf(theme) + 1) % order.length];
    keep(theme);
    show(theme);
  });
}
