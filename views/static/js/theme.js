// Light or dark: the system's wish until the reader chooses; the choice is a cookie, so that
// the server can write it into <html data-theme> and the page never flashes.

const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');

function effective() {
  return root.dataset.theme ?? (system.matches ? 'dark' : 'light');
}

function announce() {
  document.dispatchEvent(new Event('portal:theme'));
}

/** Shows the page in light colours; returns what shows it as it was. */
export function inLight() {
  if (effective() === 'light') return () => {};
  const before = root.dataset.theme;
  root.dataset.theme = 'light';
  announce();
  return () => {
    if (before) root.dataset.theme = before;
    else delete root.dataset.theme;
    announce();
  };
}

/** Applies the stored choice and makes the switch work. */
export function startTheme() {
  const stored = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1];
  if (stored) root.dataset.theme = stored;
  system.addEventListener('change', announce);
  for (const button of document.querySelectorAll('[data-theme-switch]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      root.dataset.theme = effective() === 'dark' ? 'light' : 'dark';
      const secure = location.protocol === 'https:' ? '; secure' : '';
      const year = 365 * 86_400;
      const path = button.dataset.themeSwitch || '/';
      document.cookie =
        `theme=${root.dataset.theme}; path=${path}; max-age=${year}; samesite=lax${secure}`;
      announce();
    });
  }
}
