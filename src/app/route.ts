import { PAGES, type Page, type Route } from './types';

/** Parses `#/alerts?id=7`. Nothing at all is the overview; a path that is no page is kept as `unknown`. */
export function parseHash(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const params: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(query)) if (key !== '__proto__') params[key] = value;
  const name = path.replace(/\/+$/, '');
  if (name === '') return { page: 'overview', params };
  return isPage(name) ? { page: name, params } : { page: 'overview', unknown: decode(path), params };
}

function isPage(name: string): name is Page {
  return (PAGES as readonly string[]).includes(name);
}

/** A browser writes what is typed after the hash with percent signs. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // Percent signs that stand for nothing: shown as they are.
    return path;
  }
}

/** The inverse of `parseHash`; empty values are left out. */
export function formatHash(route: Pick<Route, 'page' | 'params'>): string {
  const given = Object.entries(route.params).filter(([, value]) => value !== '');
  const query = new URLSearchParams(given).toString();
  return `#/${route.page}${query === '' ? '' : `?${query}`}`;
}
