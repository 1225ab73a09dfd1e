// Sets the theme before the first paint. A file of its own, since the content security policy allows no inline script.
(() => {
  let theme;
  try {
    theme = JSON.parse(localStorage.getItem('cloud-anomaly-dashboard:preferences') ?? '{}')?.theme;
  } catch (cause) {
    // Storage is forbidden or its text is broken: the system's theme is used.
    console.warn('the stored theme could not be read', cause);
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = theme === 'dark' || theme === 'light' ? theme : dark ? 'dark' : 'light';
})();
